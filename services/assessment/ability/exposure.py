"""The ceiling of exposure: an item that everybody sees is soon known."""

from collections.abc import Sequence
from math import floor

CEILING = 0.4
"""Share of the tests in which an item may be shown."""
FIRST = 20
"""Tests before which no share can be told; an item may be shown in CEILING of so many."""


def over_exposed(shown: Sequence[int], tests: int, ceiling: float = CEILING) -> frozenset[int]:
    """The places of the items that one more showing would take over the ceiling.

    ``shown`` counts by place the tests in which the item was shown, out of ``tests`` of the same pool. Source: the
    restricted method of Revuelta and Ponsoda (1998), Journal of Educational Measurement 35(4).
    """
    allowed = floor(ceiling * max(tests + 1, FIRST))
    return frozenset(place for place, times in enumerate(shown) if times + 1 > allowed)
