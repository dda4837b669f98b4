"""Pilots: open one before anyone starts, decide how it goes on; list them, and read one."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from services.courses import pilots, queries
from services.courses.api.callers import Decider, Manager, Reader
from services.courses.commands import DecidePilot, OpenPilot
from services.courses.record import record
from services.courses.rules import pilot
from services.courses.rules.pilot import Pilot, PilotState
from services.courses.views import trial
from shared.contracts.courses import PilotDecided, PilotOpened
from shared.moment import moment
from shared.web import Role, Tx, router

api = router()


class PilotRecorded(BaseModel):
    """The command was carried out."""

    pilot_id: UUID
    version: int = Field(description="The pilot's version after this command.")
    state: PilotState
    size: int | None = Field(
        description="Seats that the cohorts may have together; null when it is over: proven or stopped."
    )


class CohortAhead(BaseModel):
    """A cohort of a stopped pilot that has not started: cancel it, or offer its citizens another course."""

    cohort_id: UUID
    starts: date
    taken: int = Field(description="Seats that are given or offered.")
    waiting: int = Field(description="Citizens in line for a seat; nobody is offered one any more.")


class DecisionRecorded(PilotRecorded):
    """A decision stands."""

    cohorts_ahead: list[CohortAhead] = Field(description="After a stop: what is to be cancelled or offered anew.")


@api.post("/pilots", status_code=201)
async def open_pilot(command: OpenPilot, tx: Tx, caller: Manager) -> PilotRecorded:
    """Make a course a pilot, before its first participant starts: benchmark, sizes and measure are fixed from now."""
    at = moment(command.happened, tx.now)
    course = await queries.course_to_change(tx, command.course_id, caller.municipality)
    await tx.expect(f"course/{command.course_id}")
    cohorts = await pilots.cohorts_to_limit(tx, command.course_id)
    standing = await pilots.pilot_of(tx, command.course_id)
    plan = PilotOpened(
        municipality=caller.municipality,
        pilot_id=tx.new_id(),
        registered_on=at.today,
        **command.model_dump(exclude={"happened"}),
    )
    version = await tx.append(pilot.open_pilot(course, plan, standing, cohorts), happened=at.time)
    opened = Pilot(plan)
    return PilotRecorded(pilot_id=plan.pilot_id, version=version, state=opened.state, size=opened.size)


@api.post("/pilots/{pilot_id}/decide")
async def decide_pilot(pilot_id: UUID, command: DecidePilot, tx: Tx, caller: Decider) -> DecisionRecorded:
    """A manager widens, continues or stops a pilot, with a reason beside the verdict that was shown.

    After a stop there are no new cohorts, invitations, enrolments or seats out of the line; running cohorts finish.
    """
    at = moment(command.happened, tx.now)
    course_id = await pilots.course_of(tx, pilot_id, caller.municipality)
    course = await queries.course_to_change(tx, course_id, caller.municipality)
    standing = await pilots.pilot_to_decide(tx, pilot_id)
    await tx.expect(f"pilot/{pilot_id}")
    told = PilotDecided(
        municipality=caller.municipality,
        pilot_id=pilot_id,
        course_id=course_id,
        decided_by_role=Role.MANAGER.value,
        **command.model_dump(exclude={"happened"}),
    )
    versions = await record(tx, pilot.decide(standing, course, told), at)
    now = Pilot(standing.plan, (*standing.decided, told))
    ahead = [cohort for cohort in await pilots.cohorts_of(tx, course_id) if now.stopped and cohort.ahead(at.today)]
    return DecisionRecorded(
        pilot_id=pilot_id,
        version=versions[f"pilot/{pilot_id}"],
        state=now.state,
        size=now.size,
        cohorts_ahead=[
            CohortAhead(cohort_id=one.cohort_id, starts=one.starts, taken=one.taken, waiting=one.waiting)
            for one in ahead
        ],
    )


@api.get("/pilots")
async def list_pilots(
    tx: Tx, caller: Reader, course_id: Annotated[UUID | None, Query(description="Only this course's.")] = None
) -> list[trial.PilotView]:
    """Your municipality's pilots, the newest first."""
    return await trial.pilots(tx, caller.municipality, course_id=course_id)


@api.get("/pilots/{pilot_id}")
async def read_pilot(pilot_id: UUID, tx: Tx, caller: Reader) -> trial.PilotView:
    """A pilot with every decision about it."""
    return await trial.pilot(tx, pilot_id, caller.municipality)
