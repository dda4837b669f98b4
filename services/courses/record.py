"""Recording what a rule decided: each event at the moment its fact happened."""

from collections.abc import Iterable

from services.courses.moment import Moment
from shared.contracts.event import Event
from shared.persistence import Transaction


async def record(tx: Transaction, events: Iterable[Event], at: Moment) -> dict[str, int]:
    """Append the events in their order; the new version of each entity by its subject.

    An event that names its day happened on that day, the others at the moment.
    """
    versions = {}
    for event in events:
        day = getattr(event, "on", None)
        versions[event.subject] = await tx.append(event, happened=at.time if day is None else at.on(day))
    return versions
