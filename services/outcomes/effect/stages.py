"""Stages: on which day a citizen got how far in the funnel, and how her participations ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.outcomes.effect.cells import Attempt, FunnelCell
from services.outcomes.effect.days import NEVER
from services.outcomes.effect.steps import Counts, Step, foremost, while_it_holds

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
FIRST = "first"
"""Counts citizens by cohort and the first stage that they have reached."""


def stages(cell: FunnelCell, window: int) -> list[Step]:
    """A citizen stands at a stage from the day on which she first reaches it in the cohort, for good."""
    reached = _reached(cell, window)
    steps: list[Step] = [(day, stage, 1) for stage, day in reached.items()]
    for stage, first, after in foremost([(stage, reached[stage]) for stage in STAGES if stage in reached]):
        steps += while_it_holds((FIRST, cell.cohort, stage), first, after)
    return steps


def _reached(cell: FunnelCell, window: int) -> dict[str, int]:
    """The first day of each stage that she reached."""
    days = [
        ("identified", cell.identified),
        ("invited", cell.invited),
        ("accepted", cell.accepted),
        ("enrolled", cell.enrolled),
    ]
    for attempt in cell.attempts:
        days += _attempted(attempt, window)
    reached: dict[str, int] = {}
    for stage, day in days:
        if day is not None and (stage not in reached or day < reached[stage]):
            reached[stage] = day
    return reached


def _attempted(attempt: Attempt, window: int) -> Iterator[tuple[str, int | None]]:
    """The days of one participation. Placements count when they begin no later than the window after its end."""
    yield "started", attempt.started
    yield "completed" if attempt.reason == "completed" else f"{ENDED}{attempt.reason}", attempt.ended
    yield "certified", attempt.certified
    yield "met", attempt.met
    closes = NEVER if attempt.ended is None else attempt.ended + window
    for stage, day in (
        ("praktik", attempt.praktik),
        ("wage_subsidy", attempt.wage_subsidy),
        ("job", attempt.ordinary),
    ):
        if day is not None and day <= closes:
            yield stage, day


@dataclass(slots=True)
class Stages:
    """Distinct citizens at each stage, and by cohort at the first stage that they have reached."""

    at: dict[str, int] = field(default_factory=dict)
    by_cohort: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Counts) -> "Stages":
        """The stages that these steps have led to."""
        found = cls()
        for what, count in counts.items():
            match what:
                case (_, cohort, stage):
                    found.by_cohort.setdefault(cohort, {})[stage] = count
                case str(stage):
                    found.at[stage] = count
        return found

    def first(self) -> int:
        """Citizens at the first stage that has anyone, each cohort by its own.

        Who has reached that stage has reached none before it: nobody in the cohort has.
        """
        return sum(next(first[stage] for stage in STAGES if stage in first) for first in self.by_cohort.values())

    def previous(self, stage: str) -> int | None:
        """Citizens at the stage before; for an end reason, those who started. None for the first stage."""
        if stage.startswith(ENDED):
            return self.at.get("started", 0)
        position = STAGES.index(stage)
        return self.at.get(STAGES[position - 1], 0) if position else None

    def names(self) -> Iterator[str]:
        """Every stage, then the end reasons that anyone has."""
        yield from STAGES
        yield from sorted(stage for stage in self.at if stage.startswith(ENDED))
