"""Results: what a citizen's finished tests measured, each as it was last scored."""

from typing import Any, NamedTuple

from services.outcomes.effect.days import danish_day
from services.outcomes.effect.history import Told, about, last

READS = frozenset({"test-finished", "result-rescored"})

Measure = dict[str, Any]
"""One competence area of one test as the event tells it: ability, standard_error, level, level_low, level_high."""


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
    rescored = about(history, "test_id", "result-rescored") if finished else {}
    taken = []
    for test, facts in finished.items():
        end = last(facts)
        held = (last([*facts, *rescored[test]]) if test in rescored else end).data
        areas = {area["area"]: area for area in held["areas"] if area["items"] > 0}
        framework = held["framework"], held["framework_version"]
        taken.append((end.time, test, Result(danish_day(end.time), end.municipality, framework, areas)))
    return [result for _, _, result in sorted(taken)]
