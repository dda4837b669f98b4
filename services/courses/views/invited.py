"""What callers may see of a citizen's invitations. Whoever asks logs the read first."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.vocabulary import InvitationAnswer
from shared.persistence import Transaction
from shared.persistence.known_citizens import SAME_CITIZEN, must_be_known

INVITATIONS = f"""
    SELECT cohort_id, h.course_id, c.description ->> 'title' AS course, h.starts, h.ends,
        h.cancelled_on IS NOT NULL AS cancelled, h.frozen_on IS NOT NULL AS frozen, i.identified, i.invited, i.answer,
        i.reason
    FROM (
            SELECT cohort_id, bool_or(identified) AS identified, bool_or(invited) AS invited, max(answer) AS answer,
                max(reason) AS reason
            FROM invitation WHERE citizen_id IN ({SAME_CITIZEN}) AND municipality = $2 GROUP BY cohort_id
        ) AS i
        LEFT JOIN cohort AS h USING (cohort_id) LEFT JOIN course AS c ON c.course_id = h.course_id
    ORDER BY h.starts DESC, cohort_id
"""


class InvitationView(BaseModel):
    """How far a citizen came with a cohort before enrolling."""

    cohort_id: UUID
    course_id: UUID | None
    course: str | None = Field(description="The course's title.")
    starts: date | None
    ends: date | None
    cancelled: bool
    frozen: bool = Field(description="Whether the roster is frozen, so that nobody comes onto it any more.")
    identified: bool
    invited: bool
    answer: InvitationAnswer | None = Field(description="Null while the citizen's answer is awaited.")
    reason: str | None = Field(description="Why, if the citizen said so.")


async def invitations(tx: Transaction, citizen_id: UUID, municipality: str) -> list[InvitationView]:
    """Every cohort that the citizen was identified for or invited to, the newest first. Raises NotFound."""
    await must_be_known(tx, citizen_id, municipality)
    return [InvitationView(**row) for row in await tx.fetch(INVITATIONS, citizen_id, municipality)]
