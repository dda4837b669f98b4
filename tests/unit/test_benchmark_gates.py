"""The gates of the benchmarks: what they say is what they ask."""

import pytest

from tests.benchmarks.table import UNGATED, holds


@pytest.mark.parametrize(
    ("value", "gate", "held"),
    [
        (3.0, ">= 3 x N", True),
        (2.99, ">= 3 x N", False),
        (0.59, ">= 0.6 x O", False),
        (20_000, ">= 20,000/s", True),
        (19_999, ">= 20,000/s", False),
        (1 / 40, "<= 1/40 of a refresh", True),
        (1 / 39, "<= 1/40 of a refresh", False),
        (49.9, "< 50 ms", True),
        (50.0, "< 50 ms", False),
        (1e9, UNGATED, True),
    ],
)
def test_a_gate_is_held_or_missed(value: float, gate: str, held: bool) -> None:
    assert holds(value, gate) is held


@pytest.mark.parametrize("gate", ["fast", "3 x N", "> 3"])
def test_what_says_no_limit_is_no_gate(gate: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a limit"):
        holds(1, gate)
