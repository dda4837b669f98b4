"""Competence: areas and themes in which citizens have got better by a day, and what is asked for and had on it."""

from collections.abc import Iterable
from typing import NamedTuple

from services.outcomes.effect.cells import GainCell, SelfRelianceCell, SupplyDemandCell
from services.outcomes.effect.cut import Key, Keys, Subject
from services.outcomes.effect.intervals import holds
from services.outcomes.effect.references import Course

Pair = tuple[int, int]
"""Numerator and denominator."""

_NO_COURSE = Course("")


class Market(NamedTuple):
    """Seats that ask for a competence, by kind of placement, and citizens who have it."""

    asked: dict[str, int]
    had: int = 0


def gained(cells: Iterable[tuple[GainCell, int]], keys: Keys, *, as_of: int) -> dict[Key, Pair]:
    """Areas gained, and all that are retested, by the day."""
    counted: dict[Key, Pair] = {}
    for cell, count in cells:
        if cell.day <= as_of:
            for areas, better, retested in ((cell.gained, 1, 0), (cell.lost, -1, 0), (cell.retested, 0, 1)):
                for area in areas:
                    for key in keys(_citizen(cell)._replace(area=str(area))):
                        of = counted.get(key, (0, 0))
                        counted[key] = of[0] + better * count, of[1] + retested * count
    return counted


def managed(cells: Iterable[tuple[SelfRelianceCell, int]], keys: Keys, *, as_of: int) -> dict[Key, Pair]:
    """Themes managed alone after help, and all visited at least twice, by the day."""
    counted: dict[Key, Pair] = {}
    for cell, count in cells:
        for theme, again, alone in cell.themes:
            if again <= as_of:
                managed_alone = count if alone is not None and alone <= as_of else 0
                for key in keys(_citizen(cell)._replace(theme=theme)):
                    before = counted.get(key, (0, 0))
                    counted[key] = before[0] + managed_alone, before[1] + count
    return counted


def market(cells: Iterable[tuple[SupplyDemandCell, int]], keys: Keys, *, as_of: int) -> dict[Key, Market]:
    """What is asked for and had on the day. Whoever has a level has those below it too."""
    counted: dict[Key, Market] = {}
    for cell, count in cells:
        if not holds(as_of, cell.first, cell.after):
            continue
        for area, highest in cell.levels:
            levels = [highest] if cell.what == "asked" else range(1, highest + 1)
            for key in {key for level in levels for key in keys(_at(cell, area, level))}:
                here = counted.get(key) or Market({})
                if cell.placement is None:
                    counted[key] = here._replace(had=here.had + count)
                else:
                    asked = here.asked | {cell.placement: here.asked.get(cell.placement, 0) + count}
                    counted[key] = here._replace(asked=asked)
    return counted


def _citizen(cell: GainCell | SelfRelianceCell) -> Subject:
    return Subject(cell.municipality, _NO_COURSE, "", cell.target_group, cell.education_level, "none", None)


def _at(cell: SupplyDemandCell, area: int, level: int) -> Subject:
    return Subject(cell.municipality, _NO_COURSE, "", None, None, "none", None, area=str(area), level=str(level))
