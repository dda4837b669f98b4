"""Checking in at a workshop: a number for today, and nothing that says who waits.

Anybody who stands at the door can open the page, so what it can fill is bounded: so many wait at once, so many numbers
are given out a day. Beyond that a person at the site writes people up, who sees who is really there.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from shared.problems import Refused

MOST_WAITING = 60
MOST_A_DAY = 300
State = Literal["waiting", "helped", "gone"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A site that is open for check-in on one day. ``waiting`` counts who has not been helped and has not gone."""

    opening_id: UUID
    municipality: str
    site: str
    day: date
    last_number: int
    waiting: int

    def next_number(self, today: date, *, by_phone: bool) -> int:
        """The next number. Staff may always write somebody up; a phone only while the bounds hold."""
        self.must_be_today(today)
        if by_phone and (self.waiting >= MOST_WAITING or self.last_number >= MOST_A_DAY):
            raise Refused(
                "check-in-full",
                "No more numbers are given out by phone just now",
                f"{self.waiting} wait. Somebody at the workshop can write people up by hand.",
            )
        return self.last_number + 1

    def must_be_today(self, today: date) -> None:
        """Raise Refused on any other day than its own."""
        if self.day != today:
            raise Refused(
                "opening-over",
                f"Check-in was for {self.day}",
                "Open the site for today: POST /openings.",
            )


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody who has checked in."""

    check_in_id: UUID
    opening_id: UUID
    state: State

    def must_wait(self) -> None:
        """Raise Refused when a visit is registered already, or she went."""
        if self.state != "waiting":
            raise Refused(
                "check-in-over",
                "Somebody has dealt with this number already",
                "Read the opening again: it lists who waits now.",
                state=self.state,
            )
