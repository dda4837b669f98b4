"""Intake over HTTP, on real PostgreSQL and NATS: each command, each refusal, what is logged and what never leaves."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import nats as nats_client
import pytest

from services.intake.app import app
from services.intake.state import APPLY
from services.intake.tables import Table
from services.intake.vault import Vault, configured
from shared.clock import danish_day, now
from shared.contracts.intake import CitizenErased
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.running_service import CPR_KEY, RunningService, differences, running_service
from tests.real_machines import RealNats
from tests.waiting import eventually

CPR = "010179-0001"
TODAY = danish_day(now())
YESTERDAY, TOMORROW = str(TODAY - timedelta(days=1)), str(TODAY + timedelta(days=1))
SEVERAL = 8


@pytest.fixture
async def intake(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    async with running_service(app, await new_database("intake"), empty_bus, own_directory, monkeypatch) as service:
        yield service


@pytest.fixture
def caseworker(intake: RunningService) -> httpx.AsyncClient:
    return intake.caller(Role.CASEWORKER)


def person(cpr: str = CPR, **given: Any) -> dict[str, Any]:
    """A body that registers a person."""
    body = {"cpr": cpr, "target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}
    return body | {"device": "phone"} | given


async def registered(caller: httpx.AsyncClient, cpr: str = CPR) -> str:
    """The id of a citizen who was just registered."""
    answer = await caller.post("/citizens", json=person(cpr))
    assert answer.status_code == 201, answer.text
    citizen_id: str = answer.json()["citizen_id"]
    return citizen_id


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, which says what it is and what to do."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"urn:loeft:problem:{code}"), answer.text
    assert problem["title"]
    assert problem.get("detail"), "it says what to do"
    return problem


IMPOSSIBLE_PERSONS: list[tuple[dict[str, Any], int, str]] = [
    (person("310279-0001"), 422, "cpr-date"),
    (person("01017900"), 422, "cpr-shape"),
    (person("010158-5000"), 422, "cpr-century"),
    (person(target_group="99"), 409, "target-group-unknown"),
    (person(unemployed_since="0001-01-01"), 422, "invalid"),
    (person(unemployed_since=TOMORROW), 409, "unemployed-in-future"),
    (person(unemployed_since="1978-01-01"), 409, "unemployed-before-birth"),
    (person(education_level="phd"), 422, "invalid"),
    (person(cpr="0" * 21), 422, "invalid"),
    (person(surname="Hansen"), 422, "invalid"),
    ({"cpr": CPR}, 422, "invalid"),
]


class TestRegistering:
    async def test_the_event_tells_the_year_of_birth_and_the_vault_keeps_the_number(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        answer = await caseworker.post("/citizens", json=person())
        assert answer.status_code == 201
        assert answer.json()["version"] == 1
        citizen_id = answer.json()["citizen_id"]
        (envelope,) = await intake.log(f"citizen/{citizen_id}")
        assert envelope.type == "dk.loeft.intake.citizen-registered.v1"
        assert envelope.source == "/loeft/0101/intake"
        assert envelope.data == {
            "municipality": "0101",
            "citizen_id": citizen_id,
            "target_group": "2",
            "education_level": "unskilled",
            "academic": False,
            "birth_year": 1979,
            "unemployed_since": "2026-01-12",
            "device": "phone",
            "protected": False,
        }
        row = await intake.database.fetchrow("SELECT citizen_id, sealed FROM cpr_vault")
        assert row is not None
        assert Vault(bytes.fromhex(CPR_KEY)).open(row["sealed"], UUID(citizen_id)) == "0101790001"

    async def test_the_same_person_twice_is_refused_with_her_id_and_that_is_logged(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        again = await caseworker.post("/citizens", json=person("0101790001", target_group="3"))
        assert refused(again, 409, "citizen-known")["citizen_id"] == citizen_id
        assert len(await intake.log()) == 1
        assert await intake.reads() == [(citizen_id, "id told: registered already")]

    async def test_another_municipality_learns_nothing(self, intake: RunningService) -> None:
        here = await registered(intake.caller(Role.CASEWORKER))
        there = await registered(intake.caller(Role.CASEWORKER, municipality="0147"))
        assert here != there
        assert await intake.database.fetchval("SELECT count(DISTINCT lookup) FROM cpr_vault") == 2

    async def test_of_registrations_at_once_one_wins_and_the_others_get_its_id(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        answers = await asyncio.gather(*(caseworker.post("/citizens", json=person()) for _ in range(SEVERAL)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * (SEVERAL - 1)
        assert len({answer.json()["citizen_id"] for answer in answers}) == 1
        assert len(await intake.log()) == 1

    async def test_a_citizen_who_left_comes_back_under_the_same_id_and_begins_anew(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await caseworker.post(f"/citizens/{citizen_id}/changes", json={"valid_from": str(TODAY), "target_group": "3"})
        await caseworker.post(f"/citizens/{citizen_id}/departure", json={"reason": "job", "on": str(TODAY)})
        back = await caseworker.post("/citizens", json=person(target_group="1", device=None))
        assert (back.status_code, back.json()) == (201, {"citizen_id": citizen_id, "version": 4})
        seen = (await caseworker.get(f"/citizens/{citizen_id}")).json()
        assert (seen["target_group"], seen["device"], seen["left_on"]) == ("1", None, None)

    async def test_a_refused_registration_leaves_nothing(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        for body, status, code in IMPOSSIBLE_PERSONS:
            refused(await caseworker.post("/citizens", json=body), status, code)
        assert await intake.log() == []
        assert await intake.database.fetchval("SELECT count(*) FROM cpr_vault") == 0

    async def test_without_a_key_nobody_is_registered(
        self, intake: RunningService, caseworker: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for secret in ("", "00" * 31, "zz" * 32):
            configured.cache_clear()
            monkeypatch.setenv("LOEFT_CPR_KEY", secret)
            problem = refused(await caseworker.post("/citizens", json=person()), 503, "cpr-key-missing")
            assert "LOEFT_CPR_KEY" in problem["detail"]
        configured.cache_clear()


class TestFinding:
    async def test_a_person_is_found_by_number_and_that_is_logged(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        found = await caseworker.post("/citizens/lookup", json={"cpr": "0101790001"})
        assert (found.status_code, found.json()) == (200, {"citizen_id": citizen_id})
        assert await intake.reads() == [(citizen_id, "id found by CPR number")]

    async def test_a_person_of_another_municipality_is_not_found(self, intake: RunningService) -> None:
        await registered(intake.caller(Role.CASEWORKER))
        elsewhere = intake.caller(Role.CASEWORKER, municipality="0147")
        refused(await elsewhere.post("/citizens/lookup", json={"cpr": CPR}), 404, "person-unknown")

    async def test_a_bad_number_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        refused(await caseworker.post("/citizens/lookup", json={"cpr": "hello"}), 422, "cpr-shape")


class TestReading:
    async def test_a_citizen_is_read_and_that_is_logged_first(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "writing", "severity": "low"})
        seen = await caseworker.get(f"/citizens/{citizen_id}", headers={"Purpose": "first conversation"})
        assert seen.json() == {
            "citizen_id": citizen_id,
            "municipality": "0101",
            "version": 2,
            "birth_year": 1979,
            "registered_on": str(TODAY),
            "left_on": None,
            "left_reason": None,
            "target_group": "2",
            "education_level": "unskilled",
            "academic": False,
            "unemployed_since": "2026-01-12",
            "device": "phone",
            "protected": False,
            "barriers": [{"kind": "writing", "severity": "low", "since": str(TODAY)}],
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
        await caseworker.post(changes, json={"valid_from": TOMORROW, "target_group": "4"})
        await caseworker.post(changes, json={"valid_from": "2026-02-01", "target_group": "5", "academic": True})
        seen = (await caseworker.get(f"/citizens/{citizen_id}")).json()
        assert (seen["target_group"], seen["academic"], seen["version"]) == ("3", True, 4)

    async def test_refusals(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        changes = f"/citizens/{citizen_id}/changes"
        same = {"valid_from": str(TODAY), "device": "phone"}
        refused(await caseworker.post(changes, json=same), 409, "nothing-changed")
        nothing = refused(await caseworker.post(changes, json={"valid_from": str(TODAY)}), 422, "invalid")
        assert "at least one field" in nothing["errors"][0]["problem"]
        future = {"valid_from": str(TODAY), "unemployed_since": TOMORROW}
        refused(await caseworker.post(changes, json=future), 409, "unemployed-in-future")
        assert len(await intake.log()) == 1

    async def test_a_change_that_rests_on_an_old_version_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        body = {"valid_from": str(TODAY), "device": "computer"}
        first = await caseworker.post(f"/citizens/{citizen_id}/changes", json=body, headers={"Expected-Version": "1"})
        assert first.status_code == 200
        late = await caseworker.post(
            f"/citizens/{citizen_id}/departure",
            json={"reason": "job", "on": str(TODAY)},
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


class TestReferrals:
    async def test_a_referral_is_made_listed_and_answered_once(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        referral = {"offer": "workshop", "reason": "Needs e-Boks", "due": TOMORROW}
        made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        assert made.status_code == 201
        referral_id = made.json()["referral_id"]
        twice = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        refused(twice, 409, "referral-awaited")
        mentor = intake.caller(Role.EMENTOR)
        answered = await mentor.post(f"/referrals/{referral_id}/answer", json={"answer": "no-show", "reason": "Ill"})
        assert (answered.status_code, answered.json()) == (200, {"referral_id": referral_id, "version": 3})
        again = await mentor.post(f"/referrals/{referral_id}/answer", json={"answer": "accepted"})
        refused(again, 409, "referral-answered")
        assert (await caseworker.get(f"/citizens/{citizen_id}/referrals")).json() == [
            {
                "referral_id": referral_id,
                "offer": "workshop",
                "reason": "Needs e-Boks",
                "due": TOMORROW,
                "made_on": str(TODAY),
                "answer": "no-show",
                "answer_reason": "Ill",
                "answered_on": str(TODAY),
                "course_id": None,
                "replaced_by": None,
            }
        ]
        assert await intake.reads() == [(citizen_id, "referrals")]
        assert [e.name for e in await intake.log()][1:] == ["referral-made", "referral-answered"]
        assert (await intake.log())[-1].data["offer"] == "workshop"

    async def test_of_answers_at_once_one_stands(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        referral = {"offer": "test", "reason": "Entry test", "due": str(TODAY)}
        made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        address = f"/referrals/{made.json()['referral_id']}/answer"
        answers = await asyncio.gather(*(caseworker.post(address, json={"answer": "accepted"}) for _ in range(SEVERAL)))
        assert sorted(answer.status_code for answer in answers) == [200] + [409] * (SEVERAL - 1)
        assert len(await intake.log()) == 3

    async def test_refusals(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        referrals = f"/citizens/{citizen_id}/referrals"
        past = {"offer": "course", "reason": "Azure", "due": YESTERDAY}
        refused(await caseworker.post(referrals, json=past), 409, "due-in-past")
        await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "danish", "severity": "low"})
        course = {"offer": "course", "reason": "Azure", "due": TOMORROW}
        refused(await caseworker.post(referrals, json=course), 409, "barrier-first")
        telling = {"offer": "workshop", "reason": f"Her number is {CPR}", "due": TOMORROW}
        refused(await caseworker.post(referrals, json=telling), 422, "invalid")
        unknown = await caseworker.post(f"/referrals/{uuid4()}/answer", json={"answer": "accepted"})
        refused(unknown, 404, "referral-unknown")
        assert [e.name for e in await intake.log()] == ["citizen-registered", "barrier-recorded"]


class TestLeaving:
    async def test_a_citizen_leaves_and_nothing_new_begins(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        citizen = f"/citizens/{citizen_id}"
        early = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": YESTERDAY})
        refused(early, 409, "departure-before-registration")
        late = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": TOMORROW})
        refused(late, 409, "departure-in-future")
        left = await caseworker.post(f"{citizen}/departure", json={"reason": "job", "on": str(TODAY)})
        assert (left.status_code, left.json()["version"]) == (200, 2)
        told = (await intake.log())[-1]
        assert (told.name, told.data["reason"], told.data["on"]) == ("citizen-left", "job", str(TODAY))
        for path, body in (
            ("departure", {"reason": "ill", "on": str(TODAY)}),
            ("changes", {"valid_from": str(TODAY), "device": "none"}),
            ("barriers", {"kind": "danish", "severity": "low"}),
            ("referrals", {"offer": "workshop", "reason": "e-Boks", "due": TOMORROW}),
        ):
            refused(await caseworker.post(f"{citizen}/{path}", json=body), 409, "citizen-left")
        seen = (await caseworker.get(citizen)).json()
        assert (seen["left_on"], seen["left_reason"]) == (str(TODAY), "job")


# Each route with a body that is right: (method, path, body). ``{c}`` is a citizen and ``{r}`` a referral.
ROUTES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("POST", "/citizens", person("020280-0002")),
    ("POST", "/citizens/lookup", {"cpr": CPR}),
    ("GET", "/citizens/{c}", None),
    ("POST", "/citizens/{c}/changes", {"valid_from": str(TODAY), "device": "none"}),
    ("POST", "/citizens/{c}/departure", {"reason": "job", "on": str(TODAY)}),
    ("POST", "/citizens/{c}/barriers", {"kind": "danish", "severity": "low"}),
    ("POST", "/citizens/{c}/barriers/reading/clear", None),
    ("POST", "/citizens/{c}/referrals", {"offer": "job-app", "reason": "Ready", "due": TOMORROW}),
    ("GET", "/citizens/{c}/referrals", None),
    ("POST", "/referrals/{r}/answer", {"answer": "accepted"}),
    ("GET", "/notices", None),
]


@pytest.fixture
async def ids(caseworker: httpx.AsyncClient) -> dict[str, str]:
    """A citizen with a barrier and a referral."""
    citizen_id = await registered(caseworker)
    await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "reading", "severity": "low"})
    referral = {"offer": "workshop", "reason": "e-Boks", "due": TOMORROW}
    made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
    return {"c": citizen_id, "r": made.json()["referral_id"]}


class TestAccess:
    def test_every_route_is_tried(self) -> None:
        documented = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
        names = {"{c}": "{citizen_id}", "{r}": "{referral_id}", "/reading/": "/{kind}/"}
        tried = set()
        for method, path, _ in ROUTES:
            pattern = path
            for ours, theirs in names.items():
                pattern = pattern.replace(ours, theirs)
            tried.add((method, pattern))
        assert tried == documented

    async def test_nobody_gets_in_without_a_token_or_with_a_role_that_may_not(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        for method, path, body in ROUTES:
            address = path.format(**ids)
            refused(await intake.caller().request(method, address, json=body), 401, "token-missing")
            others = intake.caller(Role.ANALYST, Role.OPERATOR, Role.COMPANY_DESK, Role.MANAGER)
            refused(await others.request(method, address, json=body), 403, "role-missing")
        assert len(await intake.log()) == before
        assert await intake.reads() == []

    async def test_a_role_may_only_what_is_hers(self, intake: RunningService, ids: dict[str, str]) -> None:
        mentor = intake.caller(Role.EMENTOR)
        refused(await mentor.post("/citizens", json=person()), 403, "role-missing")
        refused(await mentor.post("/citizens/lookup", json={"cpr": CPR}), 403, "role-missing")
        assert (await mentor.get(f"/citizens/{ids['c']}")).status_code == 200

    async def test_to_another_municipality_the_citizen_does_not_exist(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        elsewhere = intake.caller(Role.CASEWORKER, municipality="0147")
        for method, path, body in ROUTES:
            if "{" not in path:
                continue
            answer = await elsewhere.request(method, path.format(**ids), json=body)
            refused(answer, 404, "referral-unknown" if "{r}" in path else "citizen-unknown")
            unknown = await elsewhere.request(method, path.format(c=uuid4(), r=uuid4()), json=body)
            assert answer.json() == unknown.json(), "the same words as for an id that nobody has"
        assert len(await intake.log()) == before
        assert await intake.reads() == []


class TestToldLate:
    async def test_what_happened_earlier_is_told_with_its_own_moment(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        answer = await caseworker.post("/citizens", json=person(happened="2026-02-02T23:30:00Z"))
        citizen_id = answer.json()["citizen_id"]
        citizen = f"/citizens/{citizen_id}"
        late: list[tuple[str, dict[str, Any]]] = [
            (f"{citizen}/changes", {"valid_from": "2026-02-01", "device": "none"}),
            (f"{citizen}/barriers", {"kind": "danish", "severity": "low"}),
            (f"{citizen}/barriers/danish/clear", {}),
            (f"{citizen}/referrals", {"offer": "test", "reason": "Ready", "due": "2026-03-01"}),
        ]
        for day, (path, body) in enumerate(late, start=3):
            answer = await caseworker.post(path, json=body | {"happened": f"2026-02-{day:02}T10:00:00+01:00"})
            assert answer.status_code < 300, answer.text
        answered = {"answer": "accepted", "happened": "2026-02-07T10:00:00+01:00"}
        await caseworker.post(f"/referrals/{answer.json()['referral_id']}/answer", json=answered)
        departed = {"reason": "job", "on": "2026-02-08", "happened": "2026-02-08T10:00:00+01:00"}
        await caseworker.post(f"{citizen}/departure", json=departed)
        days = [f"2026-02-{day:02}T09:00" for day in range(3, 9)]
        assert [e.time.isoformat()[:16] for e in await intake.log()] == ["2026-02-02T23:30", *days]
        assert all(danish_day(envelope.recordedtime) == TODAY for envelope in await intake.log())
        assert (await caseworker.get(citizen)).json()["registered_on"] == "2026-02-03", "the Danish day"

    async def test_nothing_has_happened_in_the_future(
        self, intake: RunningService, caseworker: httpx.AsyncClient, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        future = {"happened": (now() + timedelta(hours=1)).isoformat()}
        commands = [(path, body) for method, path, body in ROUTES if method == "POST" and path != "/citizens/lookup"]
        for path, body in commands:
            answer = await caseworker.post(path.format(**ids), json=(body or {}) | future)
            refused(answer, 409, "happened-in-the-future")
        assert len(await intake.log()) == before


class TestThePast:
    async def test_the_log_applied_elsewhere_gives_the_same_tables(
        self, intake: RunningService, caseworker: httpx.AsyncClient, ids: dict[str, str], new_database: NewDatabase
    ) -> None:
        for method, path, body in ROUTES:
            assert (await caseworker.request(method, path.format(**ids), json=body)).status_code < 500
        log = await intake.log()
        assert {envelope.name for envelope in log} == {
            "citizen-registered",
            "citizen-changed",
            "citizen-left",
            "barrier-recorded",
            "referral-made",
            "referral-answered",
        }
        elsewhere = Database(await new_database("intake"), APPLY)
        await elsewhere.open()
        try:
            for _ in range(2):  # a second import changes nothing
                async with elsewhere.transaction(Origin("import")) as tx:
                    for envelope in log:
                        await tx.store(envelope)
                for table in ("citizen", "circumstances", "barrier", "referral", "entity"):
                    rows = f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t"
                    assert await elsewhere.pool.fetchval(rows) == await intake.database.fetchval(rows), table
        finally:
            await elsewhere.close()

    async def test_an_erased_citizen_is_in_no_table_of_intakes_own_and_not_in_the_vault(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        other = await registered(intake.caller(Role.CASEWORKER), "020280-0002")
        database = Database(intake.address, APPLY)
        await database.open()
        try:
            async with database.transaction(Origin("erasure")) as tx:
                await tx.append(CitizenErased(municipality="0101", citizen_id=UUID(ids["c"])))
        finally:
            await database.close()
        left = await intake.text(without=("event_log", "entity", "access_log"))
        assert [name for name, rows in left.items() if ids["c"] in rows] == []
        assert {name for name, rows in left.items() if other in rows} == {"citizen", "circumstances", "cpr_vault"}

    async def test_the_migrated_tables_are_those_of_tables_py(self, intake: RunningService) -> None:
        assert await differences(intake.address, Table.metadata) == []


NUMBERS = ("010179-0001", "0201810002", "010158-5000", "310279-0003", "0101790001-1", "030382-0004")


class TestSecrecy:
    async def test_a_cpr_number_is_in_no_table_log_answer_or_message(
        self,
        intake: RunningService,
        caseworker: httpx.AsyncClient,
        empty_bus: RealNats,
        output: Callable[[], str],
    ) -> None:
        """Good numbers and bad ones, in the right place and in wrong ones: none of them is anywhere afterwards."""
        citizen_id = await registered(caseworker, NUMBERS[0])
        await registered(caseworker, NUMBERS[1])
        for number in NUMBERS:
            await caseworker.post("/citizens", json=person(number))
            await caseworker.post("/citizens", json=person(number, education_level=number, target_group=number))
            await caseworker.post("/citizens", json={"cpr": number})
            await caseworker.post("/citizens", json={"cpr": int(number.replace("-", ""))})
            await caseworker.post("/citizens", content=number, headers={"Content-Type": "application/json"})
            await caseworker.post("/citizens/lookup", json={"cpr": number})
            await caseworker.post("/citizens/lookup", json=number)
            for header in ("X-Correlation-Id", "Expected-Version", "traceparent"):
                await caseworker.post("/citizens/lookup", json={"cpr": number}, headers={header: number})
            await caseworker.get(f"/citizens/{number}")
            for body in (
                {"offer": "workshop", "reason": f"Call {number}", "due": TOMORROW},
                {"offer": number, "reason": number, "due": number},
            ):
                await caseworker.post(f"/citizens/{citizen_id}/referrals", json=body)
        await intake.database.execute("ALTER TABLE cpr_vault RENAME COLUMN sealed TO gone")
        broken = await caseworker.post("/citizens", json=person(NUMBERS[5]))
        assert broken.status_code == 500
        places = await everything(intake, output)
        places["bus"] = "\n".join(await messages(empty_bus, 2))
        assert "cpr-century" in places["output"], "the log is what was looked at"
        assert leaks(places) == []

    @pytest.mark.parametrize("header", ["Purpose", "Idempotency-Key"])
    async def test_a_number_in_a_header_is_not_kept(
        self, intake: RunningService, caseworker: httpx.AsyncClient, output: Callable[[], str], header: str
    ) -> None:
        await registered(caseworker)
        await caseworker.post("/citizens/lookup", json={"cpr": CPR}, headers={header: NUMBERS[0]})
        assert leaks(await everything(intake, output)) == []

    async def test_a_number_as_the_name_of_a_field_is_not_repeated(
        self, intake: RunningService, caseworker: httpx.AsyncClient, output: Callable[[], str]
    ) -> None:
        refused(await caseworker.post("/citizens", json={NUMBERS[0]: True}), 422, "invalid")
        assert leaks(await everything(intake, output)) == []

    async def test_what_an_idempotency_key_remembers_does_not_give_the_number_away(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        """There are so few numbers that a hash without a key is found out by trying them all."""
        content, headers = json.dumps(person()).encode(), {"Idempotency-Key": "first"}
        for _ in range(2):
            answer = await caseworker.post(
                "/citizens", content=content, headers=headers | {"Content-Type": "application/json"}
            )
            assert answer.status_code == 201
        remembered = await intake.database.fetchval("SELECT request FROM idempotency")
        assert remembered != hashlib.sha256(b"POST /citizens?\n" + content).digest()


@pytest.fixture
def output(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What the process has written so far, and logged."""
    return lambda: "".join(capfd.readouterr()) + caplog.text


