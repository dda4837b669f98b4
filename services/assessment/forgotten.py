"""What assessment holds of a citizen goes when she is erased: her tests, with every answer, results and gaps."""

from collections.abc import Sequence
from uuid import UUID

from services.assessment import session_log
from shared.persistence import Transaction


async def forget(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Nothing is held under these ids any more."""
    if not ids:
        return
    await tx.execute(
        "DELETE FROM area_result WHERE test_id IN (SELECT test_id FROM test_result WHERE citizen_id = ANY($1))", ids
    )
    await tx.execute("DELETE FROM test_result WHERE citizen_id = ANY($1)", ids)
    await tx.execute("DELETE FROM gap WHERE citizen_id = ANY($1)", ids)
    await session_log.forget(tx, ids)
