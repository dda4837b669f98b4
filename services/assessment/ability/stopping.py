"""Which areas still need items: the test stops on the decision."""

from collections import Counter
from collections.abc import Mapping, Sequence

from services.assessment.ability.design import Design
from services.assessment.ability.estimate import Estimate
from services.assessment.ability.posterior import Answer
from services.assessment.ability.worth import worth


def open_areas(
    design: Design, answers: Sequence[Answer], found: Sequence[Estimate], offers: Mapping[int, float]
) -> list[Estimate]:
    """The areas that are not done; none is left when the test is.

    An area is done when the most items were asked or no item is left; else, once the least were answered, when its 90 %
    interval lies inside one group, or when no number of further items is expected to tell its group enough better
    (``worth``). ``offers`` gives, by area, the information that its next item is expected to bring; areas without an
    item are absent. An area that is done may open again when answers in another move it.
    """
    asked = Counter(design.pool.items[answer.item].area for answer in answers)
    return [
        estimate
        for estimate in found
        if estimate.area in offers and _needs_more(design, estimate, asked[estimate.area], offers[estimate.area])
    ]


def _needs_more(design: Design, estimate: Estimate, asked: int, offer: float) -> bool:
    rule, levels = design.rule, design.levels
    if asked >= rule.most:
        return False
    if estimate.items < rule.least:
        return True
    if levels.decided(estimate.interval):
        return False
    return worth(levels, estimate.ability, estimate.error, offer, rule.most - asked) >= rule.worth
