"""Self-reliance: workshop themes that a citizen came back with, and those she was helped with and then managed."""

from collections.abc import Iterator

from services.outcomes.effect.cells import SelfRelianceCell, Theme
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import danish_day
from services.outcomes.effect.history import Told
from services.outcomes.effect.visits import READS, visits

__all__ = ["READS", "self_reliance_cells"]

Times = dict[tuple[int, str], tuple[str, str]]
"""By moment and id of each visit with a theme: how she managed it, and in which municipality."""


def self_reliance_cells(history: Told, groups: Timeline, levels: Timeline) -> Iterator[SelfRelianceCell]:
    """The themes of at least two visits. The citizen is as she was on the first of them: a cell for those alike."""
    by_theme: dict[str, Times] = {}
    for visit, fact in visits(history).items():
        for one in fact.data["themes"]:  # told twice of one visit: how she managed in the end
            by_theme.setdefault(one["theme"], {})[fact.time, visit] = one["autonomy"], fact.municipality
    found: dict[tuple[str, str | None, str | None], list[Theme]] = {}
    for theme, times in sorted(by_theme.items()):
        if len(times) > 1:
            told = sorted(times.items())
            (first, _), (_, municipality) = told[0]
            on = danish_day(first)
            person = municipality, valid_on(groups, on), valid_on(levels, on)
            found.setdefault(person, []).append(Theme(theme, danish_day(told[1][0][0]), _alone(told)))
    for person, themes in found.items():
        yield SelfRelianceCell("self_reliance", *person, tuple(themes))


def _alone(told: list[tuple[tuple[int, str], tuple[str, str]]]) -> int | None:
    """The day of the first visit at which she managed alone after one at which she was helped."""
    helped = False
    for (time, _), (autonomy, _) in told:
        if helped and autonomy == "alone":
            return danish_day(time)
        helped = helped or autonomy == "helped"
    return None
