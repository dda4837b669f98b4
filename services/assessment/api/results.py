"""Test results: record one, and read what a citizen can do."""

from typing import Annotated
from uuid import UUID

from services.assessment import queries
from services.assessment.commands import RecordTest, TestRecorded
from services.assessment.rules import result
from shared.moment import moment
from shared.persistence.known_citizens import must_be_known
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.post("/citizens/{citizen_id}/tests", status_code=201)
async def record_test(
    citizen_id: UUID,
    command: RecordTest,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR, Role.SYSTEM)],
) -> TestRecorded:
    """Record a finished test: a level with its interval for each area that was measured."""
    await queries.to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    finished_at = result.finished_at(command.finished_at, moment(command.happened, tx.now).time)
    event = result.finish(tx.new_id(), citizen_id, caller.municipality, command.method(), command.areas)
    version = await tx.append(event, happened=finished_at)
    return TestRecorded(test_id=event.test_id, finished_at=finished_at, version=version)


@api.get("/citizens/{citizen_id}/result")
async def read_result(
    citizen_id: UUID, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> queries.ResultView:
    """The newest measurement of each area. The read is logged before it is answered."""
    await must_be_known(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "test result")
    return await queries.result(tx, citizen_id)
