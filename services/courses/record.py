"""Recording what a rule decided: each event at the moment its fact happened."""

from collections.abc import Iterable
from datetime import datetime

from shared.contracts.event import Event
from shared.moment import Moment
from shared.persistence import Transaction


async def record(tx: Transaction, events: Iterable[Event], at: Moment) -> dict[str, int]:
    """Append the events in their order; the new version of each entity by its subject.

    An event that names its day happened on that day, the others at the moment.
    """
    by_moment: dict[datetime, list[Event]] = {}
    for event in events:
        day = vars(event).get("on")  # pydantic looks long for what a model lacks
        by_moment.setdefault(at.time if day is None else at.on(day), []).append(event)
    versions: dict[str, int] = {}
    for happened, together in by_moment.items():
        appended = await tx.append_all(together, happened=happened)
        versions |= dict(zip((event.subject for event in together), appended, strict=True))
    return versions
