"""What assessment keeps of other services' events: whom it may know, what could close a gap, and the orders to fill.

The tables are written by ``whereabouts.py``, ``known_courses.py`` and ``known_orders.py``.
"""

from services.assessment import known_courses, known_orders, whereabouts
from services.assessment.forgotten import forget
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenChanged, CitizenErased, CitizenLeft, CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction, known_citizens


async def know_citizen(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """The citizen may be tested, and is a candidate."""
    await known_citizens.know(tx, event.citizen_id, event.municipality)
    await whereabouts.came(tx, event.citizen_id, envelope.sequence)


async def note_return(tx: Transaction, event: CitizenChanged, envelope: Envelope) -> None:
    """A change that tells of a new spell of unemployment brings a citizen back who had left."""
    if event.unemployed_since is not None:
        await whereabouts.came(tx, event.citizen_id, envelope.sequence, event.unemployed_since)


async def note_departure(tx: Transaction, event: CitizenLeft, envelope: Envelope) -> None:
    """Who has left the jobcenter is no candidate until she is back."""
    await whereabouts.left(tx, event.citizen_id, envelope.sequence, event.on)


async def follow_merger(tx: Transaction, event: CitizensMerged, envelope: Envelope) -> None:
    """Two ids are one citizen: she is one candidate, with the tests of both."""
    await forget(tx, await known_citizens.merge(tx, event.citizen_id, event.merged_id, event.municipality))


async def forget_citizen(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """Her tests, results and gaps go; of her id stays only that it must not come back."""
    await forget(tx, await known_citizens.erase(tx, event.citizen_id, event.municipality))


async def know_course(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """The course can close a gap."""
    await known_courses.offer(tx, event, envelope)


async def close_course(tx: Transaction, event: CourseClosed, envelope: Envelope) -> None:
    """The course closes no gap any more."""
    await known_courses.close(tx, event, envelope)


async def know_order(tx: Transaction, event: OrderPlaced | OrderChanged, envelope: Envelope) -> None:
    """Candidates can be screened for the order."""
    await known_orders.place(tx, event, envelope)


async def close_order(tx: Transaction, event: OrderClosed, envelope: Envelope) -> None:
    """The order takes no candidates any more."""
    await known_orders.close(tx, event, envelope)


REACTIONS = [
    Reaction(name="assessment-know-citizen", event=CitizenRegistered, handle=know_citizen),
    Reaction(name="assessment-note-return", event=CitizenChanged, handle=note_return),
    Reaction(name="assessment-note-departure", event=CitizenLeft, handle=note_departure),
    Reaction(name="assessment-follow-merger", event=CitizensMerged, handle=follow_merger),
    Reaction(name="assessment-forget-citizen", event=CitizenErased, handle=forget_citizen),
    Reaction(name="assessment-know-course", event=CourseOffered, handle=know_course),
    Reaction(name="assessment-change-course", event=CourseChanged, handle=know_course),
    Reaction(name="assessment-close-course", event=CourseClosed, handle=close_course),
    Reaction(name="assessment-know-order", event=OrderPlaced, handle=know_order),
    Reaction(name="assessment-change-order", event=OrderChanged, handle=know_order),
    Reaction(name="assessment-close-order", event=OrderClosed, handle=close_order),
]
