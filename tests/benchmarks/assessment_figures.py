"""What a simulated population gives: the figures of one design."""

from dataclasses import dataclass, field
from math import ceil, sqrt
from statistics import fmean

from services.assessment.ability.interval import Interval
from services.assessment.ability.levels import Levels

HEADINGS = ("items", "p90", "RMSE", "90 % covers", "95 % covers", "agreement", "highest exposure")


@dataclass
class Tally:
    """The tests of one design, person by person."""

    levels: Levels
    lengths: list[int] = field(default_factory=list)
    squares: list[float] = field(default_factory=list)
    inside90: list[bool] = field(default_factory=list)
    inside95: list[bool] = field(default_factory=list)
    agreed: list[bool] = field(default_factory=list)
    shown: dict[int, int] = field(default_factory=dict)

    def asked(self, items: list[int]) -> None:
        """Count one test's items."""
        self.lengths.append(len(items))
        for item in items:
            self.shown[item] = self.shown.get(item, 0) + 1

    def area(self, truth: float, ability: float, within90: Interval, within95: Interval) -> None:
        """Count one area of one test."""
        self.squares.append((ability - truth) ** 2)
        self.inside90.append(within90.low <= truth <= within90.high)
        self.inside95.append(within95.low <= truth <= within95.high)
        self.agreed.append(self.levels.group(ability) == self.levels.group(truth))

    def row(self) -> "Row":
        """The figures."""
        return Row(
            items=fmean(self.lengths),
            items_p90=sorted(self.lengths)[ceil(0.9 * len(self.lengths)) - 1],
            rmse=sqrt(fmean(self.squares)),
            coverage90=fmean(self.inside90),
            coverage95=fmean(self.inside95),
            agreement=fmean(self.agreed),
            exposure=max(self.shown.values()) / len(self.lengths),
        )


@dataclass(frozen=True)
class Row:
    """The figures of one design in one population; shares from 0 to 1, the error in standard deviations of ability."""

    items: float
    items_p90: int
    rmse: float
    coverage90: float
    coverage95: float
    agreement: float
    exposure: float

    def cells(self) -> list[str]:
        """As the table shows them."""
        shares = [f"{share:.3f}" for share in (self.coverage90, self.coverage95, self.agreement, self.exposure)]
        return [f"{self.items:.1f}", str(self.items_p90), f"{self.rmse:.3f}", *shares]
