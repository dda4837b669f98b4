"""Supply: the digital competence that tested citizens have."""

from collections.abc import Iterator

from services.outcomes.effect.cells import SupplyDemandCell
from services.outcomes.effect.citizen import Spell
from services.outcomes.effect.days import FIRST, NEVER
from services.outcomes.effect.intervals import Interval, open_ended, overlaps
from services.outcomes.effect.results import Result


def supply_cells(results: list[Result], spells: list[Spell]) -> Iterator[SupplyDemandCell]:
    """From when to when she had the levels of a test: until the next test of the area, and not while she has left."""
    here = _here(spells)
    replaced: dict[int, int] = {}
    for result in reversed(results):
        held: dict[int, list[tuple[int, int]]] = {}  # levels by the day of the next test of their areas
        for area, measure in result.areas.items():
            held.setdefault(replaced.get(area, NEVER), []).append((area, measure["level"]))
            replaced[area] = result.day
        for until, levels in held.items():
            for first, after in overlaps(here, result.day, until):
                had = tuple(sorted(levels))
                yield SupplyDemandCell("supply_demand", result.municipality, "had", None, first, open_ended(after), had)


def _here(spells: list[Spell]) -> list[Interval]:
    """The days on which she had not left: also those before she was registered, when nothing tells of her yet."""
    firsts = [FIRST, *[spell.first for spell in spells[1:]]]
    return list(zip(firsts, [spell.after for spell in spells] or [NEVER], strict=True))
