"""What is known of a citizen: read, changed, her barriers, until she leaves."""

import httpx

from tests.real.answers import refused
from tests.real.intake.office import CPR, person, registered
from tests.real.running_service import RunningService
from tests.today import today, tomorrow, yesterday


class TestReading:
    async def test_a_citizen_is_read_and_that_is_logged_first(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "writing", "severity": "low"})
        seen = await caseworker.get(f"/citizens/{citizen_id}", headers={"Purpose": "first conversation"})
        assert seen.json() == {
            "citizen_id": citizen_id,
            "merged_into": None,
            "municipality": "0101",
            "version": 2,
            "birth_year": 1979,
            "registered_on": str(today()),
            "left_on": None,
            "left_reason": None,
            "target_group": "2",
            "education_level": "unskilled",
            "academic": False,
            "unemployed_since": "2026-01-12",
            "device": "phone",
            "protected": False,
            "unit": None,
            "barriers": [{"kind": "writing", "severity": "low", "since": str(today())}],
        }
        row = await intake.database.fetchrow("SELECT * FROM access_log")
        assert row is not None
        assert (row["caller"], row["municipality"], str(row["citizen_id"]), row["what"], row["purpose"]) == (
            "employee-7",
            "0101",
            citizen_id,
            "citizen",
            "first conversation",
        )

    async def test_what_cannot_be_logged_is_not_shown(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await intake.break_access_log()
        for answer in (
            await caseworker.get(f"/citizens/{citizen_id}"),
            await caseworker.get(f"/citizens/{citizen_id}/referrals"),
            await caseworker.post("/citizens/lookup", json={"cpr": CPR}),
            await caseworker.post("/citizens", json=person()),
        ):
            problem = refused(answer, 503, "access-log-unavailable")
            assert problem.keys() == {"type", "title", "status", "detail"}
            assert citizen_id not in answer.text
            assert answer.headers["retry-after"] == "1"


class TestChanging:
    async def test_a_change_holds_from_its_day_on(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        changes = f"/citizens/{citizen_id}/changes"
        body = {"valid_from": "2026-03-01", "target_group": "3", "device": "phone"}
        changed = await caseworker.post(changes, json=body)
        assert (changed.status_code, changed.json()) == (200, {"citizen_id": citizen_id, "version": 2})
        told = (await intake.log(f"citizen/{citizen_id}"))[-1]
        assert told.type == "dk.loeft.intake.citizen-changed.v1"
        assert told.data == {
            "municipality": "0101",
            "citizen_id": citizen_id,
            "valid_from": "2026-03-01",
            "target_group": "3",
        }
        # planned for tomorrow, then told late about a time before March: neither holds today
        await caseworker.post(changes, json={"valid_from": str(tomorrow()), "target_group": "4"})
        await caseworker.post(changes, json={"valid_from": "2026-02-01", "target_group": "5", "academic": True})
        seen = (await caseworker.get(f"/citizens/{citizen_id}")).json()
        assert (seen["target_group"], seen["academic"], seen["version"]) == ("3", True, 4)

    async def test_refusals(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        changes = f"/citizens/{citizen_id}/changes"
        same = {"valid_from": str(today()), "device": "phone"}
        refused(await caseworker.post(changes, json=same), 409, "nothing-changed")
        nothing = refused(await caseworker.post(changes, json={"valid_from": str(today())}), 422, "invalid")
        assert "at least one field" in nothing["errors"][0]["problem"]
        future = {"valid_from": str(today()), "unemployed_since": str(tomorrow())}
        refused(await caseworker.post(changes, json=future), 409, "unemployed-in-future")
        assert len(await intake.log()) == 1

    async def test_a_change_that_rests_on_an_old_version_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        body = {"valid_from": str(today()), "device": "computer"}
        first = await caseworker.post(f"/citizens/{citizen_id}/changes", json=body, headers={"Expected-Version": "1"})
        assert first.status_code == 200
        late = await caseworker.post(
            f"/citizens/{citizen_id}/departure",
            json={"reason": "job", "on": str(today())},
            headers={"Expected-Version": "1"},
        )
        assert refused(late, 409, "version-conflict")["version"] == 2


class TestBarriers:
    async def test_a_barrier_is_recorded_grows_and_is_cleared(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        barriers = f"/citizens/{citizen_id}/barriers"
        for severity in ("low", "high"):
            recorded = await caseworker.post(barriers, json={"kind": "reading", "severity": severity})
            assert recorded.status_code == 200
        again = await caseworker.post(barriers, json={"kind": "reading", "severity": "high"})
        refused(again, 409, "barrier-recorded-already")
        assert (await caseworker.post(f"{barriers}/reading/clear")).json()["version"] == 4
        refused(await caseworker.post(f"{barriers}/reading/clear"), 409, "barrier-not-recorded")
        refused(await caseworker.post(f"{barriers}/height/clear"), 422, "invalid")
        told = [(e.data["severity"], e.data["cleared"]) for e in await intake.log() if e.name == "barrier-recorded"]
        assert told == [("low", False), ("high", False), ("high", True)]
        assert {e.dataclassification for e in await intake.log() if e.name == "barrier-recorded"} == {"sensitive"}
        assert (await caseworker.get(f"/citizens/{citizen_id}")).json()["barriers"] == []


class TestLeaving:
    async def test_a_citizen_leaves_and_nothing_new_begins(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        citizen = f"/citizens/{citizen_id}"
        early = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": str(yesterday())})
        refused(early, 409, "departure-before-registration")
        late = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": str(tomorrow())})
        refused(late, 409, "departure-in-future")
        left = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": str(today())})
        assert (left.status_code, left.json()["version"]) == (200, 2)
        told = (await intake.log())[-1]
        assert (told.name, told.data["reason"], told.data["on"]) == ("citizen-left", "job", str(today()))
        for path, body in (
            ("departure", {"reason": "ill", "on": str(today())}),
            ("changes", {"valid_from": str(today()), "device": "none"}),
            ("barriers", {"kind": "danish", "severity": "low"}),
            ("referrals", {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}),
        ):
            refused(await caseworker.post(f"{citizen}/{path}", json=body), 409, "citizen-left")
        seen = (await caseworker.get(citizen)).json()
        assert (seen["left_on"], seen["left_reason"]) == (str(today()), "job")
