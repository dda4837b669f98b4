"""Faulty items: which are neutralised, since when and why, and what that changes in a test.

An item is neutralised for every bank that has it, and for good: a question that was put right is a new item with a new
id. Tests that are not over learn of it when somebody next looks at them; the results of finished ones are work that is
written down with it (``rescoring``).

``STEPS`` is an advisory lock. A step of a test holds it shared from its beginning, whoever neutralises holds it alone.
So every step that had not heard of it is committed when the finished tests are counted, and every later one hears.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.assessment.items.loading import item_bank
from shared.persistence import Transaction
from shared.problems import NotFound

STEPS = 4_000_001


class Faulty(NamedTuple):
    """An item that is neutralised."""

    item: str
    reason: str
    at: datetime
    by: str


class Progress(NamedTuple):
    """What became of the finished tests in which the item was asked."""

    touched: int
    """Finished tests in which it was asked."""
    left: int
    """Those that are not computed anew yet."""
    rescored: int
    """Those whose result came out otherwise, which was published."""
    moved: int
    """Those of them in which the level of an area is another one now."""


async def faulty(tx: Transaction) -> list[Faulty]:
    """All of them, in the order in which they were found."""
    rows = await tx.fetch("SELECT item, reason, at, by FROM neutralised_item ORDER BY at, item")
    return [Faulty(**row) for row in rows]


async def neutralise(tx: Transaction, item: str, reason: str, by: str) -> Faulty:
    """The item tells nothing from now on. The first time settles it; again changes nothing. Raises NotFound.

    Every finished test that asked it is written down to be computed anew.
    """
    await _must_be_known(tx, item)
    await tx.execute("SELECT pg_advisory_xact_lock($1)", STEPS)
    new = await tx.fetchval(
        "INSERT INTO neutralised_item (item, reason, at, by) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (item) DO NOTHING RETURNING true",
        item,
        reason,
        tx.now,
        by,
    )
    if new:
        await tx.execute(
            """
            INSERT INTO rescoring (item, test_id)
            SELECT DISTINCT $1, e.test_id FROM test_entry AS e JOIN test_session AS s USING (test_id)
            WHERE e.asks = $1 AND s.status = 'finished'
            """,
            item,
        )
    row = await tx.fetchrow("SELECT item, reason, at, by FROM neutralised_item WHERE item = $1", item)
    assert row is not None, "it was stored here or before"
    return Faulty(**row)


async def progress(tx: Transaction, items: Sequence[str]) -> dict[str, Progress]:
    """How far the work is, by item."""
    rows = await tx.fetch(
        """
        SELECT item, count(test_id) AS touched, count(test_id) FILTER (WHERE done_at IS NULL) AS left,
            count(*) FILTER (WHERE rescored) AS rescored, count(*) FILTER (WHERE moved > 0) AS moved
        FROM unnest($1::text[]) AS item LEFT JOIN rescoring USING (item) GROUP BY item
        """,
        list(items),
    )
    return {row["item"]: Progress(row["touched"], row["left"], row["rescored"], row["moved"]) for row in rows}


async def forget(tx: Transaction, tests: Sequence[UUID]) -> None:
    """Tests of an erased citizen are no work any more."""
    await tx.execute("DELETE FROM rescoring WHERE test_id = ANY($1)", list(tests))


async def _must_be_known(tx: Transaction, item: str) -> None:
    if item in item_bank().by_id:
        return
    frozen = await tx.fetchval(
        "SELECT true FROM frozen_bank AS f, jsonb_array_elements(f.content::jsonb -> 'items') AS one"
        " WHERE one ->> 'id' = $1 LIMIT 1",
        item,
    )
    if not frozen:
        raise NotFound(
            "item-unknown",
            f"No item bank has an item {item}",
            "`loeft bank preview` shows the items of today; those of earlier banks count too once a test froze them.",
        )
