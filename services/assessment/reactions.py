"""What assessment keeps of other services' events: whom it may know, and which courses could close a gap.

Each reaction has a consumer of its own, so two events of one entity may arrive in either order. Each row therefore
keeps the version of the event that it stems from, and an older event changes nothing.
"""

import json
from uuid import UUID

from services.assessment import session_log
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.contracts.vocabulary import AreaLevel
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction


async def know_citizen(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """The citizen may be tested."""
    await _keep_citizen(tx, event.citizen_id, envelope.sequence, event.municipality)


async def forget_citizen(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """Her tests, results and gaps go; of her id stays only that it must not come back."""
    await _keep_citizen(tx, event.citizen_id, envelope.sequence, None)
    await tx.execute(
        "DELETE FROM area_result USING test_result AS t WHERE area_result.test_id = t.test_id AND t.citizen_id = $1",
        event.citizen_id,
    )
    await tx.execute("DELETE FROM test_result WHERE citizen_id = $1", event.citizen_id)
    await tx.execute("DELETE FROM gap WHERE citizen_id = $1", event.citizen_id)
    await session_log.forget(tx, event.citizen_id)


async def know_course(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """The course can close a gap."""
    await _keep_course(tx, event.course_id, envelope, on_offer=True, weeks=event.weeks, areas=event.digital_areas)


async def close_course(tx: Transaction, event: CourseClosed, envelope: Envelope) -> None:
    """The course closes no gap any more."""
    await _keep_course(tx, event.course_id, envelope, on_offer=False, weeks=0, areas=())


async def _keep_citizen(tx: Transaction, citizen_id: UUID, version: int, municipality: str | None) -> None:
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, version, municipality) VALUES ($1, $2, $3)
        ON CONFLICT (citizen_id) DO UPDATE SET version = excluded.version, municipality = excluded.municipality
        WHERE known.version < excluded.version
        """,
        citizen_id,
        version,
        municipality,
    )


async def _keep_course(
    tx: Transaction, course_id: UUID, envelope: Envelope, *, on_offer: bool, weeks: int, areas: tuple[AreaLevel, ...]
) -> None:
    await tx.execute(
        """
        INSERT INTO known_course AS known (course_id, version, municipality, on_offer, weeks, areas)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (course_id) DO UPDATE SET version = excluded.version, on_offer = excluded.on_offer,
            weeks = excluded.weeks, areas = excluded.areas
        WHERE known.version < excluded.version
        """,
        course_id,
        envelope.sequence,
        envelope.municipality,
        on_offer,
        weeks,
        json.dumps([area.model_dump() for area in areas]),
    )


REACTIONS = [
    Reaction(name="assessment-know-citizen", event=CitizenRegistered, handle=know_citizen),
    Reaction(name="assessment-forget-citizen", event=CitizenErased, handle=forget_citizen),
    Reaction(name="assessment-know-course", event=CourseOffered, handle=know_course),
    Reaction(name="assessment-change-course", event=CourseChanged, handle=know_course),
    Reaction(name="assessment-close-course", event=CourseClosed, handle=close_course),
]
