"""What a test says about one area."""

from collections.abc import Sequence
from typing import NamedTuple

from services.assessment.ability.design import Design
from services.assessment.ability.interval import Interval, interval
from services.assessment.ability.posterior import Answer, Posterior, likelihood, posterior
from services.assessment.ability.prior import AREAS, grid
from services.assessment.ability.refusal import Refusal


class Estimate(NamedTuple):
    """One area: the ability, how sure it is, and the levels that follow."""

    area: int
    """1-5."""
    ability: float
    """Posterior mean, on the scale of the bank."""
    error: float
    """Standard error of the ability: the posterior standard deviation, same scale."""
    interval: Interval
    """Holds the ability with the probability that the rule states (90 %)."""
    level: int
    """The level of the ability, 1-8."""
    level_low: int
    """The level at the interval's low end."""
    level_high: int
    """The level at the interval's high end."""
    items: int
    """Items answered in this area; with none the estimate is inferred from the others and the prior."""


def estimates(design: Design, answers: Sequence[Answer]) -> tuple[Estimate, ...]:
    """The five areas after the answers, in whatever order these came. Raises Refusal for answers that cannot be."""
    return estimates_of(design, after(design, answers), answers)


def estimates_of(design: Design, found: Posterior, answers: Sequence[Answer]) -> tuple[Estimate, ...]:
    """The five areas of a posterior that these answers led to."""
    return tuple(_estimate(design, found, answers, area) for area in range(1, AREAS + 1))


def after(design: Design, answers: Sequence[Answer]) -> Posterior:
    """The posterior of the five abilities. Raises Refusal for an item that is not in the pool or comes twice."""
    places = [answer.item for answer in answers]
    unknown = [place for place in places if not 0 <= place < len(design.pool.items)]
    if unknown:
        raise Refusal(f"the pool has no item {unknown[0]}; it has {len(design.pool.items)}, counted from 0")
    if len(set(places)) < len(places):
        raise Refusal(f"an item is answered once in a test: {sorted(places)}")
    return posterior(grid(design.pool.prior), likelihood(design.pool, answers))


def _estimate(design: Design, found: Posterior, answers: Sequence[Answer], area: int) -> Estimate:
    levels = design.levels
    ability = float(found.mean[area - 1])
    within = interval(grid(design.pool.prior), found.density[area - 1], design.rule.coverage)
    items = sum(right is not None and design.pool.items[item].area == area for item, right in answers)
    return Estimate(
        area=area,
        ability=ability,
        error=float(found.error[area - 1]),
        interval=within,
        level=levels.level(ability),
        level_low=levels.level(within.low),
        level_high=levels.level(within.high),
        items=items,
    )
