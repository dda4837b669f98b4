"""A question: what an indicator is asked, and what every answer is made with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.outcomes.effect.cut import Key, in_order
from services.outcomes.effect.estimates import Estimate, wilson
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.steps import Counted, Counts, What


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator as of a day, under a cut; and what every answer is made with."""

    indicator: Indicator
    as_of: date
    window: int
    by: tuple[str, ...]
    targets: Mapping[str, float]

    @property
    def day(self) -> int:
        """``as_of`` as an ordinal."""
        return self.as_of.toordinal()

    def rows(self, counted: Counted) -> Iterator[tuple[Key, Counts]]:
        """The counts in order; also of a whole that counts nobody, and of municipalities that have a target."""
        keys = set(counted)
        if not self.by:
            keys.add(())
        elif self.by == ("municipality",):
            keys.update((municipality,) for municipality in self.targets)
        return ((key, counted.get(key, {})) for key in in_order(keys))

    def target(self, key: Key) -> float | None:
        """The X of a key, where the cut leaves municipalities whole."""
        if not self.targets:
            return None
        if not self.by:
            return sum(self.targets.values())
        return self.targets.get(key[0] or "") if self.by == ("municipality",) else None

    def figure(self, key: Key, so_far: int, of_all: Share, **more: Any) -> Figure:
        """One figure; ``more`` are the fields that only some indicators have."""
        return Figure(
            self.indicator,
            dict(zip(self.by, key, strict=True)),
            self.window if self.indicator.windows else None,
            self.as_of,
            so_far,
            of_all,
            self.target(key),
            **more,
        )

    def targeted(self, counted: Counted, what: What) -> Iterator[Figure]:
        """Counts beside their targets X: X is no group of people, so no interval."""
        for key, counts in self.rows(counted):
            count, target = counts.get(what, 0), self.target(key)
            share = Estimate(count / target if target else None, None, None)
            yield self.figure(key, count, Share(count, target, share))

    def shares(self, counted: Counted, numerator: What, denominator: What) -> Iterator[Figure]:
        """Numerators among denominators, with their intervals."""
        for key, counts in self.rows(counted):
            reached = counts.get(numerator, 0)
            yield self.figure(key, reached, whole(reached, counts.get(denominator, 0)))


def whole(numerator: int, denominator: int | None) -> Share:
    """People among all of them: with an interval."""
    return Share(numerator, denominator, wilson(numerator, denominator or 0))
