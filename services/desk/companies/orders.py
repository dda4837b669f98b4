"""Job orders: what outcomes tells of them laid out for pages, and what a form says of one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.desk import labels

UNNAMED = "Jobordre uden titel"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A job order in words."""

    order_id: str
    company_id: str
    company: str
    title: str
    kind: str
    seats: int
    demands: tuple[str, ...]
    expectations: str
    visible_in_app: bool
    profile_id: str | None
    placed: datetime
    closed: datetime | None
    closed_reason: str | None

    @property
    def places(self) -> str:
        """How many it seeks."""
        return f"{self.seats} {'plads' if self.seats == 1 else 'pladser'}"


def order(told: Told) -> Order:
    """An order as outcomes tells it."""
    return Order(
        told["order_id"],
        told["company_id"],
        told["company_name"] or "En virksomhed, vi ikke kender navnet på",
        told["title"] or UNNAMED,
        labels.PLACEMENT_KINDS.get(told["kind"]) or told["kind"],
        told["seats"],
        demands(told["demands"]),
        told["expectations"],
        told["visible_in_app"],
        told["profile_id"],
        datetime.fromisoformat(told["placed"]),
        datetime.fromisoformat(told["closed"]) if told["closed"] else None,
        told["closed_reason"],
    )


def demands(told: list[Told]) -> tuple[str, ...]:
    """What is asked for, area by area: ``Sikkerhed: niveau 3 (øvet)``."""
    return tuple(
        f"{labels.AREAS[str(one['area'])]}: {labels.level(one['level'])}"
        for one in sorted(told, key=lambda one: int(one["area"]))
    )


def body(sent: Mapping[str, str], *, weights: Mapping[int, float] | None = None) -> dict[str, Any]:
    """The command that a form asks for. An area keeps the weight that it has; the form does not show it."""
    kept = weights or {}
    asked = [(int(area), sent.get(f"demand_{area}", "")) for area in labels.AREAS]
    return {
        "title": sent.get("title") or None,
        "kind": sent.get("kind", ""),
        "seats": sent.get("seats", ""),
        "demands": [{"area": area, "level": level, "weight": kept.get(area, 1.0)} for area, level in asked if level],
        "profile_id": sent.get("profile_id") or None,
        "expectations": sent.get("expectations", ""),
        "visible_in_app": sent.get("visible_in_app") == "true",
    }


def weights(told: Told) -> dict[int, float]:
    """How much each area of an order matters."""
    return {one["area"]: one["weight"] for one in told["demands"]}


def levels(told: Told) -> dict[str, int]:
    """The level that an order asks for, by area as a form's field names it."""
    return {str(one["area"]): one["level"] for one in told["demands"]}
