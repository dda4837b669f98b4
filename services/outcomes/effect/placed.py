"""Placed: from which day a participation counts as one that led to a job, a wage subsidy or praktik in the window."""

from collections.abc import Callable, Iterable, Iterator

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.days import NEVER
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.references import Course
from services.outcomes.effect.steps import Counted, Step, Told, foremost, while_it_holds
from services.outcomes.effect.subjects import participant

JOB = ("ordinary", "flexjob")
"""Kinds for the job indicators: a flexjob is told apart, where there was no ordinary job."""
MOVED_ON = ("ordinary", "wage_subsidy", "praktik")
"""Kinds for moved_on, best first."""

STARTED, SO_FAR, MATURED, ALL_MATURED = "started", "so far", "mature", "all mature"
"""What is counted: participations that began; by best kind so far, and among the mature; all the mature."""

Population = Callable[[ParticipationCell, Course], bool]


def in_mikrosprint(_: ParticipationCell, course: Course) -> bool:
    """Every participation in a mikrosprint."""
    return course.kind == "mikrosprint"


def learnt_it(cell: ParticipationCell, course: Course) -> bool:
    """Completed or certified in a specific IT course."""
    return course.it_specific and (cell.reason == "completed" or cell.certified is not None)


def anyone(_: ParticipationCell, __: Course) -> bool:
    """Every participation."""
    return True


def placed(cell: ParticipationCell, kinds: tuple[str, ...], window: int) -> list[Step]:
    """What came of a participation, by the best of ``kinds`` (the best first).

    A placement counts when it begins no later than E + W (a running participation has no such limit): so far from its
    first day until a better one begins, and with all the mature from E + W + 1.
    """
    steps: list[Step] = [(cell.started, STARTED, 1)]
    closes = NEVER if cell.ended is None else cell.ended + window
    begun = [(kind, day) for kind in kinds if (day := getattr(cell, kind)) is not None and day <= closes]
    for kind, first, after in foremost(begun):
        steps += while_it_holds((SO_FAR, kind), first, after)
    if cell.ended is not None:
        matures = max(cell.started, closes + 1)
        steps.append((matures, ALL_MATURED, 1))
        if begun:
            steps.append((matures, (MATURED, begun[0][0]), 1))
    return steps


def placed_steps(
    cell: ParticipationCell, frame: Frame, population: Population, kinds: tuple[str, ...]
) -> Iterable[Told]:
    """The same for those in the population."""
    if not population(cell, frame.offers.course(cell.course)):
        return ()
    return [(frame.keys_of(participant, cell), placed(cell, kinds, frame.window))]


def jobs(question: Question, counted: Counted) -> Iterator[Figure]:
    """Ordinary jobs afterwards, with flexjobs beside them."""
    for key, counts in question.rows(counted):
        flexjob = {"so_far": counts.get((SO_FAR, "flexjob"), 0), "numerator": counts.get((MATURED, "flexjob"), 0)}
        share = whole(counts.get((MATURED, "ordinary"), 0), counts.get(ALL_MATURED, 0))
        yield question.figure(key, counts.get((SO_FAR, "ordinary"), 0), share, flexjob=flexjob)
