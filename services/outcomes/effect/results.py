"""Results: what a citizen's finished tests measured, each as it was last scored."""

from typing import NamedTuple

from services.outcomes.effect.days import danish_day
from services.outcomes.effect.history import Told, about, last

READS = frozenset({"test-finished", "result-rescored"})


class Measure(NamedTuple):
    """One competence area of one test: the ability with its standard error, and the levels 1 to 8 that follow."""

    ability: float
    standard_error: float
    level: int
    low: int
    high: int


class Result(NamedTuple):
    """One finished test; ``areas`` has the areas that were measured, those without items were only inferred."""

    day: int
    municipality: str
    framework: tuple[str, str]
    """Competence framework and its version: only results of the same can be compared."""
    areas: dict[int, Measure]


def results(history: Told) -> list[Result]:
    """The tests in the order in which they ended. A rescored result replaces the earlier one; the day stays."""
    finished = about(history, "test_id", "test-finished")
    scored = about(history, "test_id", "test-finished", "result-rescored") if finished else {}
    taken = []
    for test, facts in finished.items():
        end, held = last(facts), last(scored[test]).data
        areas = {area["area"]: _measure(area) for area in held["areas"] if area["items"] > 0}
        framework = held["framework"], held["framework_version"]
        taken.append((end.time, test, Result(danish_day(end.time), end.municipality, framework, areas)))
    return [result for _, _, result in sorted(taken, key=lambda one: one[:2])]


def _measure(area: dict[str, float]) -> Measure:
    return Measure(
        area["ability"],
        area["standard_error"],
        int(area["level"]),
        int(area["level_low"]),
        int(area["level_high"]),
    )
