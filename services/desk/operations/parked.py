"""Parked events as the operator reads them: what failed, why, and what to do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.desk import labels
from services.desk.operations import words


@dataclass(frozen=True, slots=True)
class Parked:
    """One of them."""

    service: str
    number: int
    title: str
    type: str
    reaction: str
    state: str
    attempts: int
    since: datetime
    reason: str
    what_to_do: str
    can_retry: bool

    @property
    def name(self) -> str:
        """As ``loeft parked`` knows it."""
        return f"{self.service}:{self.number}"


def parked(service: str, item: Mapping[str, Any]) -> Parked:
    """One as its service tells it."""
    can_retry = bool(item["can_retry"]) and item["state"] != "held"
    return Parked(
        service,
        int(item["number"]),
        labels.SERVICES[service],
        item["type"] or "ulæselig",
        item["reaction"],
        words.STATES[item["state"]],
        int(item["attempts"]),
        datetime.fromisoformat(item["first_failed"]),
        item["reason"],
        words.EVENTS_REMEDY[item["state"]] if item["can_retry"] else words.NO_RETRY,
        can_retry,
    )
