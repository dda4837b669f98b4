"""What a CPR number says by itself: whether it can be one, and when its owner was born.

The seventh digit tells the century (the CPR office's table). Modulus 11 is not tested: since 2007 numbers without a
valid check digit are issued, and a person must not be turned away for having one.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from shared.problems import Invalid

SHAPE = re.compile(r"([0-9]{6})-?([0-9]{4})")
EARLIEST_BIRTH = date(1900, 1, 1)
WHAT_TO_DO = "Give ten digits, day, month and year of birth first (DDMMYYXXXX); a hyphen after the sixth is fine."


@dataclass(frozen=True, slots=True)
class CprNumber:
    """A number that can be a person's. ``digits`` stays out of its text form, so that no log or trace shows it."""

    digits: str = field(repr=False)
    born: date = field(repr=False)


def read(text: str, today: date) -> CprNumber:
    """The CPR number in a text, with or without hyphen. Raises Invalid, without repeating what was given."""
    shape = SHAPE.fullmatch(text.strip())
    if shape is None:
        raise Invalid("cpr-shape", "This is not a CPR number", WHAT_TO_DO)
    digits = shape[1] + shape[2]
    born = _birth(digits)
    if born is None:
        raise Invalid("cpr-date", "The first six digits of the CPR number are no date", WHAT_TO_DO)
    if not EARLIEST_BIRTH <= born <= today:
        raise Invalid("cpr-century", "The CPR number's seventh digit gives a year of birth that cannot be", WHAT_TO_DO)
    return CprNumber(digits, born)


def _birth(digits: str) -> date | None:
    day, month, year = int(digits[0:2]), int(digits[2:4]), int(digits[4:6])
    try:
        return date(_century(year, int(digits[6])) + year, month, day)
    except ValueError:
        return None


def _century(year: int, seventh: int) -> int:
    """The century that the seventh digit gives a two-digit year: 1800, 1900 or 2000."""
    if seventh <= 3:
        return 1900
    if seventh in {4, 9}:
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
