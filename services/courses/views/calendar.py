"""A municipality's cohorts as a calendar shows them: nothing about any citizen, not even how many take part."""

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, Field

from shared.contracts.vocabulary import CourseKind
from shared.persistence import Transaction

ENTRIES = """
    SELECT h.cohort_id, h.starts, h.ends, h.site, h.online, h.cancelled_on, c.description ->> 'title' AS course,
        c.description ->> 'kind' AS kind, c.description ->> 'provider' AS provider,
        v.version + w.version - 1 AS version,
        greatest((one.body::jsonb ->> 'recordedtime')::timestamptz, (two.body::jsonb ->> 'recordedtime')::timestamptz)
            AS changed
    FROM cohort AS h JOIN course AS c USING (course_id)
        JOIN entity AS v ON v.subject = 'cohort/' || h.cohort_id
        JOIN entity AS w ON w.subject = 'course/' || c.course_id
        JOIN event_log AS one ON one.subject = v.subject AND one.version = v.version
        JOIN event_log AS two ON two.subject = w.subject AND two.version = w.version
    WHERE h.municipality = $1 ORDER BY h.starts, h.cohort_id
"""


class CalendarEntry(BaseModel):
    """A cohort in the calendar."""

    cohort_id: UUID
    version: int = Field(description="Grows with every change of the cohort or of its course.")
    changed: datetime = Field(description="When we learnt of the last of these changes.")
    course: str = Field(description="The course's title.")
    kind: CourseKind
    provider: str
    starts: date
    ends: date
    site: str | None
    online: bool
    cancelled_on: date | None


def calendar_of(municipality: str) -> UUID:
    """The id of a municipality's calendar, which is computed from its code."""
    return uuid5(NAMESPACE_URL, f"loeft:calendar:{municipality}")


async def entries(tx: Transaction, municipality: str) -> list[CalendarEntry]:
    """Every cohort of the municipality, the earliest first; cancelled ones too, for a calendar must take them out."""
    return [CalendarEntry(**row) for row in await tx.fetch(ENTRIES, municipality)]
