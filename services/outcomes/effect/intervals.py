"""Intervals of days, half open: ``(first, after)`` holds from ``first`` until the day before ``after``."""

Interval = tuple[int, int]


def union(intervals: list[Interval]) -> list[Interval]:
    """The days that are in any of them, as disjoint intervals in order; empty ones vanish."""
    joined: list[Interval] = []
    for first, after in sorted(intervals):
        if first >= after:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(after, joined[-1][1]))
        else:
            joined.append((first, after))
    return joined


def overlaps(intervals: list[Interval], within: Interval) -> list[Interval]:
    """The parts of them inside ``within``."""
    first, after = within
    cut = [(max(first, start), min(after, stop)) for start, stop in intervals]
    return [(start, stop) for start, stop in cut if start < stop]
