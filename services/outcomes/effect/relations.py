"""Relations: every count of one or more releases, and every sum that a reader can set up between them.

A count is a whole number of persons from 0. A relation says that some counts less some others are 0: a total is the sum
of its values, a whole is its parts and a rest, an earlier count and what came to it is the later one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.outcomes.effect.release import TOTAL, Key, Nested, RowId, Table

Place = frozenset[tuple[str, str | None]]
"""The dimension values that a count is at; margins leave a dimension out."""


class CountId(NamedTuple):
    """A count of a release (0 is the earliest)."""

    release: int
    name: str
    place: Place


class Relations:
    """Counts, relations and rows, each known by its number, in a fixed order.

    ``values[count]`` is the true count; ``relations[r]`` its (count, sign) pairs, and ``relations_of[count]`` its
    (relation, sign) pairs; ``counts_of[row]`` and ``rows_of[count]`` say which rows tell which counts. Counts without
    rows are never told by themselves: margins that nobody publishes, rests, and the ``impersonal`` ones that are no
    group of persons: growth from release to release, and how often persons count under a further value.
    """

    def __init__(self) -> None:
        self.ids: list[CountId] = []
        self.values: list[int] = []
        self.relations: list[list[tuple[int, int]]] = []
        self.relations_of: list[list[tuple[int, int]]] = []
        self.rows: list[tuple[int, RowId]] = []
        self.counts_of: list[list[int]] = []
        self.rows_of: list[list[int]] = []
        self.impersonal: set[int] = set()
        self._numbers: dict[CountId, int] = {}
        self._told_by: dict[tuple[int, str], tuple[str, str]] = {}

    def add_release(self, tables: Sequence[Table]) -> None:
        """Add a release, and its growth since the one before.

        Raises ``ValueError`` for counts that are negative, do not add up or are more than their whole.
        """
        release = self.ids[-1].release + 1 if self.ids else 0
        wholes = _replaceable(tables)
        self._told_by |= {(release, whole): (part, _rest(whole, (part,))) for whole, part in wholes.items()}
        overlapping = {each for table in tables for each in _overlapping(table, wholes)}
        for table in tables:
            for row, counts in table.rows():
                place = _place(table, row.key)
                told = _without_wholes(counts, wholes)
                numbers = [self._count(release, name, place, told[name]) for name in told]
                if not table.kept:
                    self._add_row(release, row, numbers)
        self._add_margins(release, overlapping)
        for table in tables:
            self._add_rests(release, table, wholes)
        if release:
            self._add_growth(release)

    def _count(self, release: int, name: str, place: Place, value: int) -> int:
        identity = CountId(release, name, place)
        number = self._numbers.get(identity)
        if number is None:
            if value < 0:
                raise ValueError(f"{_said(identity)} is {value}, but a part has no more persons than its whole")
            number = self._numbers[identity] = len(self.ids)
            self.ids.append(identity)
            self.values.append(value)
            self.relations_of.append([])
            self.rows_of.append([])
        elif self.values[number] != value:
            raise ValueError(f"{_said(identity)} is both {self.values[number]} and {value}: it does not add up")
        return number

    def _add_row(self, release: int, row: RowId, counts: list[int]) -> None:
        for count in counts:
            self.rows_of[count].append(len(self.rows))
        self.rows.append((release, row))
        self.counts_of.append(counts)

    def _relate(self, whole: int, parts: Sequence[int]) -> None:
        self._add_relation([(whole, -1), *((part, 1) for part in parts)])

    def _add_relation(self, relation: list[tuple[int, int]]) -> None:
        for count, sign in relation:
            self.relations_of[count].append((len(self.relations), sign))
        self.relations.append(relation)

    def _add_margins(self, release: int, overlapping: set[tuple[str, str]]) -> None:
        """Totals are sums of their values, from the finest places up; unpublished totals too, as they link tables."""
        places = [identity.place for identity in self.ids if identity.release == release]
        covered: list[tuple[str, Place, list[int]]] = []
        for size in range(max(map(len, places), default=0), 0, -1):
            for (name, place, dimension), parts in self._split(release, size).items():
                if (name, dimension) in overlapping:
                    covered.append((name, place, parts))
                else:
                    total = sum(self.values[part] for part in parts)
                    self._relate(self._count(release, name, place, total), parts)
        for name, place, parts in covered:
            whole = self._numbers.get(CountId(release, name, place))
            if whole is not None:
                self._cover(release, whole, parts)

    def _cover(self, release: int, whole: int, parts: Sequence[int]) -> None:
        """Each part is among the whole, and where the parts are as many as it, everybody is in one at least."""
        _, name, place = self.ids[whole]
        for part in parts:
            self._rest(release, f"{name} but {_said(self.ids[part])}", place, whole, [part])
        further = sum(self.values[part] for part in parts) - self.values[whole]
        if further >= 0:
            dimension = min(dict(self.ids[parts[0]].place).keys() - dict(place).keys())
            again = self._count(release, f"{name} again by {dimension}", place, further)
            self.impersonal.add(again)
            self._add_relation([(whole, 1), (again, 1), *((part, -1) for part in parts)])

    def _split(self, release: int, size: int) -> dict[tuple[str, Place, str], list[int]]:
        """The counts at places of a size, by name, the place they are values of, and in which dimension."""
        split: dict[tuple[str, Place, str], list[int]] = defaultdict(list)
        for number, identity in enumerate(self.ids):
            if identity.release == release and len(identity.place) == size:
                for value in sorted(identity.place, key=str):
                    split[identity.name, identity.place - {value}, value[0]].append(number)
        return split

    def _add_rests(self, release: int, table: Table, wholes: Mapping[str, str]) -> None:
        for key in table.cells:
            place = _place(table, key)
            for whole, names in table.nested:
                number = self._numbers.get(CountId(release, whole, place))
                if number is not None and whole not in wholes:
                    parts = [self._numbers.get(CountId(release, name, place)) for name in names]
                    self._rest(
                        release, _rest(whole, names), place, number, [part for part in parts if part is not None]
                    )

    def _rest(self, release: int, name: str, place: Place, whole: int, parts: Sequence[int]) -> None:
        if CountId(release, name, place) not in self._numbers:
            rest = self._count(release, name, place, self.values[whole] - sum(self.values[part] for part in parts))
            self._relate(whole, [*parts, rest])

    def _add_growth(self, release: int) -> None:
        """Whoever knows that persons only come to a count, and are not taken from it, knows how far it may go."""
        ids = [identity for identity in self.ids if identity.release == release]
        wholes = {rest: whole for (_, whole), (_, rest) in self._told_by.items()}
        names = [(identity.name, identity.place) for identity in ids]
        names += [(wholes[identity.name], identity.place) for identity in ids if identity.name in wholes]
        for name, place in names:
            now, before = self._telling(release, name, place), self._telling(release - 1, name, place)
            came = sum(self.values[count] for count in now) - sum(self.values[count] for count in before)
            if before and came >= 0:
                growth = self._count(release, f"growth of {name}", place, came)
                self.impersonal.add(growth)
                self._add_relation([*((count, -1) for count in now), *((count, 1) for count in [*before, growth])])

    def _telling(self, release: int, name: str, place: Place) -> list[int]:
        """The counts that a count is the sum of: itself, or what it is told by."""
        names = self._told_by.get((release, name), (name,))
        numbers = [self._numbers.get(CountId(release, each, place)) for each in names]
        return [number for number in numbers if number is not None]


def _rest(whole: str, parts: Sequence[str]) -> str:
    return f"{whole} without {', '.join(parts)}"


def _place(table: Table, key: Key) -> Place:
    values = zip(table.dimensions, key, strict=True)
    return frozenset((dimension, value) for dimension, value in values if value != TOTAL)


def _said(count: CountId) -> str:
    values = sorted(f"{dimension} {value}" for dimension, value in count.place)
    return " ".join([count.name, *(["at", ", ".join(values)] if values else [])])


def _overlapping(table: Table, wholes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for counts in table.cells.values():
        for name in _without_wholes(counts, wholes):
            for dimension in table.overlapping:
                yield name, dimension


def _replaceable(tables: Sequence[Table]) -> dict[str, str]:
    """Wholes that are nothing but one part and its rest everywhere, with that part.

    Such a whole is told by the two, and without it a table has half as many counts, which do not hang together.
    """
    uses: dict[str, set[str | None]] = defaultdict(set)
    for table in tables:
        for name in {name for counts in table.cells.values() for name in counts}:
            nested: Nested = tuple(each for each in table.nested if name in (each[0], *each[1]))
            single = len(nested) == 1 and nested[0][0] == name and len(nested[0][1]) == 1 and not table.apart
            part = nested[0][1][0] if single else None
            everywhere = all(part in counts for counts in table.cells.values() if name in counts)
            uses[name].add(part if everywhere else None)
    return {whole: part for whole, (part, *more) in uses.items() if part is not None and not more}


def _without_wholes(counts: Mapping[str, int], wholes: Mapping[str, str]) -> dict[str, int]:
    told = {name: count for name, count in counts.items() if name not in wholes}
    rests = {_rest(name, (wholes[name],)): counts[name] - counts[wholes[name]] for name in counts if name in wholes}
    return told | rests
