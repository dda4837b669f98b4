"""What outcomes does about other services' events: it keeps whom it may be told about."""

from services.outcomes.forgotten import forget
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction, known_citizens


async def know_citizen(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """From now on commands may name the citizen."""
    await known_citizens.know(tx, event.citizen_id, event.municipality)


async def follow_merger(tx: Transaction, event: CitizensMerged, envelope: Envelope) -> None:
    """Two ids are one citizen: she is told of under the kept one."""
    await forget(tx, await known_citizens.merge(tx, event.citizen_id, event.merged_id, event.municipality))


async def forget_citizen(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """Nothing is kept but that there is nothing more to record about her ids."""
    await forget(tx, await known_citizens.erase(tx, event.citizen_id, event.municipality))


REACTIONS = [
    Reaction(name="outcomes-know-citizen", event=CitizenRegistered, handle=know_citizen),
    Reaction(name="outcomes-keep-merged-citizen", event=CitizensMerged, handle=follow_merger),
    Reaction(name="outcomes-forget-citizen", event=CitizenErased, handle=forget_citizen),
]
