"""What a citizen can do next, from the areas of her result. The words for it are the page's."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from shared.contracts.assessment.result import AreaResult

Kind = Literal["together", "workshop", "course", "use", "measure", "again"]
"""Take the test with help; practise in the workshop; take a short course; use what she can; answer more in these areas;
be tested again because the answer is not sure."""
HIGHEST = 3
"""The group of levels (0 to 3) above which there is none."""
PRACTISE = 2
"""So many areas at once: a list of five is no help."""
WIDE = 3
"""An interval from one level to the third above it, or wider, lies in at least two groups."""


class Next(NamedTuple):
    """One thing to do, and the areas that it is about."""

    kind: Kind
    areas: tuple[int, ...] = ()


def group(level: int) -> int:
    """The group of a level: 0 foundation, 1 intermediate, 2 advanced, 3 highly specialised."""
    return (level - 1) // 2


def next_steps(areas: Sequence[AreaResult]) -> list[Next]:
    """What to do, the most useful first. Areas without items were not measured, and nothing is advised on a guess."""
    measured = [area for area in areas if area.items > 0]
    measured.sort(key=lambda area: (area.level, area.ability, area.area))
    if not measured:
        return [Next("together")]
    steps = [
        Next("workshop" if group(area.level) == 0 else "course", (area.area,))
        for area in measured[:PRACTISE]
        if group(area.level) < HIGHEST
    ]
    if not steps:
        steps.append(Next("use", tuple(sorted(area.area for area in measured))))
    if unmeasured := tuple(area.area for area in areas if area.items == 0):
        steps.append(Next("measure", unmeasured))
    if wide := tuple(sorted(area.area for area in measured if area.level_high - area.level_low >= WIDE)):
        steps.append(Next("again", wide))
    return steps
