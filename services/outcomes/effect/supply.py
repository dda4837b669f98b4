"""Supply: the digital competence that tested citizens have."""

from collections.abc import Iterator
from itertools import pairwise

from services.outcomes.effect.cells import SupplyDemandCell
from services.outcomes.effect.citizen import Spell
from services.outcomes.effect.days import FIRST, NEVER
from services.outcomes.effect.intervals import Interval, overlaps
from services.outcomes.effect.results import Result


def supply_cells(results: list[Result], spells: list[Spell]) -> Iterator[tuple[SupplyDemandCell, int]]:
    """Day by day changes of the level in each area, as her latest test of it has it; not while she has left."""
    if not results:
        return
    here = _here(spells)
    tested: dict[int, list[Result]] = {}
    for result in results:
        for area in result.areas:
            tested.setdefault(area, []).append(result)
    for area, taken in tested.items():
        days = [result.day for result in taken]
        for result, (first, after) in zip(taken, pairwise([*days, NEVER]), strict=True):
            cell = SupplyDemandCell(
                "supply_demand", result.municipality, "had", area, result.areas[area].level, None, first
            )
            for start, stop in overlaps(here, first, after):
                yield cell._replace(day=start), 1
                if stop < NEVER:
                    yield cell._replace(day=stop), -1


def _here(spells: list[Spell]) -> list[Interval]:
    """The days on which she had not left: also those before she was registered, when nothing tells of her yet."""
    firsts = [FIRST, *[spell.first for spell in spells[1:]]]
    return list(zip(firsts, [spell.after for spell in spells] or [NEVER], strict=True))
