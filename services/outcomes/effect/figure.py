"""A figure: one number of an indicator as of a day, with its share, interval and definition."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.outcomes.effect.estimates import UNKNOWN, Estimate
from services.outcomes.effect.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Share:
    """People among people, with its estimate; the denominator is None where there is nothing to compare with."""

    numerator: int
    denominator: float | None
    estimate: Estimate = UNKNOWN

    def row(self) -> dict[str, Any]:
        """JSON form."""
        return {"numerator": self.numerator, "denominator": self.denominator, **self.estimate._asdict()}


@dataclass(frozen=True, slots=True)
class Figure:
    """``so_far`` counts everything up to the day, ``of_all`` only what is mature; see the indicator's definition."""

    indicator: Indicator
    dimensions: dict[str, str | None]
    window: int | None
    as_of: date
    so_far: int
    of_all: Share
    target: float | None = None
    """The X that the administration set, where one is known for this cut."""
    reached: int | None = None
    """Where there is a target: how much has come to it in its period, by the day."""
    target_period: str | None = None
    """The period of the target: a year."""
    stage: str | None = None
    of_previous: Share | None = None
    """Funnel only: the share of the stage before."""
    split: dict[str, int] | None = None
    """moved_on and supply_demand only: the mature numerator by kind; ``split_so_far`` the same of ``so_far``."""
    split_so_far: dict[str, int] | None = None
    flexjob: dict[str, int] | None = None
    """Job indicators only: ``so_far`` and ``numerator`` of flexjobs, which are not in the figure's own.
    Of retained also their ``denominator``."""
    provisional: int | None = None
    """status_after and job_entry only: participations that stand so, or have left, by a provisional exit only. They are
    in no other count of status_after, and followed until the exit in job_entry."""
    after_months: int | None = None
    """status_after only: calendar months since the participation ended."""
    after_days: int | None = None
    """job_entry only: days since the participation started."""
    incidences: dict[str, float] | None = None
    """job_entry only: the share gone each way by that day, and ``waiting``; together 1."""
    curve: list[tuple[int, float, float]] | None = None
    """job_entry, last row only: each day on which somebody left, with the incidence of job and the share waiting."""
    compared: dict[str, Any] | None = None
    """comparison only: the others with their share, the difference, and both again for the lock-in period. The figure's
    own counts are those of who started."""

    def row(self) -> dict[str, Any]:
        """JSON form, as it travels in answers and projections."""
        row: dict[str, Any] = {
            "indicator": self.indicator.key,
            "dimensions": self.dimensions,
            "window": self.window,
            "as_of": self.as_of.isoformat(),
            "so_far": self.so_far,
            **self.of_all.row(),
            "definition": self.indicator.definition_da,
            "definition_version": self.indicator.version,
        }
        extras = {
            "target": self.target,
            "reached": self.reached,
            "target_period": self.target_period,
            "stage": self.stage,
            "of_previous": None if self.of_previous is None else self.of_previous.row(),
            "split": self.split,
            "split_so_far": self.split_so_far,
            "flexjob": self.flexjob,
            "provisional": self.provisional,
            "after_months": self.after_months,
            "after_days": self.after_days,
            "incidences": self.incidences,
            "curve": self.curve,
            "compared": self.compared,
        }
        return row | {name: extra for name, extra in extras.items() if extra is not None}
