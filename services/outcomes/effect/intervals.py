"""Intervals of days, half open: ``(first, after)`` holds from ``first`` until the day before ``after``."""

from collections.abc import Iterable

from services.outcomes.effect.days import NEVER

Interval = tuple[int, int]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The days that are in any of them, as disjoint intervals in order; empty ones vanish."""
    joined: list[Interval] = []
    start, stop = 0, 0
    for first, after in sorted(intervals):
        if first > stop:
            if start < stop:
                joined.append((start, stop))
            start, stop = first, after
        elif after > stop:
            stop = after
    if start < stop:
        joined.append((start, stop))
    return joined


def overlaps(intervals: Iterable[Interval], first: int, after: int) -> list[Interval]:
    """The parts of them inside ``(first, after)``."""
    return [
        (start if start > first else first, stop if stop < after else after)
        for start, stop in intervals
        if start < after and stop > first and start < stop
    ]


def open_ended(after: int) -> int | None:
    """The end as a cell keeps it: None where there is none."""
    return None if after == NEVER else after


def holds(on: int, first: int, after: int | None) -> bool:
    """Whether a day is in an interval as a cell keeps it."""
    return first <= on and (after is None or on < after)
