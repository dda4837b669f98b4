"""Digital competence that open job orders ask for, beside the citizens who have it. Pure."""

from dataclasses import dataclass

from services.desk import labels, wording
from services.desk.outcome import Outcome, Outcomes
from shared import danish

SEATS = {
    "ordinary": ("ordinært job", "ordinære job"),
    "wage_subsidy": ("job med løntilskud", "job med løntilskud"),
    "praktik": ("praktikplads", "praktikpladser"),
    "flexjob": ("fleksjob", "fleksjob"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One area at one level: the seats that ask for it, by kind, and how many have that level or a higher one."""

    area: str
    level: str
    seats: int
    kinds: str
    citizens: int

    @property
    def few(self) -> bool:
        """Whether fewer citizens have it than seats ask for it."""
        return self.citizens < self.seats


@dataclass(frozen=True, slots=True)
class SupplyDemand:
    """What is asked for, in the order of areas and levels."""

    asked: tuple[Asked, ...]
    definition: str


def supply_demand(outcomes: Outcomes) -> SupplyDemand | None:
    """What orders ask for; None when the document does not tell of it."""
    if "supply_demand" not in outcomes.definitions:
        return None
    rows = outcomes.of("supply_demand", "area", "level")
    return SupplyDemand(tuple(_asked(row) for row in rows if row.numerator > 0), outcomes.definition("supply_demand"))


def _asked(row: Outcome) -> Asked:
    area, level = row.dimensions["area"], row.dimensions["level"]
    kinds = [
        f"{wording.number(count)} {SEATS[kind][count != 1] if kind in SEATS else kind}"
        for kind, count in row.split.items()
        if count
    ]
    return Asked(
        labels.AREAS.get(area or "", f"Område {area}"),
        f"niveau {level} eller højere",
        row.numerator,
        danish.joined(kinds),
        int(row.denominator or 0),
    )
