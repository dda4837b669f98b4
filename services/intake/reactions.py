"""What intake keeps of courses' events: which courses a citizen may be referred to, and which are wound down."""

from services.intake import courses
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered, PilotDecided
from shared.contracts.envelope import Envelope
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction


async def know_course(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """Citizens may be referred to the course."""
    await courses.know(tx, event, envelope)


async def close_course(tx: Transaction, event: CourseClosed, envelope: Envelope) -> None:
    """Nobody is referred to the course any more, and referrers are told."""
    await courses.wind_down(tx, event, "course-closed", envelope)


async def follow_pilot(tx: Transaction, event: PilotDecided, envelope: Envelope) -> None:
    """A stopped pilot winds its course down; while it goes on, citizens are referred to it as to any course."""
    if event.decision == "stop":
        await courses.wind_down(tx, event, "pilot-stopped", envelope)


REACTIONS = [
    Reaction(name="intake-know-course", event=CourseOffered, handle=know_course),
    Reaction(name="intake-change-course", event=CourseChanged, handle=know_course),
    Reaction(name="intake-close-course", event=CourseClosed, handle=close_course),
    Reaction(name="intake-follow-pilot", event=PilotDecided, handle=follow_pilot),
]
