"""Who waits at a workshop, laid out for the list. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.desk import labels
from shared import danish

LONG_MINUTES = 30
"""Who has waited so long is marked, in words too."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits."""

    check_in_id: str
    number: int
    wishes: str
    """In words; empty when she did not say."""
    themes: tuple[str, ...]
    since: str
    minutes: int
    by_phone: bool
    new: bool
    """Whether she said that she has not been here before."""

    @property
    def long(self) -> bool:
        """Whether she has waited for long."""
        return self.minutes >= LONG_MINUTES

    @property
    def waited(self) -> str:
        """``12 min.``"""
        return waited(self.minutes)


def waiting(told: Sequence[Mapping[str, Any]], now: datetime) -> list[Waiting]:
    """All who wait, as intake told it, the first number first."""
    return [_one(one, now) for one in told]


def _one(told: Mapping[str, Any], now: datetime) -> Waiting:
    at = datetime.fromisoformat(told["at"])
    themes = tuple(told["themes"])
    return Waiting(
        told["check_in_id"],
        told["number"],
        ", ".join(labels.THEMES.get(theme, theme) for theme in themes),
        themes,
        danish.clock(at),
        max(0, int((now - at).total_seconds() // 60)),
        told["by_phone"],
        told["been_before"] is False,
    )


def waited(minutes: int) -> str:
    """``lige kommet``, ``12 min.``, ``1 t. 5 min.``"""
    if minutes < 1:
        return "lige kommet"
    hours, rest = divmod(minutes, 60)
    return f"{hours} t. {rest} min." if hours else f"{rest} min."
