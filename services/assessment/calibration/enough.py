"""When what the answers say of an item is sure enough to be used in place of a judgement."""

from typing import NamedTuple

FEWEST = 300
"""Answers. Of 300, 500 and 1,000 an item, 300 are enough to classify people by an adaptive test: Chuah, Drasgow and
Luecht (2006), Applied Measurement in Education 19(3). He (2015), Global Journal of Human-Social Science G 15(1), finds
250 for seeded items."""
WIDEST_B = 0.18
"""Standard error of b: its 95 % interval is then narrower than a level (0.7)."""
WIDEST_A = 0.25
"""Standard error of a, as a share of a: so many that a weak item is told from a good one."""


class Verdict(NamedTuple):
    """Whether it is enough, and if not, what lacks."""

    enough: bool
    lacks: str


def verdict(answers: int, a: float, error_a: float, error_b: float) -> Verdict:
    """Judge one item."""
    lacks = [
        what
        for what, missing in (
            (f"{answers} answers, not {FEWEST}", answers < FEWEST),
            (f"b known to {error_b:.2f}, not {WIDEST_B}", error_b > WIDEST_B),
            (f"a known to {error_a / a:.0%}, not {WIDEST_A:.0%}", error_a > WIDEST_A * a),
        )
        if missing
    ]
    return Verdict(not lacks, "; ".join(lacks))
