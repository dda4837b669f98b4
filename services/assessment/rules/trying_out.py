"""Pilot items: new ones that are asked now and then, to learn how hard they are. They are never scored."""

from collections.abc import Sequence
from random import Random

AT_MOST = 1
"""In one test. One question more is little to ask; after 1,800 tests each of six pilots has 300 answers."""
FIRST, LAST = 4, 14
"""The numbers of the questions between which it is asked: not at once, and before any test can be over."""


def drawn(pilots: Sequence[str], chance: Random) -> dict[int, str]:
    """The pilots of one test, by number of question. Each is as likely, so that no kind of people is asked it more."""
    left = list(pilots)
    items = [left.pop(int(chance.random() * len(left))) for _ in range(min(AT_MOST, len(left)))]
    numbers = list(range(FIRST, LAST + 1))
    return {numbers.pop(int(chance.random() * len(numbers))): item for item in items}
