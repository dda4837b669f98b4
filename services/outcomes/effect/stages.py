"""Stages: how many citizens have got how far in the funnel, and how their participations ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.outcomes.effect.cells import Attempt, FunnelCell
from services.outcomes.effect.cut import Key, Keys, Subject
from services.outcomes.effect.references import References

STAGES = (
    "identified",
    "invited",
    "accepted",
    "enrolled",
    "started",
    "completed",
    "certified",
    "met",
    "praktik",
    "wage_subsidy",
    "job",
)
ENDED = "ended:"
"""Before the reason: the stage that counts those whose participation ended so. ``completed`` is a stage of its own."""


@dataclass(slots=True)
class Stages:
    """Citizens at each stage, for each cohort: shares compare people of the same cohort."""

    by_cohort: dict[str, dict[str, int]] = field(default_factory=dict)

    def at(self, stage: str) -> int:
        """Citizens who have reached the stage."""
        return sum(cohort.get(stage, 0) for cohort in self.by_cohort.values())

    def first(self) -> int:
        """Citizens at the first stage that has anyone, each cohort by its own."""
        return sum(
            next((cohort[stage] for stage in STAGES if cohort.get(stage)), 0) for cohort in self.by_cohort.values()
        )

    def previous(self, stage: str) -> int | None:
        """Citizens at the stage before; for an end reason, those who started. None for the first stage."""
        if stage.startswith(ENDED):
            return self.at("started")
        position = STAGES.index(stage)
        return self.at(STAGES[position - 1]) if position else None

    def names(self) -> Iterator[str]:
        """Every stage, then the end reasons that anyone has."""
        yield from STAGES
        yield from sorted({name for cohort in self.by_cohort.values() for name in cohort if name.startswith(ENDED)})


def stages(
    cells: Iterable[tuple[FunnelCell, int]],
    references: References,
    keys: Keys,
    *,
    as_of: int,
    window: int,
) -> dict[Key, Stages]:
    """Distinct citizens of each cohort at each stage as of a day."""
    counted: dict[Key, Stages] = {}
    for cell, count in cells:
        reached = _reached(cell, as_of, window)
        if not reached:
            continue
        for key in keys(_subject(cell, references)):
            cohort = counted.setdefault(key, Stages()).by_cohort.setdefault(cell.cohort, {})
            for stage in reached:
                cohort[stage] = cohort.get(stage, 0) + count
    return counted


def _reached(cell: FunnelCell, as_of: int, window: int) -> set[str]:
    days: dict[str, int | None] = {
        "identified": cell.identified,
        "invited": cell.invited,
        "accepted": cell.accepted,
        "enrolled": cell.enrolled,
    }
    reached = {stage for stage, day in days.items() if day is not None and day <= as_of}
    for attempt in cell.attempts:
        reached |= _attempted(Attempt(*attempt), as_of, window)
    return reached


def _attempted(attempt: Attempt, as_of: int, window: int) -> set[str]:
    by = as_of if attempt.ended is None else min(as_of, attempt.ended + window)
    limits = {
        "started": (attempt.started, as_of),
        "certified": (attempt.certified, as_of),
        "met": (attempt.met, as_of),
        "praktik": (attempt.praktik, by),
        "wage_subsidy": (attempt.wage_subsidy, by),
        "job": (attempt.ordinary, by),
    }
    reached = {stage for stage, (day, limit) in limits.items() if day is not None and day <= limit}
    if attempt.ended is not None and attempt.ended <= as_of:
        reached.add("completed" if attempt.reason == "completed" else f"{ENDED}{attempt.reason}")
    return reached


def _subject(cell: FunnelCell, references: References) -> Subject:
    """A funnel belongs to the month its cohort starts: also those who never did."""
    cohort = references.cohorts.get(cell.cohort)
    starts = cohort.starts if cohort else None
    if starts is None and cell.attempts:
        starts = cell.attempts[0][0]
    course = references.course_of(cell.cohort)
    return Subject(cell.municipality, course, cell.cohort, cell.target_group, cell.education_level, cell.timing, starts)
