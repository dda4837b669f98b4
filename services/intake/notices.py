"""What referrers are told when an effort is stopped: which, why, and who must now be offered something else."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.courses import FIRST_CAUSE
from services.intake.rules.course import Cause
from shared.persistence import Transaction

ENDED = f"""
    SELECT DISTINCT ON (w.course_id) w.*, k.title
    FROM wind_down AS w LEFT JOIN known_course AS k USING (course_id)
    WHERE w.municipality = $1 AND ($2::date IS NULL OR w.told_on >= $2)
    ORDER BY w.course_id, {FIRST_CAUSE}
"""
OPEN = """
    SELECT r.course_id, r.referral_id, c.citizen_id, r.made_on, r.due
    FROM referral AS r JOIN citizen AS told USING (citizen_id)
        JOIN citizen AS c ON c.citizen_id = coalesce(told.merged_into, told.citizen_id)
    WHERE r.course_id = ANY($1) AND c.municipality = $2 AND c.left_on IS NULL
        AND r.answer IS NULL AND r.replaced_by IS NULL
    ORDER BY r.due, r.referral_id
"""


class OpenReferral(BaseModel):
    """A citizen who is referred to the course and has not answered: refer her anew, with this id as `replaces`."""

    referral_id: UUID
    citizen_id: UUID
    made_on: date
    due: date


class NoticeView(BaseModel):
    """A course that takes nobody new any more."""

    course_id: UUID
    course: str | None = Field(description="The course's title; null while only its end has arrived here.")
    cause: Cause = Field(description="pilot-stopped, with the reason of that decision; or course-closed without one.")
    on: date = Field(description="Day on which it was decided.")
    told_on: date = Field(description="Day on which that was recorded: later, when it was told late.")
    reason: str | None = Field(description="Why, in the words of who decided.")
    referrals: list[OpenReferral] = Field(
        description="Who must be offered something else, the first due first; empty once all are answered or replaced."
    )


async def notices(tx: Transaction, municipality: str, since: date | None) -> list[NoticeView]:
    """The municipality's courses that were stopped or closed, as recorded since a day; the newest first."""
    ended = await tx.fetch(ENDED, municipality, since)
    waiting: dict[UUID, list[OpenReferral]] = defaultdict(list)
    for row in await tx.fetch(OPEN, [row["course_id"] for row in ended], municipality):
        waiting[row["course_id"]].append(OpenReferral(**{name: row[name] for name in OpenReferral.model_fields}))
    told = [
        NoticeView(
            course_id=row["course_id"],
            course=row["title"],
            cause=row["cause"],
            on=row["on_day"],
            told_on=row["told_on"],
            reason=row["reason"],
            referrals=waiting[row["course_id"]],
        )
        for row in ended
    ]
    return sorted(told, key=lambda notice: (notice.told_on, notice.on), reverse=True)
