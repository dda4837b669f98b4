"""Exits: when a citizen left unemployment. An exit is provisional until 30 days have passed, then dated back."""

from itertools import pairwise
from typing import NamedTuple

from services.outcomes.effect.citizen import Spell
from services.outcomes.effect.days import NEVER, day
from services.outcomes.effect.history import Told, last

WITHOUT_BENEFIT = 30
"""Days that must pass before an exit is one."""


class Exit(NamedTuple):
    """Left from the day ``first``, as told, until the day before ``back`` (``NEVER`` when she has not come back)."""

    first: int
    back: int
    way: str
    """``education``, or ``left`` for every other reason: a job is told by its placement."""

    @property
    def settled(self) -> int:
        """The day from which it is known whether the exit stands; provisional on the days before."""
        return min(self.back, self.first + WITHOUT_BENEFIT)

    @property
    def stands(self) -> bool:
        """Whether she stayed away for 30 days. If not, she was unemployed all the time."""
        return self.back - self.first >= WITHOUT_BENEFIT


def exits(history: Told, spells: list[Spell]) -> list[Exit]:
    """The exits between and after the spells in which a citizen was registered for a day or more, in order."""
    found = []
    lasting = [spell for spell in spells if spell.first < spell.after]
    for spell, back in pairwise([*lasting, Spell("", NEVER, NEVER)]):
        if spell.after < back.first:
            telling = [fact for fact in history["citizen-left"] if day(fact.data["on"]) == spell.after]
            way = "education" if last(telling).data["reason"] == "education" else "left"
            found.append(Exit(spell.after, back.first, way))
    return found
