"""What is told late, and what the log gives back: the same tables elsewhere, nothing of an erased citizen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.intake.state import APPLY
from services.intake.tables import Table
from shared.clock import danish_day, now
from shared.contracts.intake import CitizenErased, CitizensMerged
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import refused
from tests.real.imported import same_when_imported
from tests.real.intake.office import VISIT, person, registered
from tests.real.intake.routes import ROUTES
from tests.real.running_service import RunningService, differences
from tests.today import today

NO_FACTS = (
    "/citizens/lookup",
    "/openings",
    "/openings/{o}/check-ins",
    "/check-ins/{k}/departure",
    "/openings/{o}/departures",
)
"""Commands that tell of nothing that may have happened earlier."""


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
        assert all(danish_day(envelope.recordedtime) == today() for envelope in await intake.log())
        assert (await caseworker.get(citizen)).json()["registered_on"] == "2026-02-03", "the Danish day"

    async def test_nothing_has_happened_in_the_future(
        self, intake: RunningService, caseworker: httpx.AsyncClient, ids: dict[str, str]
    ) -> None:
        before = len(await intake.log())
        future = {"happened": (now() + timedelta(hours=1)).isoformat()}
        commands = [(path, body) for method, path, body in ROUTES if method == "POST" and path not in NO_FACTS]
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
            "workshop-visited",
            "workshop-visit-voided",
        }
        tables = ("citizen", "circumstances", "standing", "barrier", "referral", "visit", "entity")
        await same_when_imported(intake, await new_database("intake"), APPLY, *tables)

    async def test_an_erased_citizen_is_in_no_table_of_intakes_own_and_not_in_the_vault(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        await intake.caller(Role.EMENTOR).post("/visits", json=VISIT | {"citizen_id": ids["c"]})
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
        assert {name for name, rows in left.items() if other in rows} == {
            "citizen",
            "circumstances",
            "standing",
            "cpr_vault",
        }

    async def test_with_an_erased_citizen_goes_whoever_was_merged_into_her(
        self, intake: RunningService, ids: dict[str, str]
    ) -> None:
        swallowed = await registered(intake.caller(Role.CASEWORKER), "020280-0002")

        def hers(tables: dict[str, str]) -> list[str]:
            return [name for name, rows in tables.items() if ids["c"] in rows or swallowed in rows]

        assert len(hers(await intake.text(without=("event_log", "entity", "access_log")))) > 3
        database = Database(intake.address, APPLY)
        await database.open()
        try:
            for event in (
                CitizensMerged(municipality="0101", citizen_id=UUID(ids["c"]), merged_id=UUID(swallowed)),
                CitizenErased(municipality="0101", citizen_id=UUID(ids["c"])),
            ):
                async with database.transaction(Origin("erasure")) as tx:
                    await tx.append(event)
        finally:
            await database.close()
        left = await intake.text(without=("event_log", "entity", "access_log"))
        assert hers(left) == []

    async def test_the_migrated_tables_are_those_of_tables_py(self, intake: RunningService) -> None:
        assert await differences(intake.address, Table.metadata) == []
