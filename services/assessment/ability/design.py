"""A design: everything that is settled before a test starts and frozen with it."""

from dataclasses import dataclass

from services.assessment.ability.levels import Levels
from services.assessment.ability.pool import Pool
from services.assessment.ability.rule import RULE, Rule


@dataclass(frozen=True)
class Design:
    """The items with their prior, the cuts between the levels, and the thresholds."""

    pool: Pool
    levels: Levels
    rule: Rule = RULE
