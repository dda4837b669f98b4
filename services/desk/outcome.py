"""The second documents: what became of people, compared with what, and the verdicts of pilots."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.desk.figure import Figure, Part


class Definition(Part):
    """The sentence that stands beside the figures of an indicator."""

    definition: str


class Sided(Part):
    """A share of people as outcomes estimated it; the interval is missing where there is none."""

    numerator: int = 0
    denominator: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


class Difference(Part):
    """The share of those who start less that of the others, among people who are alike; with its interval."""

    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None


class LockIn(Difference):
    """The same within the first days."""

    days: int
    started: Sided
    others: Sided


class Compared(Difference):
    """Those who do not start, beside those who do, who are the row's own numbers."""

    others: Sided
    left_out: int = 0
    lock_in: LockIn


class Outcome(Figure):
    """A figure of a second document.

    ``share``, ``low`` and ``high`` may be an estimate that the counts alone do not give; ``provisional`` counts exits
    that may still be undone; ``curve`` has (day, share in a job, share still waiting) for each day of a change;
    ``as_of`` is the row's own day, where it is not the document's.
    """

    share: float | None = None
    low: float | None = None
    high: float | None = None
    provisional: int = 0
    after_days: int | None = None
    after_months: int | None = None
    curve: tuple[tuple[int, float, float], ...] = ()
    compared: Compared | None = None
    as_of: date | None = None


class Decision(Part):
    """What a person decided about a pilot, and what the figures said to her then."""

    decision: str
    verdict: str
    decided_by_role: str
    reason: str
    on: date


class Pilot(Part):
    """A pilot as of a day: what it must beat, what the figures say, and what people decided."""

    pilot_id: str
    as_of: date
    measure: str
    window: int
    benchmark: float
    registered_on: date
    planned_size: int
    verdict: str
    said: str
    n: int | None
    """The counts are None for who may not see of how few they are."""
    successes: int | None
    low: float | None
    high: float | None
    waiting: int | None = 0
    unsettled: int | None = 0
    decisions: tuple[Decision, ...] = ()
    definition: str = ""


class Outcomes(Part):
    """What became of people: the second document of an effort or of a municipality."""

    projection: Literal["effort-outcomes", "municipality-outcomes"]
    as_of: date
    municipality: str
    rows: tuple[Outcome, ...] = ()
    definitions: dict[str, Definition] = Field(default_factory=dict)
    pilots: tuple[Pilot, ...] = ()

    def of(self, indicator: str, *dimensions: str) -> tuple[Outcome, ...]:
        """The rows of an indicator under a cut; without dimensions those of the whole."""
        cut = set(dimensions)
        return tuple(row for row in self.rows if row.indicator == indicator and set(row.dimensions) == cut)

    def definition(self, indicator: str) -> str:
        """The sentence beside the figures; empty when there is none."""
        found = self.definitions.get(indicator)
        return found.definition if found else ""
