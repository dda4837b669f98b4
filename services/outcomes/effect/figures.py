"""Figures: cells and references in, the figures of one indicator as of a day out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from services.outcomes.effect import placed, stages, standing
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.cells import (
    AgreementCell,
    Cell,
    FunnelCell,
    ParticipationCell,
    ReachCell,
    ServiceGoalCell,
    UpskilledCell,
)
from services.outcomes.effect.cut import Key, Keys, cutter, in_order
from services.outcomes.effect.estimates import Estimate, wilson
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.references import References

Record = TypeVar("Record")
Counted = TypeVar("Counted")


def figures(
    cells: Iterable[tuple[Cell, int]],
    references: References,
    *,
    indicator: str,
    as_of: date,
    by: Sequence[str] = (),
    window: int = 182,
    targets: Mapping[str, float] | None = None,
) -> list[Figure]:
    """The figures of an indicator at the end of the day ``as_of``, one for each value of the cut, in a fixed order.

    ``cells`` may hold all kinds; those of other indicators are passed over. Without a cut there is always a figure (of
    the funnel: one for each stage), also when nobody is counted. ``window`` is W in days, for indicators that have one.
    ``targets`` gives the X of this indicator for each municipality, in the period the caller means; it is used where
    the cut leaves municipalities whole. Raises ``ValueError`` for an unknown indicator, cut or window.
    """
    if indicator not in CATALOGUE:
        raise ValueError(f"no indicator is called {indicator!r}; there are {', '.join(CATALOGUE)}")
    if window < 0:
        raise ValueError(f"a window is a number of days from 0, not {window}")
    row = CATALOGUE[indicator]
    question = _Question(row, cells, references, as_of, window, tuple(by), cutter(row, by), targets or {})
    return list(_ANSWERS[indicator](question))


@dataclass(frozen=True, slots=True)
class _Question:
    indicator: Indicator
    all_cells: Iterable[tuple[Cell, int]]
    references: References
    as_of: date
    window: int
    by: tuple[str, ...]
    keys: Keys
    targets: Mapping[str, float]

    @property
    def day(self) -> int:
        return self.as_of.toordinal()

    def cells(self, kind: str, record: Callable[..., Record]) -> Iterator[tuple[Record, int]]:
        return ((record(*cell), count) for cell, count in self.all_cells if cell[0] == kind)

    def rows(self, counted: Mapping[Key, Counted], none: Counted) -> Iterator[tuple[Key, Counted]]:
        """The counts in order; also of a whole that counts nobody, and of municipalities that have a target."""
        keys = set(counted)
        if not self.by:
            keys.add(())
        elif self.by == ("municipality",):
            keys.update((municipality,) for municipality in self.targets)
        return ((key, counted.get(key, none)) for key in in_order(keys))

    def target(self, key: Key) -> float | None:
        if not self.targets:
            return None
        if not self.by:
            return sum(self.targets.values())
        return self.targets.get(key[0] or "") if self.by == ("municipality",) else None

    def figure(self, key: Key, so_far: int, of_all: Share, **more: Any) -> Figure:
        return Figure(
            self.indicator,
            dict(zip(self.by, key, strict=True)),
            self.window if self.indicator.windows else None,
            self.as_of,
            so_far,
            of_all,
            self.target(key),
            **more,
        )


def _whole(numerator: int, denominator: int | None) -> Share:
    """People among all of them: with an interval."""
    return Share(numerator, denominator, wilson(numerator, denominator or 0))


def _against(target: float | None, count: int) -> Share:
    """A count against its target X: how much of it is reached, with no interval, since X is no group of people."""
    return Share(count, target, Estimate(count / target if target else None, None, None))


def _job(population: placed.Population) -> Callable[[_Question], Iterator[Figure]]:
    def answer(question: _Question) -> Iterator[Figure]:
        for key, counts in _placed(question, population, placed.JOB):
            flexjob = {"so_far": counts.so_far.get("flexjob", 0), "numerator": counts.mature.get("flexjob", 0)}
            jobs = _whole(counts.mature.get("ordinary", 0), counts.participations)
            yield question.figure(key, counts.so_far.get("ordinary", 0), jobs, flexjob=flexjob)

    return answer


def _moved_on(question: _Question) -> Iterator[Figure]:
    for key, counts in _placed(question, placed.anyone, placed.MOVED_ON):
        split = {kind: counts.mature.get(kind, 0) for kind in placed.MOVED_ON}
        split_so_far = {kind: counts.so_far.get(kind, 0) for kind in placed.MOVED_ON}
        moved_on = _whole(sum(split.values()), counts.participations)
        yield question.figure(key, sum(split_so_far.values()), moved_on, split=split, split_so_far=split_so_far)


def _placed(
    question: _Question, population: placed.Population, kinds: tuple[str, ...]
) -> Iterator[tuple[Key, placed.Placed]]:
    counted = placed.placed(
        question.cells("participation", ParticipationCell),
        question.references,
        question.keys,
        population=population,
        kinds=kinds,
        as_of=question.day,
        window=question.window,
    )
    return question.rows(counted, placed.Placed())


def _funnel(question: _Question) -> Iterator[Figure]:
    cells = question.cells("funnel", FunnelCell)
    counted = stages.stages(cells, question.references, question.keys, as_of=question.day, window=question.window)
    for key, counts in question.rows(counted, stages.Stages()):
        first = counts.first()
        for stage in counts.names():
            count = counts.at(stage)
            previous = _whole(count, counts.previous(stage))
            yield question.figure(key, count, _whole(count, first), stage=stage, of_previous=previous)


def _upskilled(question: _Question) -> Iterator[Figure]:
    cells = question.cells("upskilled", UpskilledCell)
    counted = standing.upskilled(cells, question.references, question.keys, as_of=question.day, window=question.window)
    yield from _targeted(question, counted)


def _agreements(question: _Question) -> Iterator[Figure]:
    cells = question.cells("agreements", AgreementCell)
    yield from _targeted(question, standing.in_agreement(cells, question.keys, as_of=question.day))


def _targeted(question: _Question, counted: dict[Key, int]) -> Iterator[Figure]:
    for key, count in question.rows(counted, 0):
        yield question.figure(key, count, _against(question.target(key), count))


def _service_goal(question: _Question) -> Iterator[Figure]:
    cells = question.cells("service_goal", ServiceGoalCell)
    yield from _shares(question, standing.answered(cells, question.keys, as_of=question.day))


def _reach(question: _Question) -> Iterator[Figure]:
    cells = question.cells("reach", ReachCell)
    yield from _shares(question, standing.reached(cells, question.keys, as_of=question.day))


def _shares(question: _Question, counted: dict[Key, standing.Pair]) -> Iterator[Figure]:
    for key, (numerator, denominator) in question.rows(counted, (0, 0)):
        yield question.figure(key, numerator, _whole(numerator, denominator))


_ANSWERS: dict[str, Callable[[_Question], Iterator[Figure]]] = {
    "agreements": _agreements,
    "mikrosprint_job": _job(placed.in_mikrosprint),
    "it_course_job": _job(placed.learnt_it),
    "upskilled_praktik": _upskilled,
    "moved_on": _moved_on,
    "funnel": _funnel,
    "service_goal": _service_goal,
    "reach": _reach,
}
