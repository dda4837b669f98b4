"""What the tests of assessment start from: a citizen, a course, measured areas, job profiles."""

from typing import Any
from uuid import UUID

import httpx

from shared.contracts.outcomes import OrderPlaced
from tests.real.running_service import RunningService, publish
from tests.real_machines import RealNats
from tests.waiting import eventually

CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
COURSE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04")
ORDER = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08")


async def reached(service: RunningService, question: str) -> None:
    """Wait until the database says yes."""

    async def yes() -> bool:
        return bool(await service.database.fetchval(question))

    await eventually(yes, what=question)


def area(number: int, low: int, high: int, **given: Any) -> dict[str, Any]:
    """A measured area whose level is its lowest."""
    numbers = {"area": number, "level": low, "level_low": low, "level_high": high}
    return numbers | {"ability": -0.42, "standard_error": 0.31, "items": 5} | given


def finished(*areas: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A body that records a test."""
    return {"bank_version": "2026.1", "calibrated": False, "purpose": "entry", "areas": list(areas)} | given


def profile(*demands: tuple[int, int], **given: Any) -> dict[str, Any]:
    """A body that publishes a profile."""
    body = {
        "title": "Social- og sundhedshjælper",
        "occupation": {"scheme": "DISCO-08", "code": "5322"},
        "demands": [{"area": number, "level": level} for number, level in demands],
        "tasks": ["Dokumenterer i den elektroniske omsorgsjournal"],
    }
    return body | given


async def published(desk: httpx.AsyncClient, *demands: tuple[int, int]) -> str:
    """The id of a profile that was just published."""
    answer = await desk.post("/profiles", json=profile(*demands))
    assert answer.status_code == 201, answer.text
    profile_id: str = answer.json()["profile_id"]
    return profile_id


async def placed(service: RunningService, nats: RealNats, **given: Any) -> str:
    """The id of an order that assessment knows: of a company, with these demands or this profile."""
    asks_nothing = {"profile_id": None, "demands": []}
    order = OrderPlaced.model_validate(OrderPlaced.example().model_dump() | asks_nothing | given)
    await publish(nats, order)
    await reached(service, f"SELECT true FROM known_order WHERE order_id = '{order.order_id}'")
    return str(order.order_id)
