"""What the log and late events give: rescored results, the same tables elsewhere, nothing of an erased citizen."""

import httpx

from services.assessment.state import APPLY
from services.assessment.tables import Table
from shared.contracts.assessment import ResultRescored
from shared.contracts.assessment.result import AreaResult
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.persistence import Database, Origin
from tests.conftest import NewDatabase
from tests.real.answers import refused
from tests.real.assessment.measured import CITIZEN, area, finished, profile, published, reached
from tests.real.imported import same_when_imported
from tests.real.running_service import RunningService, differences, publish
from tests.real_machines import RealNats


class TestThePast:
    async def test_a_rescored_result_replaces_the_levels_and_keeps_the_day(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        ended = "2026-11-01T08:30:00Z"
        body = finished(area(1, 3, 4), area(2, 3, 3), finished_at=ended)
        test_id = (await caseworker.post(f"/citizens/{CITIZEN}/tests", json=body)).json()["test_id"]
        rescored = ResultRescored.model_validate(
            (await assessment.log())[0].data
            | {"areas": (AreaResult(**area(1, 4, 4)),), "reason": "Item 1.2-003 had a wrong key", "before": ()}
        )
        database = Database(assessment.address, APPLY)
        await database.open()
        try:
            async with database.transaction(Origin("rescoring")) as tx:
                await tx.append(rescored)
        finally:
            await database.close()
        read = (await caseworker.get(f"/citizens/{CITIZEN}/result")).json()
        assert [(a["area"], a["level"], a["test_id"], a["finished_at"]) for a in read["areas"]] == [
            (1, 4, test_id, ended)
        ]

    async def test_the_log_applied_elsewhere_gives_the_same_tables(
        self,
        assessment: RunningService,
        caseworker: httpx.AsyncClient,
        desk: httpx.AsyncClient,
        new_database: NewDatabase,
    ) -> None:
        profile_id = await published(desk, (1, 3))
        for low in (2, 3):
            await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, low, 4)))
            await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        await desk.put(f"/profiles/{profile_id}", json=profile((2, 2), validated=True))
        await desk.post(f"/profiles/{await published(desk, (1, 4))}/close", json={"reason": "Findes ikke mere"})
        assert len(await assessment.log()) == 8
        tables = ("test_result", "area_result", "job_profile", "gap", "entity")
        await same_when_imported(assessment, await new_database("assessment"), APPLY, *tables)

    async def test_an_erased_citizen_is_forgotten_and_does_not_come_back_by_a_late_event(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id = await published(desk, (1, 3))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        await publish(empty_bus, CitizenErased(municipality="0101", citizen_id=CITIZEN), 2)
        await reached(assessment, "SELECT erased FROM known_citizen")
        await publish(empty_bus, CitizenRegistered.example(), 1)
        await reached(assessment, "SELECT count(*) = 2 FROM handled WHERE reaction = 'assessment-know-citizen'")
        refused(await caseworker.get(f"/citizens/{CITIZEN}/result"), 404, "citizen-unknown")
        for table in ("test_result", "area_result", "gap"):
            assert await assessment.database.fetchval(f"SELECT count(*) FROM {table}") == 0, table

    async def test_the_migrated_tables_are_those_of_tables_py(self, assessment: RunningService) -> None:
        assert await differences(assessment.address, Table.metadata) == []
