"""Competence: from which day citizens have got better in an area or theme, and when what is asked for and had."""

from collections.abc import Iterator

from services.outcomes.effect.cells import GainCell, SelfRelianceCell, SupplyDemandCell
from services.outcomes.effect.cut import NO_COURSE, Subject
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.offers import Offers
from services.outcomes.effect.steps import Told, while_it_holds

RETESTED, GAINED = "retested", "gained"
"""Areas that were tested again, and those of them that are gained."""
AGAIN, ALONE = "again", "alone"
"""Themes that were visited again, and those of them that were managed alone after help."""
SEATS, HAD = "seats", "had"
"""Seats that ask for a competence, by kind of placement; citizens who have it."""


def gained(cell: GainCell, frame: Frame) -> Iterator[Told]:
    """A test changes the standing of areas from its day on."""
    for areas, what, more in ((cell.retested, RETESTED, 1), (cell.gained, GAINED, 1), (cell.lost, GAINED, -1)):
        for area in areas:
            yield frame.keys_of(_in_area, (cell, area)), [(cell.day, what, more)]


def _in_area(tested: tuple[GainCell, int], _: Offers) -> Subject:
    cell, area = tested
    return Subject(cell.municipality, NO_COURSE, "", cell.target_group, cell.education_level, "none", None, str(area))


def managed(cell: SelfRelianceCell, frame: Frame) -> Iterator[Told]:
    """A theme counts from the second visit with it, and as managed from when it was, too."""
    for theme, again, alone in cell.themes:
        keys = frame.keys_of(_in_theme, (cell, theme))
        yield keys, [(again, AGAIN, 1)] if alone is None else [(again, AGAIN, 1), (max(again, alone), ALONE, 1)]


def _in_theme(visited: tuple[SelfRelianceCell, str], _: Offers) -> Subject:
    cell, theme = visited
    person = (cell.target_group, cell.education_level)
    return Subject(cell.municipality, NO_COURSE, "", *person, "none", None, None, None, theme)


def market(cell: SupplyDemandCell, frame: Frame) -> Iterator[Told]:
    """What is asked for and had while it is. Whoever has a level has those below it too; a key counts once an area."""
    what = HAD if cell.placement is None else (SEATS, cell.placement)
    steps = while_it_holds(what, cell.first, cell.after)
    for area, highest in cell.levels:
        if cell.what == "asked" or "level" not in frame.by:
            yield frame.keys_of(_at_level, (cell, area, highest)), steps
        else:
            yield [key for below in range(highest) for key in frame.keys_of(_at_level, (cell, area, below + 1))], steps


def _at_level(held: tuple[SupplyDemandCell, int, int], _: Offers) -> Subject:
    cell, area, level = held
    return Subject(cell.municipality, NO_COURSE, "", None, None, "none", None, str(area), str(level))
