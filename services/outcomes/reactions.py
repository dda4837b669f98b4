"""What outcomes does about other services' events: it keeps whom it may be told about.

The reactions have durables of their own, so their events may come in any order: each leaves a row that the others
respect.
"""

from uuid import UUID

from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.messaging.reactions import Reaction
from shared.persistence import Transaction

ONE_AFTER_THE_OTHER = "SELECT pg_advisory_xact_lock(hashtextextended('known_citizen: who is whom', 0))"
"""A merge and an erasure of the same citizen must see each other, whichever comes first."""


async def know_citizen(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """From now on commands may name the citizen."""
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        event.citizen_id,
        event.municipality,
    )


async def keep_merged_citizen(tx: Transaction, event: CitizensMerged, envelope: Envelope) -> None:
    """The merged id leads to the kept one; so do ids that were merged into it before. If one was erased, all are."""
    await tx.execute(ONE_AFTER_THE_OTHER)
    kept = await tx.fetchval("SELECT kept FROM known_citizen WHERE citizen_id = $1", event.citizen_id)
    kept = kept or event.citizen_id  # who was herself merged meanwhile leads on
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality, kept) VALUES ($1, $2, $3)"
        " ON CONFLICT (citizen_id) DO UPDATE SET kept = excluded.kept",
        event.merged_id,
        event.municipality,
        kept,
    )
    await tx.execute("UPDATE known_citizen SET kept = $2 WHERE kept = $1", event.merged_id, kept)
    ids = await _ids_of(tx, kept)
    if await tx.fetchval("SELECT bool_or(erased) FROM known_citizen WHERE citizen_id = ANY($1)", ids):
        await _forget(tx, ids, event.municipality)


async def forget_citizen(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """Nothing is kept but that there is nothing more to record about these ids."""
    await tx.execute(ONE_AFTER_THE_OTHER)
    kept = await tx.fetchval("SELECT kept FROM known_citizen WHERE citizen_id = $1", event.citizen_id)
    await _forget(tx, await _ids_of(tx, kept or event.citizen_id), event.municipality)


async def _ids_of(tx: Transaction, kept: UUID) -> list[UUID]:
    rows = await tx.fetch("SELECT citizen_id FROM known_citizen WHERE kept = $1", kept)
    return [kept, *(row["citizen_id"] for row in rows)]


async def _forget(tx: Transaction, ids: list[UUID], municipality: str) -> None:
    await tx.execute(
        "INSERT INTO known_citizen (citizen_id, municipality, erased) SELECT DISTINCT id, $2, true"
        " FROM unnest($1::uuid[]) AS id ON CONFLICT (citizen_id) DO UPDATE SET erased = true",
        ids,
        municipality,
    )
    await tx.execute("DELETE FROM placement WHERE citizen_id = ANY($1)", ids)
    await tx.execute("DELETE FROM meeting WHERE citizen_id = ANY($1)", ids)


REACTIONS = [
    Reaction(name="outcomes-know-citizen", event=CitizenRegistered, handle=know_citizen),
    Reaction(name="outcomes-keep-merged-citizen", event=CitizensMerged, handle=keep_merged_citizen),
    Reaction(name="outcomes-forget-citizen", event=CitizenErased, handle=forget_citizen),
]
