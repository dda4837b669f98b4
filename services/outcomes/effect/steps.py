"""Steps: from which day on what counts how much more. The figure as of a day is the sum of all steps until it.

No rule below asks which day it is. An indicator says of a cell on which days it changes which counts (``steps``), and
how a row is made from the counts of a key (``answer``); so what is counted once answers for every day.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from services.outcomes.effect.cut import Key
from services.outcomes.effect.days import NEVER

What = Any
"""What is counted under a key, as its indicator names it: a text, or a tuple of what tells it from others."""
Step = tuple[int, What, int]
"""From this day on there are so many more of this (fewer, below 0)."""
Told = tuple[Iterable[Key], Sequence[Step]]
"""The steps that something takes under each of these keys."""
Counts = dict[What, int]
"""How many there are of what, under one key as of one day; what there is none of is left out."""
Counted = dict[Key, Counts]
"""The counts of every key that has any."""


def counted(told: Iterable[tuple[Iterable[Told], int]], day: int) -> Counted:
    """The counts as of a day of what is told, each given with how often it counts."""
    sums: Counted = {}
    for tellings, often in told:
        for keys, steps in tellings:
            for key in keys:
                counts = sums.get(key)
                if counts is None:
                    counts = sums[key] = {}
                for on, what, more in steps:
                    if on <= day:
                        counts[what] = counts.get(what, 0) + more * often
    return {key: there for key, counts in sums.items() if (there := {what: n for what, n in counts.items() if n})}


def while_it_holds(what: What, first: int, after: int | None) -> list[Step]:
    """It counts from the day ``first`` until the day before ``after``; for good when that is None."""
    return [(first, what, 1)] if after is None else [(first, what, 1), (after, what, -1)]


def foremost(ranked: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, int | None]]:
    """Of ranked names with the days on which they begin: from when until when each is the best of those begun.

    As (name, first, after) for ``while_it_holds``. One that begins when a better one has is never foremost.
    """
    better = NEVER
    for name, day in ranked:
        if day < better:
            yield name, day, None if better == NEVER else better
            better = day
