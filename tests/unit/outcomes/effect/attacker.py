"""An attacker: what someone can work out who has everything that was published, and integer programming.

Written from what the published numbers mean, apart from the code that protects them. Everybody is in one *cell*: one
value of each dimension, the quarter in which she came to the figure, one outcome. The attacker knows that every
published number is a sum of cells, that no cell is negative, which cells anybody has left, and which values have
somebody of whom nothing was told yet. A group of persons is found when she knows that it has somebody, but not so many
as k: no whole numbers that agree with everything published make it so large.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, lil_array

Cell = tuple[str, ...]
"""A value of each dimension, then the quarter (as text) and the outcome."""
Place = tuple[int, str] | None
"""A dimension, by its place in a cell, and a value of it; None is everybody."""
Numbers = Mapping[Place, Mapping[str, int]]
"""What a release says anew: of places, how many persons there are by then with each outcome."""

COME, GONE = "come", "gone"


@dataclass(slots=True)
class Town:
    """The truth: who came and who left, by cell; and the values of every dimension."""

    values: Sequence[Sequence[str]]
    quarters: int
    outcomes: Sequence[str]
    come: dict[Cell, int] = field(default_factory=dict)
    gone: dict[Cell, int] = field(default_factory=dict)
    """By the quarter in which they left."""

    def cells(self) -> Iterator[Cell]:
        """Every cell that there might be."""
        return product(*self.values, [str(quarter) for quarter in range(self.quarters)], self.outcomes)

    def there(self, quarter: int, place: Place = None) -> dict[str, int]:
        """How many are at a place when a quarter is over, by outcome."""
        counts = dict.fromkeys(self.outcomes, 0)
        for sign, cells in ((1, self.come), (-1, self.gone)):
            for cell, count in cells.items():
                if int(cell[-2]) <= quarter and _at(cell, place):
                    counts[cell[-1]] += sign * count
        return counts


class Attacker:
    """What she knows of a town by some releases; ``releases[q]`` is that of quarter q."""

    def __init__(self, town: Town, releases: Sequence[Numbers], k: int) -> None:
        self._town, self._k = town, k
        self._names = [(COME, cell) for cell in town.cells()] + [(GONE, cell) for cell in town.gone]
        self._position = {name: position for position, name in enumerate(self._names)}
        self._rows: list[dict[int, int]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        for quarter, release in enumerate(releases):
            for place, counts in release.items():
                for outcome, count in counts.items():
                    self._know(self._by(quarter, place, outcome), count, count)
        for cell in town.gone:  # nobody leaves who had not come
            self._know(self._by(int(cell[-2]), cell=cell), 0, numpy.inf)
        for place in [(of, value) for of, values in enumerate(town.values) for value in values]:
            self._know_some(place, releases)
        truth = [float((town.come if what == COME else town.gone).get(cell, 0)) for what, cell in self._names]
        self._possible = [numpy.array(truth)]
        """Numbers that agree with everything published."""
        self._published = LinearConstraint(self._matrix(), self._low, self._high)

    def found(self) -> list[str]:
        """Every group of 1 and more persons that cannot have k: by its place, its quarters and its outcomes."""
        return [name for name, group in self._groups() if self._works_out(group)]

    def _know(self, terms: dict[int, int], low: float, high: float) -> None:
        self._rows.append(terms)
        self._low.append(low)
        self._high.append(high)

    def _by(
        self, quarter: int, place: Place = None, outcome: str | None = None, cell: Cell | None = None
    ) -> dict[int, int]:
        """Who came less who left until a quarter was over."""
        terms = {}
        for position, (what, each) in enumerate(self._names):
            same = _at(each, place) if cell is None else (*each[:-2], each[-1]) == (*cell[:-2], cell[-1])
            if same and int(each[-2]) <= quarter and outcome in (None, each[-1]):
                terms[position] = 1 if what == COME else -1
        return terms

    def _know_some(self, place: Place, releases: Sequence[Numbers]) -> None:
        """She knows of every value whether anybody came since it was told last."""
        last = -1
        for quarter, release in enumerate(releases):
            if place in release:
                last = quarter
                continue
            since = [
                position
                for position, (what, cell) in enumerate(self._names)
                if what == COME and last < int(cell[-2]) <= quarter and _at(cell, place)
            ]
            if any(self._town.come.get(self._names[position][1], 0) for position in since):
                self._know(dict.fromkeys(since, 1), 1, numpy.inf)

    def _groups(self) -> Iterator[tuple[str, list[int]]]:
        """Everybody, each value, and each pair of values of two dimensions; from a quarter to one; of some outcomes."""
        single = [[(of, value)] for of, values in enumerate(self._town.values) for value in values]
        pairs = [[*one, *other] for one, other in combinations(single, 2) if one[0][0] != other[0][0]]
        spans = [(one, other) for one in range(self._town.quarters) for other in range(one, self._town.quarters)]
        some = [
            set(chosen)
            for size in range(1, len(self._town.outcomes) + 1)
            for chosen in combinations(self._town.outcomes, size)
        ]
        for what, places, (first, last), outcomes in product((COME, GONE), [[], *single, *pairs], spans, some):
            group = [
                position
                for position, (of, cell) in enumerate(self._names)
                if of == what
                and first <= int(cell[-2]) <= last
                and cell[-1] in outcomes
                and all(_at(cell, place) for place in places)
            ]
            if self._possible[0][group].sum() > 0:
                yield f"{what} {places} in {first}-{last}: {', '.join(sorted(outcomes))}", group

    def _works_out(self, group: list[int]) -> bool:
        if any(numbers[group].sum() >= self._k for numbers in self._possible):
            return False
        wanted = numpy.zeros(len(self._names))
        wanted[group] = 1
        tried = milp(
            -wanted,
            constraints=[
                self._published,
                LinearConstraint(wanted, -numpy.inf, self._k),
            ],
            integrality=numpy.ones(len(self._names)),
            bounds=Bounds(0, numpy.inf),
        )
        assert tried.status == 0, tried.message
        numbers = tried.x.round()
        if numbers[group].sum() < self._k:
            return True
        self._possible.append(numbers)
        return False

    def _matrix(self) -> csr_array:
        matrix = lil_array((len(self._rows), len(self._names)))
        for row, terms in enumerate(self._rows):
            for at, factor in terms.items():
                matrix[row, at] = factor
        return matrix.tocsr()


def _at(cell: Cell, place: Place) -> bool:
    return place is None or cell[place[0]] == place[1]
