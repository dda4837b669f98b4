"""Placed: how many participations led to a job, a wage subsidy or praktik within the window."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.cut import Key, Keys, Subject
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.references import Course, References

JOB = ("ordinary", "flexjob")
"""Kinds for the job indicators: a flexjob is told apart, where there was no ordinary job."""
MOVED_ON = ("ordinary", "wage_subsidy", "praktik")
"""Kinds for moved_on, best first."""

Population = Callable[[ParticipationCell, Course], bool]


@dataclass(slots=True)
class Placed:
    """Participations by the best kind reached: so far, and among the mature; with all the mature."""

    so_far: dict[str, int] = field(default_factory=dict)
    mature: dict[str, int] = field(default_factory=dict)
    participations: int = 0


def in_mikrosprint(_: ParticipationCell, course: Course) -> bool:
    """Every participation in a mikrosprint."""
    return course.kind == "mikrosprint"


def learnt_it(cell: ParticipationCell, course: Course) -> bool:
    """Completed or certified in a specific IT course."""
    return course.it_specific and (cell.reason == "completed" or cell.certified is not None)


def anyone(_: ParticipationCell, __: Course) -> bool:
    """Every participation."""
    return True


def placed(
    cells: Iterable[tuple[ParticipationCell, int]],
    references: References,
    keys: Keys,
    *,
    population: Population,
    kinds: tuple[str, ...],
    as_of: int,
    window: int,
) -> dict[Key, Placed]:
    """The counts as of a day of those in the population who had started by then.

    A placement counts from its first day when that is no later than E + W; a running participation has no such limit.
    Mature numerator and denominator count from E + W + 1.
    """
    counted: dict[Key, Placed] = {}
    for cell, count in cells:
        course = references.course(cell.course)
        if cell.started > as_of or not population(cell, course):
            continue
        closes = None if cell.ended is None else cell.ended + window
        mature = closes is not None and as_of > closes
        kind = _best(cell, kinds, as_of if closes is None else min(as_of, closes))
        for key in keys(_subject(cell, course)):
            sums = counted.setdefault(key, Placed())
            sums.participations += count * mature
            if kind is not None:
                sums.so_far[kind] = sums.so_far.get(kind, 0) + count
                sums.mature[kind] = sums.mature.get(kind, 0) + count * mature
    return counted


def _best(cell: ParticipationCell, kinds: tuple[str, ...], by: int) -> str | None:
    for kind in kinds:
        day: int | None = getattr(cell, kind)
        if day is not None and day <= by:
            return kind
    return None


def _subject(cell: ParticipationCell, course: Course) -> Subject:
    return Subject(
        cell.municipality, course, cell.cohort, cell.target_group, cell.education_level, cell.timing, cell.started
    )


def placed_by_cut(question: Question, population: Population, kinds: tuple[str, ...]) -> Iterator[tuple[Key, Placed]]:
    """The same counts for a question, in the order of its keys."""
    counted = placed(
        question.cells("participation", ParticipationCell),
        question.references,
        question.keys,
        population=population,
        kinds=kinds,
        as_of=question.day,
        window=question.window,
    )
    return question.rows(counted, Placed())


def jobs(question: Question, population: Population) -> Iterator[Figure]:
    """Ordinary jobs afterwards, with flexjobs beside them."""
    for key, counts in placed_by_cut(question, population, JOB):
        flexjob = {"so_far": counts.so_far.get("flexjob", 0), "numerator": counts.mature.get("flexjob", 0)}
        share = whole(counts.mature.get("ordinary", 0), counts.participations)
        yield question.figure(key, counts.so_far.get("ordinary", 0), share, flexjob=flexjob)
