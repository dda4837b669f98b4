"""Gain: an area in which somebody was reliably better at the retest."""

from math import hypot

from services.assessment.ability.estimate import Estimate

Z = 1.959963984540054
"""97.5 % quantile of the standard normal distribution."""


def gained(before: Estimate, after: Estimate) -> bool:
    """The level interval moved up, and the ability rose by more than 1.96 standard errors of the difference.

    The standard error of the difference is √(error_before² + error_after²): the reliable change of Jacobson and Truax
    (1991), Journal of Consulting and Clinical Psychology 59(1). The indicator *gain* counts by the same rule; how many
    days must lie between the tests is its matter.
    """
    low = after.level_low - before.level_low
    high = after.level_high - before.level_high
    beyond = after.ability - before.ability > Z * hypot(before.error, after.error)
    return low >= 0 and high >= 0 and low + high > 0 and beyond
