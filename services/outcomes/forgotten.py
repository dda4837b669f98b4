"""What outcomes holds of a citizen goes when she is erased; the histories behind the figures are the projector's."""

from collections.abc import Sequence
from uuid import UUID

from shared.persistence import Transaction


async def forget(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Nothing is held under these ids any more."""
    await tx.execute("DELETE FROM placement WHERE citizen_id = ANY($1)", ids)
    await tx.execute("DELETE FROM meeting WHERE citizen_id = ANY($1)", ids)
