"""Suppression: which rows of a release must be hidden so that nothing tells of fewer than k persons."""

from collections.abc import Iterator, Mapping, Sequence

from services.outcomes.effect.protection import Protection
from services.outcomes.effect.relations import Relations
from services.outcomes.effect.release import Protected, Reason, RowId, Table

SMALLEST_K = 3
"""Statistics Denmark's smallest group."""


def protect(tables: Sequence[Table], *, k: int, previous: Sequence[Protected] = ()) -> Protected:
    """The rows to hide in a release of these tables.

    ``tables`` is everything that is published together, with the true counts: ``Table.shares(...)`` for indicators,
    ``Table.stages(...)`` for funnels. ``previous`` holds earlier releases, oldest first, that a reader may lay beside
    this one: what ``protect`` gave for them. Ask the answer with ``hides(table, key)`` (``hides(table, key, stage)``
    for a funnel) and publish ``masked(row, hidden=...)``. A table that is ``kept`` is not published: give the one by
    all three dimensions where tables by every two of them are.

    A row is hidden as *primary* when one of its counts, or the rest of its whole that it leaves, is 1 to k-1; as
    *secondary* when it would give a hidden count away. Zeros are shown. Same input, same answer. Raises ``ValueError``
    for a k under 3, counts that are negative, do not add up or are more than their whole, and tables named twice.
    """
    if k < SMALLEST_K:
        raise ValueError(f"a group that is shown has at least {SMALLEST_K} persons, not {k}")
    if len({table.name for table in tables}) < len(tables):
        raise ValueError("two tables of a release have the same name")
    primary: dict[RowId, Reason] = dict.fromkeys(_telling(tables, k), "primary")
    protection = _protection([*previous, Protected(tuple(tables), k, primary)])
    protection.protect()
    hidden = (row for release, row in protection.hidden() if release == len(previous))
    return Protected(tuple(tables), k, {row: primary.get(row, "secondary") for row in hidden})


def _protection(releases: Sequence[Protected]) -> Protection:
    relations = Relations()
    for release in releases:
        relations.add_release(release.tables)
    protection = Protection(relations, [release.k for release in releases])
    for number, (place, row) in enumerate(relations.rows):
        if row in releases[place].reasons:
            protection.hide(number)
    return protection


def _telling(tables: Sequence[Table], k: int) -> Iterator[RowId]:
    """The rows that tell of 1 to k-1 persons themselves."""
    for table in (table for table in tables if not table.kept):
        for row, counts in table.rows():
            telling = [*counts.values(), *_left(table, table.cells[row.key], counts)]
            if any(counts.values()) and any(0 < count < k for count in telling):
                yield row


def _left(table: Table, cell: Mapping[str, int], counts: Mapping[str, int]) -> Iterator[int]:
    """What the row leaves of each whole that it alone is a part of."""
    for whole, parts in table.nested:
        if len(parts) == 1 and parts[0] in counts and whole in cell:
            yield cell[whole] - counts[parts[0]]
