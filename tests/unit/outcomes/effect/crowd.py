"""A crowd: single persons, from whom the tables of a release are counted, so that they hang together as real ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from services.outcomes.effect.release import TOTAL, Key, Table


@dataclass(frozen=True)
class Person:
    """Where she counts, and how far she came."""

    area: str
    course: str
    group: str
    methods: tuple[str, ...]
    stage: int
    """0 invited, 1 started, 2 completed, 3 dropped out, 4 completed and in a job."""
    job: bool

    def values(self, dimension: str) -> tuple[str, ...]:
        """Her values of a dimension: several of ``method``, one of the others."""
        return self.methods if dimension == "method" else (str(getattr(self, dimension)),)


NESTED = (("invited", ("started",)), ("started", ("completed", "dropped_out")), ("completed", ("placed",)))
AT: dict[str, tuple[int, ...]] = {
    "invited": (0, 1, 2, 3, 4),
    "started": (1, 2, 3, 4),
    "completed": (2, 4),
    "dropped_out": (3,),
    "placed": (4,),
}

PERSONS = st.builds(
    Person,
    area=st.sampled_from(["north", "south"]),
    course=st.sampled_from(["A", "A", "A", "B", "C"]),
    group=st.sampled_from(["x", "x", "y", "z"]),
    methods=st.sampled_from([("hands",), ("hands", "talk"), ("talk",), ("read",)]),
    stage=st.sampled_from([0, 1, 2, 2, 3, 4, 4]),
    job=st.booleans(),
)
CLUSTERS = st.lists(st.tuples(PERSONS, st.integers(1, 12)), max_size=14)


def crowd(clusters: Sequence[tuple[Person, int]]) -> list[Person]:
    """So many persons of each kind."""
    return [person for person, count in clusters for _ in range(count)]


def shares(people: Sequence[Person], *by: str, margins: bool = False, kept: bool = False) -> Table:
    """Jobs among people, by dimensions; with ``margins`` the totals stand in the same table."""
    counts = _counted(people, by, margins, {"job": lambda person: person.job, "people": lambda _: True})
    cells = {key: (cell["job"], cell["people"]) for key, cell in counts.items()}
    overlapping = ["method"] if "method" in by else []
    return Table.shares(f"by {by}", by, cells, counted="job", among="people", overlapping=overlapping, kept=kept)


def completed(people: Sequence[Person], *by: str) -> Table:
    """Completed among the same people: shares its denominator with the jobs."""
    counts = _counted(people, by, False, {"done": lambda person: person.stage in {2, 4}, "people": lambda _: True})
    cells = {key: (cell["done"], cell["people"]) for key, cell in counts.items()}
    return Table.shares(f"completed by {by}", by, cells, counted="done", among="people")


def funnel(people: Sequence[Person], *by: str, margins: bool = False) -> Table:
    """The stages, by dimensions."""
    reached = {stage: _at(stages) for stage, stages in AT.items()}
    return Table.stages(f"funnel by {by}", by, _counted(people, by, margins, reached), nested=NESTED)


def _at(stages: tuple[int, ...]) -> Callable[[Person], bool]:
    return lambda person: person.stage in stages


def _counted(
    people: Iterable[Person], by: Sequence[str], margins: bool, counts: dict[str, Callable[[Person], bool]]
) -> dict[Key, dict[str, int]]:
    cells: dict[Key, dict[str, int]] = {} if by else {(): dict.fromkeys(counts, 0)}
    for person in people:
        values = [(*person.values(dimension), *([TOTAL] if margins else [])) for dimension in by]
        for key in product(*values):
            cell = cells.setdefault(key, dict.fromkeys(counts, 0))
            for name, holds in counts.items():
                cell[name] += holds(person)
    return cells
