"""What courses holds of a citizen goes when she is erased. Her seat goes to the line with the next command."""

from collections.abc import Sequence
from uuid import UUID

from shared.persistence import Transaction

HOLD = ("invitation", "enrolment", "participation", "attendance", "certificate")
"""The tables that tell of citizens."""


async def forget(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Nothing is held under these ids any more."""
    for table in HOLD:
        await tx.execute(f"DELETE FROM {table} WHERE citizen_id = ANY($1)", ids)
