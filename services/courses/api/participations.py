"""Participations: how they end, one or many at once, and corrections; what a citizen is or was enrolled on."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Caseworker, CitizenReader
from services.courses.commands import CorrectEnd, EndMany, EndParticipation
from services.courses.record import record
from services.courses.rules import participation
from services.courses.views import people
from shared.contracts.courses import ParticipationEnded
from shared.moment import moment
from shared.web import Tx, router

api = router()


class EndsRecorded(BaseModel):
    """The command was carried out."""

    cohort_id: UUID
    ended: list[ParticipationEnded] = Field(description="The ends as they were recorded.")


@api.post("/participations/{enrolment_id}/end")
async def end_participation(enrolment_id: UUID, command: EndParticipation, tx: Tx, caller: Caseworker) -> EndsRecorded:
    """A participation ended, with a reason of the closed list. It ends once."""
    at = moment(command.happened, tx.now)
    standing = await queries.participation_to_end(tx, enrolment_id, caller.municipality)
    await tx.expect(f"citizen/{standing.citizen_id}")
    ended = participation.end(standing, command.reason, command.on or at.today, at.today)
    await record(tx, [ended], at)
    return EndsRecorded(cohort_id=standing.cohort_id, ended=[ended])


@api.post("/participations/{enrolment_id}/correct")
async def correct_end(enrolment_id: UUID, command: CorrectEnd, tx: Tx, caller: Caseworker) -> EndsRecorded:
    """The end was told wrongly: tell it again. mis_registered makes the participation count nowhere."""
    at = moment(command.happened, tx.now)
    standing = await queries.participation_to_end(tx, enrolment_id, caller.municipality)
    await tx.expect(f"citizen/{standing.citizen_id}")
    ended = participation.correct(standing, command.reason, command.on, at.today)
    await record(tx, [ended], at)
    return EndsRecorded(cohort_id=standing.cohort_id, ended=[ended])


@api.post("/cohorts/{cohort_id}/end")
async def end_participations(cohort_id: UUID, command: EndMany, tx: Tx, caller: Caseworker) -> EndsRecorded:
    """Many participations of a cohort ended: all of it is recorded, or none."""
    at = moment(command.happened, tx.now)
    await queries.cohort_to_fill(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    roster = await queries.participations_of_cohort(tx, cohort_id, caller.municipality)
    told = [participation.Told(one.enrolment_id, one.reason, one.on or at.today) for one in command.participations]
    ended = participation.end_many(roster, told, at.today)
    await record(tx, ended, at)
    return EndsRecorded(cohort_id=cohort_id, ended=ended)


@api.get("/citizens/{citizen_id}/participations")
async def read_participations(citizen_id: UUID, tx: Tx, caller: CitizenReader) -> list[people.ParticipationView]:
    """Everything a citizen is or was enrolled on. The read is logged before it is answered."""
    found = await people.participations(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "participations")
    return found
