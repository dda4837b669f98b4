"""Cohorts: open, cancel, freeze the roster; read one with its counts, and its roster."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from services.courses import pilots, queries
from services.courses.api.callers import CitizenReader, Planner, Reader
from services.courses.commands import Because, FreezeRoster, OpenCohort
from services.courses.record import record
from services.courses.rules import cancellation, cohort, roster
from services.courses.views import offer, people
from shared.clock import danish_day
from shared.contracts.courses import CohortOpened, ParticipationStarted
from shared.moment import Moment, moment
from shared.web import Tx, router

api = router()


class CohortRecorded(BaseModel):
    """The command was carried out."""

    cohort_id: UUID
    version: int = Field(description="The cohort's version after this command.")


class RosterRecorded(CohortRecorded):
    """The roster stands."""

    enrolment_ids: list[UUID] = Field(description="Everybody who started: the denominator of all figures.")


@api.post("/cohorts", status_code=201)
async def open_cohort(command: OpenCohort, tx: Tx, caller: Planner) -> CohortRecorded:
    """Open a cohort of a course; while the course is a pilot, within the seats that the pilot may have."""
    at = moment(command.happened, tx.now)
    course = await queries.course_to_change(tx, command.course_id, caller.municipality)
    await tx.expect(f"course/{command.course_id}")
    opened = CohortOpened(
        municipality=caller.municipality, cohort_id=tx.new_id(), **command.model_dump(exclude={"happened"})
    )
    pilot = await pilots.pilot_of(tx, command.course_id)
    cohorts = await pilots.cohorts_of(tx, command.course_id) if pilot else ()
    version = await tx.append(cohort.open_cohort(course, opened, pilot, cohorts), happened=at.time)
    return CohortRecorded(cohort_id=opened.cohort_id, version=version)


@api.post("/cohorts/{cohort_id}/cancel")
async def cancel_cohort(cohort_id: UUID, command: Because, tx: Tx, caller: Planner) -> CohortRecorded:
    """Cancel a cohort: enrolments fall away; who takes part already ends as cancelled_by_provider."""
    at = moment(command.happened, tx.now)
    seats = await queries.seats_to_give(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    taking_part = await queries.participations_of_cohort(tx, cohort_id, caller.municipality)
    versions = await record(tx, cancellation.cancel(seats, taking_part.values(), command.reason, at.today), at)
    return CohortRecorded(cohort_id=cohort_id, version=versions[f"cohort/{cohort_id}"])


@api.post("/cohorts/{cohort_id}/freeze")
async def freeze_roster(cohort_id: UUID, command: FreezeRoster, tx: Tx, caller: Planner) -> RosterRecorded:
    """Freeze the roster on the start day, or tell later that it was: everybody with a seat starts."""
    at = moment(command.happened, tx.now)
    seats = await queries.seats_to_give(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    on = command.on or seats.cohort.starts
    events = roster.freeze(seats, on, at.today)
    versions = await record(tx, events, Moment(at.on(on)))
    started = [event.enrolment_id for event in events if isinstance(event, ParticipationStarted)]
    return RosterRecorded(cohort_id=cohort_id, version=versions[f"cohort/{cohort_id}"], enrolment_ids=started)


@api.get("/cohorts")
async def list_cohorts(
    tx: Tx,
    caller: Reader,
    state: Annotated[
        list[offer.CohortState], Query(description="In one of these; all if left out.", max_length=4)
    ] = [],  # noqa: B006
    course_id: Annotated[UUID | None, Query(description="Of this course.")] = None,
    free: Annotated[bool, Query(description="Only those with free seats.")] = False,
) -> list[offer.CohortLine]:
    """Your municipality's cohorts, the earliest first."""
    today = danish_day(tx.now)
    return await offer.cohorts(tx, caller.municipality, today, states=state, course_id=course_id, free=free)


@api.get("/cohorts/{cohort_id}")
async def read_cohort(cohort_id: UUID, tx: Tx, caller: Reader) -> offer.CohortLine:
    """A cohort with its counts."""
    return await offer.cohort(tx, cohort_id, caller.municipality, danish_day(tx.now))


@api.get("/cohorts/{cohort_id}/roster")
async def read_roster(cohort_id: UUID, tx: Tx, caller: CitizenReader) -> list[people.RosterLine]:
    """Every citizen of a cohort. The read of each is logged before it is answered."""
    lines = await people.roster(tx, cohort_id, caller.municipality)
    for citizen_id in sorted({line.citizen_id for line in lines}):
        await tx.log_read(citizen_id, f"roster of cohort {cohort_id}")
    return lines
