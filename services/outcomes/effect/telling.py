"""Telling: which rows of a release may be told anew beside all releases before, so that few persons are never told of.

A **row** (the whole, or one value of a dimension) is told anew when persons have come to it since it was told last: in
each of its groups nobody or k and more. Until then it stands as it was told last. And those who are left when all that
is told is subtracted must be nobody or k and more too:

- of the whole, now: those under values that are not told anew now;
- of those who came to the whole since any earlier release (since the beginning, too): those who have not been told in
  a row since, or only together with persons from before.

Values with the smallest change wait until this holds. Those of whom the value is unknown are never told as a row.

Why that is enough: what a reader knows is a flow. Whoever came to the whole between two releases flows into the time
between two tellings of one value. The most that may have flowed from one to the other is the smallest cut between them.
The unknown may always have somebody who was never told of, so the cuts are the sums above and no others. So of *every*
group of persons (a value, a time, an outcome) there were k or more, for all that she knows, or nobody. Tables of two
dimensions have only the whole in common, by time and outcome, and given that each may be anything.

A reader may also know that somebody has come to a value: a course was held. So a sum that is spread over several such
values is larger by one for each, and a row that stood is told by one more, and not with an empty group.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from services.outcomes.effect.groups import Counts, Value

Rows = Mapping[Value, Counts]


@dataclass(frozen=True, slots=True)
class Told:
    """What a release told anew: the whole (None where it stands) and, by dimension, some values."""

    whole: Counts | None = None
    tables: Mapping[str, Rows] = field(default_factory=dict)

    def rows(self, dimension: str) -> Rows:
        """The rows told of a dimension."""
        return self.tables.get(dimension, {})


def tell(past: Sequence[Told], whole: Counts, tables: Mapping[str, Rows], k: int) -> Told:
    """What may be told anew of the true counts after the ``past`` releases, the earliest first; k is at least 3.

    Nothing where the whole cannot be told. Same input, same answer, whatever the order of the rows.
    """
    last = _first([each.whole for each in reversed(past) if each.whole is not None])
    known = 0
    if past and past[-1].whole is None:
        known = max((sum(any(counts.values()) for counts in rows.values()) for rows in tables.values()), default=1)
    if not _may_be_told(whole, last, k, _present(whole), known=known):
        return Told()
    told = {}
    for dimension, rows in tables.items():
        found = _Table(past, dimension, whole, rows, k).told()
        if found is None:
            return Told()
        told[dimension] = found
    return Told(whole, told)


def tell_apart(past: Sequence[Told], tables: Mapping[str, Rows], k: int) -> Told:
    """The same where no whole is published, and persons may be under several values: each row is by itself."""
    told = {}
    for dimension, rows in tables.items():
        before = [each.rows(dimension) for each in past]
        told[dimension] = {
            value: counts
            for value, counts in rows.items()
            if _may_be_told(counts, _last(before, value), k, set(counts), known=_stood(before, value))
        }
    return Told(None, told)


class _Table:
    """The rows of one dimension under a whole that may be told, after releases that told theirs."""

    def __init__(self, past: Sequence[Told], dimension: str, whole: Counts, rows: Rows, k: int) -> None:
        before = [each.rows(dimension) for each in past]
        told = [each for each in past if each.whole is not None]
        self._wholes = [{}, *(each.whole or {} for each in told)]
        self._tables = [each.rows(dimension) for each in told]
        self._whole, self._k = whole, k
        values = sorted({*rows, *(value for table in before for value in table)}, key=str)
        self._rows = {value: rows.get(value, {}) for value in values}
        self._stood = {value: _stood(before, value) for value in values}
        self._last = {value: _last(before, value) for value in values}
        self._change = {value: _less(counts, self._last[value] or {}) for value, counts in self._rows.items()}

    def told(self) -> dict[Value, Counts] | None:
        """The rows that may be told; None where not even the whole may be told beside them."""
        told: dict[Value, Counts] = {
            value: counts
            for value, counts in self._rows.items()
            if value is not None
            and _may_be_told(counts, self._last[value], self._k, _present(self._whole), known=self._stood[value])
        }
        waiting = sorted(told, key=lambda value: sum(map(abs, self._change[value].values())), reverse=True)
        while not self._rest_is_safe(told):
            if not waiting:
                return None
            del told[waiting.pop()]
        return told

    def _rest_is_safe(self, told: Rows) -> bool:
        """Whether those who are left now, and of those who came since any release, are nobody or enough."""
        left = [(_less(self._whole, *told.values()), self._untold(told, 0))]
        for release, whole in enumerate(self._wholes):
            came = _less(self._whole, whole, *self._told_since(release, told))
            left.append((came, self._untold(told, release)))
        return all(_enough(counts, self._k, known=values) for counts, values in left)

    def _told_since(self, release: int, told: Rows) -> list[Counts]:
        """What was told of those who came after so many releases: from a value's first telling then to its last.

        Nothing of a value had been told before the first release: that is a telling, too.
        """
        since: list[Counts] = []
        for value in self._rows:
            first = self._first_told(release, value)
            last = told.get(value, self._last[value])
            if first is not None and last is not None:
                since.append(_less(last, first))
        return since

    def _untold(self, told: Rows, release: int) -> int:
        """How many values stand though they changed, and were told after that release for the last time."""
        return sum(
            value not in told and any(change.values()) and self._first_told(release, value) is not None
            for value, change in self._change.items()
        )

    def _first_told(self, release: int, value: Value) -> Counts | None:
        return _first([table[value] for table in self._tables[release - 1 :] if value in table]) if release else {}


def _may_be_told(counts: Counts, last: Counts | None, k: int, present: Set[str], *, known: int) -> bool:
    """Whether some, and enough, have come (or gone) since, and nobody or enough are there."""
    change = _less(counts, last or {})
    if known and not all(change.get(group) for group in present):
        return False  # then it were known with which outcome she came
    return any(change.values()) and _enough(change, k, known=known) and _enough(counts, k)


def _enough(counts: Counts, k: int, *, known: int = 0) -> bool:
    """Whether each group, and any of them together, is nobody or k and more persons (more or fewer than before).

    Of ``known`` of them a reader may know where or when they came: the others are k and more still.
    """
    numbers = [count for count in counts.values() if count]
    if min(numbers, default=0) < 0 < max(numbers, default=0):
        sums = {0}
        for count in numbers:
            sums |= {each + count for each in sums}
        return not any(0 < abs(each) < k for each in sums)
    return not numbers or (min(map(abs, numbers)) >= k and abs(sum(numbers)) >= k + known)


def _stood(tables: Sequence[Rows], value: Value) -> bool:
    """Whether a release before this one left the value as it was: then it may be known that somebody had come."""
    return bool(tables) and value not in tables[-1]


def _present(counts: Counts) -> set[str]:
    """The groups that have anybody."""
    return {group for group, count in counts.items() if count}


def _less(counts: Counts, *others: Counts) -> dict[str, int]:
    left = dict(counts)
    for other in others:
        for group, count in other.items():
            left[group] = left.get(group, 0) - count
    return left


def _first(told: Sequence[Counts]) -> Counts | None:
    return told[0] if told else None


def _last(tables: Sequence[Rows], value: Value) -> Counts | None:
    return _first([table[value] for table in reversed(tables) if value in table])