async def everything(intake: RunningService, output: Callable[[], str]) -> dict[str, str]:
    """Every table, every answer and all output, as text."""
    answers = "\n".join(f"{answer.headers} {answer.text}" for answer in intake.answers)
    return await intake.text() | {"answers": answers, "output": output()}


def leaks(places: dict[str, str]) -> list[tuple[str, str]]:
    """Where one of the numbers is, and in which form."""
    forms = {form for number in NUMBERS for form in forms_of(number)}
    return [(name, form) for form in forms for name, text in places.items() if form in text]


def forms_of(number: str) -> set[str]:
    """How a number may be written: with and without hyphen, as a JSON number, as hexadecimal bytes."""
    digits = number.replace("-", "")
    return {number, digits, digits.lstrip("0"), f"{digits[:6]}-{digits[6:]}", digits.encode().hex()}


async def messages(nats: RealNats, count: int) -> list[str]:
    """Subjects, headers and bodies of the first events on the bus."""
    client = await nats_client.connect(nats.url)
    try:
        stream = client.jetstream()

        async def all_published() -> bool:
            return (await stream.stream_info("EVENTS")).state.messages >= count

        await eventually(all_published)
        found = [await stream.get_msg("EVENTS", sequence) for sequence in range(1, count + 1)]
        return [f"{message.subject} {message.headers} {(message.data or b'').decode()}" for message in found]
    finally:
        await client.close()
