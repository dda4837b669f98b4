"""Durations: for how many days people were followed and how they left, counted; what a job-entry curve is read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple


class Stay(NamedTuple):
    """From ``start`` until somebody left on ``end`` in the way ``kind`` (job, education, moved, …).

    Days are ordinals. ``end`` None: has not left. ``kind`` None with an ``end``: could not be followed after that day.
    """

    start: int
    end: int | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Durations:
    """A histogram by day since the start, for days 0 to the last one on which somebody was still followed.

    All columns have one number of people for each of those days (none, when there is nobody).
    """

    people: int
    """All who had started, N."""
    at_risk: tuple[int, ...]
    """Followed on day t and not gone before it, n(t)."""
    staying: tuple[int, ...]
    """At risk on day t and not gone on it: n(t) - d(t)."""
    exits: Mapping[str, tuple[int, ...]]
    """Gone on day t, by kind: d_k(t)."""

    def gone(self, kind: str) -> tuple[int, ...]:
        """The exits of a kind by day; zeros when nobody left that way."""
        return self.exits.get(kind) or (0,) * len(self.at_risk)


def durations(stays: Iterable[tuple[Stay, int]], *, as_of: int, days: int = 730) -> Durations:
    """The histogram of stays, each given with how many people had it, as it stood at the end of the day ``as_of``.

    Who started later is not in it. Who had not left by ``as_of`` was followed until that day and no further (censored
    on it), whatever happened afterwards; so a histogram as of an earlier day takes nothing from later ones. Who
    leaves on the day on which others are last followed leaves among them. Exits after day ``days`` are beyond the
    curve.

    Takes time proportional to the number of different stays. Raises ``ValueError`` for a stay that ends before it
    starts, a count below 0 or ``days`` below 0.
    """
    return by_length(_lengths(stays, as_of), days=days)


def by_length(followed: Iterable[tuple[int, str | None, int]], *, days: int = 730) -> Durations:
    """The histogram of how many people were followed for so many days until they left in a way (None: no further).

    Given as (days, way, people); raises ``ValueError`` likewise.
    """
    if days < 0:
        raise ValueError(f"a curve has days from 0, not until {days}")
    exits: dict[str, list[int]] = {}
    leaving = [0] * (days + 1)
    people = 0
    for length, kind, count in followed:
        if count < 0 or length < 0:
            raise ValueError(f"{count} people cannot have stayed for {length} days")
        people += count
        if length > days:
            continue
        leaving[length] += count
        if kind is not None:
            exits.setdefault(kind, [0] * (days + 1))[length] += count
    return _histogram(people, leaving, exits)


def _lengths(stays: Iterable[tuple[Stay, int]], as_of: int) -> Iterator[tuple[int, str | None, int]]:
    for (start, end, kind), count in stays:
        if end is not None and end < start:
            raise ValueError(f"{count} people cannot have stayed from {start} until {end}")
        if start <= as_of:
            seen = end is not None and end <= as_of
            yield (end if end is not None and seen else as_of) - start, kind if seen else None, count


def _histogram(people: int, leaving: list[int], exits: Mapping[str, list[int]]) -> Durations:
    at_risk = list(accumulate(leaving[:-1], int.__sub__, initial=people))
    followed = next((day for day, count in enumerate(at_risk) if count == 0), len(at_risk))
    columns = {kind: tuple(column[:followed]) for kind, column in sorted(exits.items())}
    gone = map(sum, zip(*columns.values(), strict=True)) if columns else [0] * followed
    staying = tuple(count - left for count, left in zip(at_risk, gone, strict=False))
    return Durations(people, tuple(at_risk[:followed]), staying, columns)
