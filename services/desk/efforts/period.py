"""The periods that a target is set for: a year, half-year, quarter or month, as outcomes writes them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.danish import MONTHS

PARTS = {
    "": "Hele året",
    "H1": "1. halvår",
    "H2": "2. halvår",
    **{f"Q{number}": f"{number}. kvartal" for number in range(1, 5)},
    **{f"{number:02}": MONTHS[number - 1].capitalize() for number in range(1, 13)},
}
"""Of a year, by what outcomes calls them."""


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` are its days."""

    code: str
    name: str
    first: date
    last: date

    def gone(self, today: date) -> float:
        """How much of it is over: 0 before it began, 1 after its last day."""
        days = (self.last - self.first).days + 1
        return min(max((today - self.first).days + 1, 0), days) / days


def period(code: str) -> Period:
    """``2026-H1`` -> ``1. halvår 2026``, 1 January to 30 June."""
    year, _, part = code.partition("-")
    first, months = _months(part)
    begins = date(int(year), first, 1)
    after = date(int(year) + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    name = year if not part else f"{PARTS[part]} {year}" if part[0] in "HQ" else f"{PARTS[part].lower()} {year}"
    return Period(code, name, begins, after - timedelta(days=1))


def _months(part: str) -> tuple[int, int]:
    """The first month, and how many they are."""
    if not part:
        return 1, 12
    if part[0] == "H":
        return 6 * int(part[1]) - 5, 6
    if part[0] == "Q":
        return 3 * int(part[1]) - 2, 3
    return int(part), 1
