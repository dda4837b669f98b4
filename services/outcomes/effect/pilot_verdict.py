"""Pilot verdict: who of a pilot's participations is counted, and what they say against the registered benchmark.

The interval of ``verdict.py`` holds at every look for people counted in an order that has nothing to do with how it
went for them. The order in which participations mature is not such an order: who drops out early ends early, and is
measured early. So they are counted **in the order in which they started**. A participation counts once it is mature and
so is everybody who started before it or on the same day; the mature ones behind somebody who is not, wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from services.outcomes.effect.cells import Cell, ParticipationCell
from services.outcomes.effect.cut import WHOLE
from services.outcomes.effect.days import NEVER
from services.outcomes.effect.pilots import Pilot
from services.outcomes.effect.placed import (
    ALL_MATURED,
    MATURED,
    MOVED_ON,
    Population,
    anyone,
    in_mikrosprint,
    learnt_it,
    placed,
)
from services.outcomes.effect.references import Course, References
from services.outcomes.effect.steps import counted
from services.outcomes.effect.verdict import Verdict, judge

MEASURES: dict[str, tuple[Population, tuple[str, ...]]] = {
    "mikrosprint_job": (in_mikrosprint, ("ordinary",)),
    "it_course_job": (learnt_it, ("ordinary",)),
    "moved_on": (anyone, MOVED_ON),
}
"""The indicators that a pilot can be judged by: whom they count, and which placements are a success."""


@dataclass(frozen=True, slots=True)
class PilotVerdict:
    """A pilot as of a day. Participations are those in its course since it was registered, in its measure."""

    pilot: Pilot
    """As registered, with the decisions up to the day."""
    course: Course
    judged: Verdict
    """Of the participations that are counted."""
    waiting: int
    """Mature participations that wait for one that started no later and is not mature."""
    unsettled: int
    """Participations that have started and are not mature."""


def pilot_verdict(
    pilot: Pilot, cells: Iterable[tuple[Cell, int]], references: References, as_of: date
) -> PilotVerdict | None:
    """The verdict at the end of the day ``as_of``; None when the pilot was not registered by then.

    ``cells`` may hold anything; only the pilot's municipality and course count. A measure that is none of ``MEASURES``
    counts nobody, and so can never tell.
    """
    day = as_of.toordinal()
    if pilot.registered > day:
        return None
    course = references.course(pilot.course)
    participations = ((ParticipationCell(*cell), count) for cell, count in cells if cell[0] == "participation")
    taken = [(cell, count) for cell, count in participations if _is_of(pilot, cell, day)]
    unsettled = [(cell, count) for cell, count in taken if _unsettled(pilot, course, cell, day)]
    first_unsettled = min((cell.started for cell, _ in unsettled), default=NEVER)
    n, successes = _mature(pilot, references, [one for one in taken if one[0].started < first_unsettled], day)
    all_mature, _ = _mature(pilot, references, taken, day)
    return PilotVerdict(
        replace(pilot, decisions=tuple(decision for decision in pilot.decisions if decision.on <= day)),
        course,
        judge(n, successes, benchmark=pilot.benchmark, decided_at=as_of),
        all_mature - n,
        sum(count for _, count in unsettled),
    )


def _is_of(pilot: Pilot, cell: ParticipationCell, day: int) -> bool:
    """Whether it is in the pilot's course and started since the pilot was registered, as of the day."""
    here = cell.municipality == pilot.municipality and cell.course == pilot.course
    return here and pilot.registered <= cell.started <= day


def _unsettled(pilot: Pilot, course: Course, cell: ParticipationCell, day: int) -> bool:
    """Whether it may still come to be counted: it runs, or its window is open."""
    if cell.ended is None or cell.ended > day:
        return True
    population, _ = _measure(pilot)
    return population(cell, course) and day <= cell.ended + pilot.window


def _mature(
    pilot: Pilot, references: References, taken: list[tuple[ParticipationCell, int]], day: int
) -> tuple[int, int]:
    """How many of them are mature, and how many of those reached the measure: as its indicator counts them."""
    population, kinds = _measure(pilot)
    course = references.course(pilot.course)
    measured = [(placed(cell, kinds, pilot.window), often) for cell, often in taken if population(cell, course)]
    counts = counted((([(WHOLE, steps)], often) for steps, often in measured), day).get((), {})
    return counts.get(ALL_MATURED, 0), sum(counts.get((MATURED, kind), 0) for kind in kinds)


def _measure(pilot: Pilot) -> tuple[Population, tuple[str, ...]]:
    return MEASURES.get(pilot.measure, (_nobody, ()))


def _nobody(_: ParticipationCell, __: Course) -> bool:
    return False
