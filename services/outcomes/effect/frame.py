"""A frame: a question without its day. What it takes to say which steps a cell makes, and under which keys."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.outcomes.effect.cut import WHOLE, Key, Keys, Subject, cutter
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.offers import Offers
from services.outcomes.effect.references import References

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Frame:
    """One indicator with its window and cut, and the courses that it is cut by."""

    indicator: Indicator
    window: int
    by: tuple[str, ...]
    cut: Keys
    offers: Offers

    @classmethod
    def of(cls, indicator: Indicator, references: References, by: Sequence[str], window: int) -> "Frame":
        """The frame of a question. Raises ``ValueError`` for a cut or window that there is not."""
        if window < 0:
            raise ValueError(f"a window is a number of days from 0, not {window}")
        return cls(indicator, window, tuple(by), cutter(indicator, by), Offers(references))

    def keys_of(self, subject: Callable[[Thing, Offers], Subject], thing: Thing) -> Iterable[Key]:
        """The keys under which a thing counts, seen as the subject that it is."""
        return self.cut(subject(thing, self.offers)) if self.by else WHOLE
