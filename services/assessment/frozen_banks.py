"""The versions of the item bank that tests froze, side by side: a test is finished and recomputed with its own."""

from functools import lru_cache

from services.assessment.ability.exposure import over_exposed
from services.assessment.frozen_test import FrozenTest
from services.assessment.items.bank import Bank
from services.assessment.items.freezing import thaw
from services.assessment.items.loading import item_bank
from services.assessment.rules.entry import Begun
from shared.contracts.vocabulary import ItemPool
from shared.persistence import Transaction

RECENT = 200
"""Tests over which the exposure of an item is counted: the newest of its bank and pool."""


async def freeze(tx: Transaction, bank: Bank) -> None:
    """Keep this version of the bank for as long as the database lives."""
    await tx.execute(
        "INSERT INTO frozen_bank (digest, version, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        bank.digest,
        bank.version,
        bank.content,
    )


async def frozen_test(tx: Transaction, begun: Begun, *, shipped: bool = True) -> FrozenTest:
    """The test with the bank that it froze. Raises NotAsFrozen when that was changed since.

    It is read from the database unless it is the one that this release ships; with ``shipped=False`` always.
    """
    if shipped and begun.digest == item_bank().digest:
        return FrozenTest.of(begun, item_bank())
    content = await tx.fetchval("SELECT content FROM frozen_bank WHERE digest = $1", begun.digest)
    assert content is not None, "a test freezes its bank in the transaction in which it begins"
    return FrozenTest.of(begun, _thawed(content, begun.digest))


async def over_ceiling(tx: Transaction, bank: Bank, pool: ItemPool) -> tuple[str, ...]:
    """The items of the pool that have been shown too often lately, in the order of the bank."""
    rows = await tx.fetch(
        """
        SELECT e.asks, count(DISTINCT e.test_id) AS shown FROM test_entry AS e
        WHERE e.asks IS NOT NULL AND e.test_id IN (
            SELECT test_id FROM test_session WHERE digest = $1 AND pool = $2 ORDER BY begun_at DESC LIMIT $3)
        GROUP BY e.asks
        """,
        bank.digest,
        pool,
        RECENT,
    )
    tests = await tx.fetchval(
        "SELECT count(*) FROM (SELECT FROM test_session WHERE digest = $1 AND pool = $2 LIMIT $3) AS recent",
        bank.digest,
        pool,
        RECENT,
    )
    shown = {row["asks"]: row["shown"] for row in rows}
    items = [item.id for item in bank.pool(pool)]
    return tuple(items[place] for place in sorted(over_exposed([shown.get(item, 0) for item in items], tests)))


@lru_cache(maxsize=8)
def _thawed(content: str, digest: str) -> Bank:
    return thaw(content, digest)
