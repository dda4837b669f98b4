"""What the operator may ask of each service about events that a reaction failed on, and the second try."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from deploy.services import SERVICES
from shared.ids import new_id
from shared.web import Role
from tests.real.answers import refused
from tests.real.running_services import RunningServices

SINCE = datetime(2026, 3, 1, 8, tzinfo=UTC)
REASON = "ValidationError: 1 validation error for X\ncpr\n  [input_value='010179-0001']"


async def parked(services: RunningServices, service: str, reaction: str = "nobodys", municipality: str = "0101") -> int:
    """The number of an event that waits for a person: of a reaction that does not run, so it stays."""
    event_id = new_id()
    number: int = await services.of[service].database.fetchval(
        "INSERT INTO parked (reaction, event_id, subject, bus_subject, body, state, attempts, reason, first_failed)"
        " VALUES ($1, $2, $3, $4, 'secret', 'parked', 6, $5, $6) RETURNING id",
        reaction,
        event_id,
        f"citizen/{event_id}",
        f"evt.{municipality}.intake.citizen-registered.{event_id}",
        REASON,
        SINCE,
    )
    return number


async def listed(services: RunningServices, service: str, municipality: str = "0101") -> dict[int, dict[str, Any]]:
    answer = await services.caller(service, [Role.OPERATOR], municipality).get("/parked")
    assert "secret" not in answer.text
    assert "010179" not in answer.text
    return {item["number"]: item for item in answer.json()}


async def state_of(services: RunningServices, service: str, number: int) -> tuple[str, int]:
    row = await services.of[service].database.fetchrow("SELECT state, attempts FROM parked WHERE id = $1", number)
    assert row is not None
    return row["state"], row["attempts"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_parked_event_is_told_without_what_it_tells(services: RunningServices, service: str) -> None:
    number = await parked(services, service)
    item = (await listed(services, service))[number]
    UUID(item.pop("event_id"))
    assert item == {
        "number": number,
        "reaction": "nobodys",
        "type": "citizen-registered",
        "state": "parked",
        "attempts": 6,
        "first_failed": "2026-03-01T08:00:00Z",
        "next_attempt": None,
        "reason": "ValidationError: 1 validation error for X",
        "can_retry": True,
    }


@pytest.mark.parametrize("service", SERVICES)
async def test_a_retry_lets_the_service_try_again_and_twice_is_once(services: RunningServices, service: str) -> None:
    number = await parked(services, service)
    operator = services.caller(service, [Role.OPERATOR])
    for _ in range(2):
        assert (await operator.post(f"/parked/{number}/retry")).json() == {"waiting": True}
        assert await state_of(services, service, number) == ("retrying", 0)
    assert (await listed(services, service))[number]["next_attempt"] is not None


async def test_what_is_not_there_any_more_is_no_failure(services: RunningServices) -> None:
    operator = services.caller("courses", [Role.OPERATOR])
    answer = await operator.post(f"/parked/{2**63 - 1}/retry")
    assert (answer.status_code, answer.json()) == (200, {"waiting": False})
    refused(await operator.post(f"/parked/{2**63}/retry"), 422, "invalid")


async def test_the_projectors_are_not_tried_again(services: RunningServices) -> None:
    number = await parked(services, "outcomes", "projector")
    assert (await listed(services, "outcomes"))[number]["can_retry"] is False
    answer = await services.caller("outcomes", [Role.OPERATOR]).post(f"/parked/{number}/retry")
    refused(answer, 409, "projector-cannot-retry")
    assert await state_of(services, "outcomes", number) == ("parked", 6)


async def test_another_municipalitys_events_are_not_there(services: RunningServices) -> None:
    number = await parked(services, "intake")
    assert number not in await listed(services, "intake", "0147")
    other = services.caller("intake", [Role.OPERATOR], "0147")
    assert (await other.post(f"/parked/{number}/retry")).json() == {"waiting": False}
    assert await state_of(services, "intake", number) == ("parked", 6)
