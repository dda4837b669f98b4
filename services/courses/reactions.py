"""What courses does about other services' events."""

from services.courses import queries
from services.courses.forgotten import forget
from services.courses.rules import participation
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import PlacementStarted
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction, known_citizens


async def know_citizen(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """A registered citizen may be enrolled."""
    await known_citizens.know(tx, event.citizen_id, event.municipality)


async def follow_merger(tx: Transaction, event: CitizensMerged, envelope: Envelope) -> None:
    """Two ids are one citizen: her participations are read together, and only the kept id is enrolled."""
    await forget(tx, await known_citizens.merge(tx, event.citizen_id, event.merged_id, event.municipality))


async def forget_citizen(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """An erased citizen is nowhere in the tables any more."""
    await forget(tx, await known_citizens.erase(tx, event.citizen_id, event.municipality))


async def end_participations_on_job(tx: Transaction, event: PlacementStarted, envelope: Envelope) -> None:
    """Who starts an ordinary job leaves her courses that day, with success. No other placement ends anything."""
    if event.kind != "ordinary":
        return
    running = await queries.running_participations(tx, event.citizen_id, event.municipality)
    for ended in participation.got_job(running, event.on):
        await tx.append(ended, happened=envelope.time)


REACTIONS = [
    Reaction(name="courses-know-citizen", event=CitizenRegistered, handle=know_citizen),
    Reaction(name="courses-follow-merger", event=CitizensMerged, handle=follow_merger),
    Reaction(name="courses-forget-citizen", event=CitizenErased, handle=forget_citizen),
    Reaction(name="courses-end-on-job", event=PlacementStarted, handle=end_participations_on_job, decides=True),
]
