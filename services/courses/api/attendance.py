"""Attendance: who was there on a day of a cohort."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Caseworker
from services.courses.commands import RecordAttendance
from services.courses.record import record
from services.courses.rules import attendance
from shared.moment import moment
from shared.web import Tx, router

api = router()


class AttendanceOfDay(BaseModel):
    """The command was carried out."""

    cohort_id: UUID
    on: date
    changed: list[UUID] = Field(description="Enrolments for whom something new was recorded; the others stood so.")


@api.post("/cohorts/{cohort_id}/attendance")
async def record_attendance(cohort_id: UUID, command: RecordAttendance, tx: Tx, caller: Caseworker) -> AttendanceOfDay:
    """Record who of the roster was there on a day: all of it, or nothing. The same day again corrects."""
    at = moment(command.happened, tx.now)
    on = command.on or at.today
    cohort = await queries.cohort_to_fill(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    roster = await queries.participations_of_cohort(tx, cohort_id, caller.municipality)
    told = [*((one, True) for one in command.present), *((one, False) for one in command.absent)]
    recorded = await queries.attendance_of_day(tx, cohort_id, on)
    events = attendance.record(cohort, roster, told, recorded, on, at.today)
    await record(tx, events, at)
    return AttendanceOfDay(cohort_id=cohort_id, on=on, changed=[event.enrolment_id for event in events])
