"""Self-reliance: workshop themes that a citizen came back with, and those she was helped with and then managed."""

from collections.abc import Iterator

from services.outcomes.effect.cells import SelfRelianceCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import danish_day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last

READS = frozenset({"workshop-visited"})


def self_reliance_cells(history: Told, groups: Timeline, levels: Timeline) -> Iterator[SelfRelianceCell]:
    """A cell for each theme of at least two visits. The citizen is as she was on the first of them."""
    visits = [last(facts) for facts in about(history, "visit_id", "workshop-visited").values()]
    visits.sort(key=lambda fact: (fact.time, fact.data["visit_id"]))
    by_theme: dict[str, list[tuple[Fact, str]]] = {}
    for fact in visits:
        how = {one["theme"]: one["autonomy"] for one in fact.data["themes"]}  # told twice: how she managed in the end
        for theme, autonomy in how.items():
            by_theme.setdefault(theme, []).append((fact, autonomy))
    for theme, told in by_theme.items():
        if len(told) > 1:
            first, again = told[0][0], told[1][0]
            on = danish_day(first.time)
            person = (valid_on(groups, on), valid_on(levels, on))
            yield SelfRelianceCell(
                "self_reliance", first.municipality, theme, *person, danish_day(again.time), _alone(told)
            )


def _alone(told: list[tuple[Fact, str]]) -> int | None:
    """The day of the first visit at which she managed alone after one at which she was helped."""
    helped = False
    for fact, autonomy in told:
        if helped and autonomy == "alone":
            return danish_day(fact.time)
        helped = helped or autonomy == "helped"
    return None
