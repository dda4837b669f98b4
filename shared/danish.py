"""Dates, times and lists as a Danish reader says them. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from shared.clock import COPENHAGEN

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def day(on: date) -> str:
    """``6. september 2021``."""
    return f"{on.day}.{NBSP}{MONTHS[on.month - 1]} {on.year}"


def clock(at: datetime) -> str:
    """The Danish time of day: ``kl. 9.05``."""
    local = at.astimezone(COPENHAGEN)
    return f"kl.{NBSP}{local.hour}.{local.minute:02}"


def moment(at: datetime, now: datetime) -> str:
    """``kl. 9.05`` when it is today, else ``6. september 2021 kl. 9.05``."""
    on = at.astimezone(COPENHAGEN).date()
    return clock(at) if on == now.astimezone(COPENHAGEN).date() else f"{day(on)} {clock(at)}"


def joined(words: Sequence[str]) -> str:
    """``a``, ``a og b``, ``a, b og c``."""
    return " og ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
