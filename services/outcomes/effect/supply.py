"""Supply: the digital competence that tested citizens have."""

from collections.abc import Iterator

from services.outcomes.effect.cells import SupplyDemandCell
from services.outcomes.effect.citizen import Spell
from services.outcomes.effect.days import FIRST, NEVER
from services.outcomes.effect.intervals import Interval, overlaps
from services.outcomes.effect.results import Result


def supply_cells(results: list[Result], spells: list[Spell]) -> Iterator[tuple[SupplyDemandCell, int]]:
    """Day by day changes of the level in each area, as her latest test of it has it; not while she has left."""
    here = _here(spells)
    replaced: dict[int, int] = {}
    for result in reversed(results):
        held: dict[int, list[Interval]] = {}  # by the day of the next measure: when she was here with this one
        for area, measure in result.areas.items():
            until = replaced.get(area, NEVER)
            if until not in held:
                held[until] = overlaps(here, result.day, until)
            for start, stop in held[until]:
                yield _had(result, area, measure["level"], start), 1
                if stop < NEVER:
                    yield _had(result, area, measure["level"], stop), -1
            replaced[area] = result.day


def _had(result: Result, area: int, level: int, day: int) -> SupplyDemandCell:
    return SupplyDemandCell("supply_demand", result.municipality, "had", area, level, None, day)


def _here(spells: list[Spell]) -> list[Interval]:
    """The days on which she had not left: also those before she was registered, when nothing tells of her yet."""
    firsts = [FIRST, *[spell.first for spell in spells[1:]]]
    return list(zip(firsts, [spell.after for spell in spells] or [NEVER], strict=True))
