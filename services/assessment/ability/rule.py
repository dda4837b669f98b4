"""The thresholds of a test: how many items, when it is decided, and how freely items are chosen."""

from dataclasses import dataclass

from services.assessment.ability.refusal import Refusal


@dataclass(frozen=True)
class Rule:
    """When an area is done and how an item is chosen. docs/assessment.md shows what other values would cost."""

    least: int = 3
    """Items that must be answered in each area."""
    most: int = 8
    """Items asked in an area at most."""
    coverage: float = 0.9
    """Probability that the interval holds the ability."""
    worth: float = 0.006
    """An area is done when no number of further items is expected to add so much certainty of its group, each."""
    top: int = 5
    """One of so many most informative items is taken at random, the better ones more often."""

    def __post_init__(self) -> None:
        if not (1 <= self.least <= self.most and 0 < self.coverage < 1 and self.worth >= 0 and self.top >= 1):
            raise Refusal(f"{self}: 1 ≤ least ≤ most, 0 < coverage < 1, worth ≥ 0 and top ≥ 1 must hold")


RULE = Rule()
