"""Release: tables of counts of persons that are published together, and what of them is hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

TOTAL = "*"
"""In a key: all values of this dimension together, that is a margin."""

Key = tuple[str | None, ...]
"""One value for each dimension of a table; None is unknown, a value like any other."""

Nested = tuple[tuple[str, tuple[str, ...]], ...]
"""(whole, parts): the persons of the parts are among those of the whole, and of no two parts at once."""

Reason = Literal["primary", "secondary"]
"""primary: it tells of fewer than k persons itself. secondary: it would give another one away."""

FIGURES = ("so_far", "numerator", "denominator", "share", "low", "high")
EXTRAS = ("of_previous", "split", "split_so_far", "flexjob")


class RowId(NamedTuple):
    """A row of a table: what is shown or hidden as one. ``stage`` is None but in a table of stages."""

    table: str
    key: Key
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of persons by the values of dimensions. Make it with ``shares`` or ``stages``.

    ``cells`` holds the counts of each key by their names. Names are known in the whole release: the same name at the
    same dimension values is the same count, so tables with a common margin are linked by themselves. A key that is
    absent counts nobody. Margins may stand in the table (``TOTAL`` in the key), in other tables, or nowhere.
    """

    name: str
    dimensions: tuple[str, ...]
    cells: Mapping[Key, Mapping[str, int]]
    nested: Nested = ()
    overlapping: frozenset[str] = frozenset()
    """Dimensions in which a person counts under one value or several, so that the rows do not add up to the total."""
    apart: bool = False
    """Every count of a cell is a row of its own."""
    kept: bool = False
    """Not published at all: the finer table that published ones are cut from. With it they are protected from a reader
    who reasons that every person is in one cell of all dimensions at once."""

    @classmethod
    def shares(
        cls,
        name: str,
        dimensions: Sequence[str],
        cells: Mapping[Key, tuple[int, int]],
        *,
        counted: str,
        among: str,
        overlapping: Iterable[str] = (),
        kept: bool = False,
    ) -> "Table":
        """Rows of (numerator, denominator). ``counted`` and ``among`` name the two counts in the release.

        Tables of the same indicator and window have both names in common. Indicators that share their denominator
        have ``among`` in common, and are then protected against each other.
        """
        counts = {key: {counted: numerator, among: denominator} for key, (numerator, denominator) in cells.items()}
        return cls(name, tuple(dimensions), counts, ((among, (counted,)),), frozenset(overlapping), kept=kept)

    @classmethod
    def stages(
        cls,
        name: str,
        dimensions: Sequence[str],
        cells: Mapping[Key, Mapping[str, int]],
        *,
        nested: Nested,
        overlapping: Iterable[str] = (),
    ) -> "Table":
        """A funnel: the counts of each key by stage, every stage a row of its own.

        ``nested`` says which stages are among which: ``(("invited", ("started",)), ("started", ("completed",
        "dropped_out")))``.
        """
        return cls(name, tuple(dimensions), cells, nested, frozenset(overlapping), apart=True)

    def rows(self) -> Iterator[tuple[RowId, Mapping[str, int]]]:
        """Every row with its counts, in an order that does not depend on that of the cells."""
        for key in sorted(self.cells, key=str):
            counts = self.cells[key]
            if self.apart:
                for name, count in sorted(counts.items()):
                    yield RowId(self.name, key, name), {name: count}
            else:
                yield RowId(self.name, key), counts


@dataclass(frozen=True, slots=True)
class Protected:
    """A release with what must not be shown of it. Keep it: the next release is protected against it."""

    tables: tuple[Table, ...]
    k: int
    reasons: Mapping[RowId, Reason] = field(default_factory=dict)
    """The hidden rows. Reasons are for whoever makes the release: published, "primary" would say "1 to k-1"."""

    def reason(self, table: str, key: Key, stage: str | None = None) -> Reason | None:
        """Why the row is hidden; None where it may be shown."""
        return self.reasons.get(RowId(table, key, stage))

    def hides(self, table: str, key: Key, stage: str | None = None) -> bool:
        """Whether the row must not be shown."""
        return RowId(table, key, stage) in self.reasons


def masked(row: Mapping[str, Any], *, hidden: bool, previous_hidden: bool = False) -> dict[str, Any]:
    """A figure row (``Figure.row()``) as it may be published, with the member ``suppressed``.

    A hidden row keeps its dimensions, stage, target and definition, and has None for every figure. ``previous_hidden``
    says that the stage before is hidden, and takes away the share of it.
    """
    shown = {**row, "suppressed": hidden}
    if hidden:
        shown |= dict.fromkeys(FIGURES) | {name: None for name in EXTRAS if name in row}
    elif previous_hidden and "of_previous" in row:
        shown["of_previous"] = None
    return shown
