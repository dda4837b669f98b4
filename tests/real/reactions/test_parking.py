"""What cannot be done is parked with its reason, and holds up its own entity only."""

import asyncio
import json
from uuid import UUID

import asyncpg
import pytest

from shared.ids import new_id
from shared.messaging import parked
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import encode
from shared.persistence import Database
from tests.real.delivery import reacting
from tests.real.reactions.effects import FAR_AWAY_S, Flaky, act, done, effects, lot, placed, publish, reaction, states
from tests.waiting import eventually

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "failure",
    [
        ValueError("the rule has a bug"),
        OSError("no such file"),
        asyncpg.InterfaceError("the server expects 1 argument for this query, 2 were passed"),
        RuntimeError("with a null character \0 and half a \ud83d"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_what_fails_for_ever_is_parked_with_reason_trace_and_payload(
    database: Database, bus: Bus, failure: Exception
) -> None:
    """Whatever it raises: an error that looks like a lost database is no reason to stand in everybody's way."""
    poison = placed()
    flaky = Flaky(failure, only=UUID(poison.data["placement_id"]))
    others = [placed() for _ in range(5)]
    async with reacting(database, bus, reaction(flaky), attempts=3, delay_s=0.01):
        await publish(bus, poison, *others)
        await done(database, *others)
        await states(database, "parked")
    (row,) = await lot(database)
    assert row["reaction"] == "courses-test"
    assert row["attempts"] == 3
    assert row["reason"].startswith(f"{type(failure).__name__}: ")
    assert "raise self.failure" in row["trace"]
    assert bytes(row["body"]) == encode(poison)
    assert row["subject"] == poison.subject
    assert [event_id for event_id, _ in flaky.tried].count(poison.id) == 3
    async with database.pool.acquire() as connection:
        assert [item["id"] for item in await parked.listed(connection)] == [row["id"]]
        assert (await parked.shown(connection, row["id"]) or {})["trace"] == row["trace"]


async def test_an_entity_that_is_held_up_holds_up_no_other(database: Database, bus: Bus) -> None:
    poison = placed()
    flaky = Flaky(RuntimeError("no"), only=UUID(poison.data["placement_id"]))
    others = [placed() for _ in range(50)]
    async with reacting(database, bus, reaction(flaky), delay_s=FAR_AWAY_S):
        await publish(bus, poison, *others)
        await done(database, *others)  # long before the next try of the poison
        await states(database, "retrying")


@pytest.mark.parametrize("way_out", ["retry", "drop"])
async def test_later_events_of_the_entity_wait_and_then_run_in_order(
    database: Database, bus: Bus, way_out: str
) -> None:
    citizen = new_id()
    first, *later = (placed(citizen, number) for number in range(1, 5))
    flaky = Flaky(RuntimeError("no"), only=UUID(first.data["placement_id"]))
    async with reacting(database, bus, reaction(flaky), attempts=1):
        await publish(bus, first, *later[:2])
        await states(database, "parked", "held", "held")
        assert await effects(database) == []
        flaky.left = 0
        number = (await lot(database))[0]["id"]
        assert await act(database, parked.retry if way_out == "retry" else parked.drop, number)
        await publish(bus, later[2])
        expected = [first, *later] if way_out == "retry" else later
        await done(database, *expected)
        await states(database)
    assert [UUID(e.causationid or "") for e in await effects(database)] == [cause.id for cause in expected]


async def test_retrying_twice_is_the_same_as_once(database: Database, bus: Bus) -> None:
    cause = placed()
    flaky = Flaky(RuntimeError("no"), times=1)
    async with reacting(database, bus, reaction(flaky), attempts=1):
        await publish(bus, cause)
        await states(database, "parked")
        number = (await lot(database))[0]["id"]
        assert any(await asyncio.gather(*(act(database, parked.retry, number) for _ in range(5))))
        await done(database, cause)
        await states(database)
        assert not await act(database, parked.retry, number), "it is not there any more"
        await publish(bus, cause)
        after = placed()
        await publish(bus, after)
        await done(database, cause, after)


async def test_a_dropped_event_does_not_come_back_with_a_redelivery(database: Database, bus: Bus) -> None:
    cause, after = placed(), placed()
    flaky = Flaky(RuntimeError("no"), only=UUID(cause.data["placement_id"]))
    async with reacting(database, bus, reaction(flaky), attempts=1):
        await publish(bus, cause)
        await bus.jetstream().publish("evt.0101.outcomes.placement-started.x", b"this is no event")
        await states(database, "parked", "parked")
        for row in await lot(database):
            assert await act(database, parked.drop, row["id"]) == row["event_id"]
            assert await act(database, parked.drop, row["id"]) is None
        await publish(bus, cause)
        await bus.jetstream().publish("evt.0101.outcomes.placement-started.x", b"this is no event")
        await publish(bus, after)
        await done(database, after)
        await states(database)


def _changed(**attributes: object) -> bytes:
    return json.dumps(json.loads(encode(placed())) | attributes).encode()


MALFORMED = {
    "no JSON": b"this is no event",
    "null characters": b'{"specversion":"1.0","id":"\\u0000\x00"}',
    "not UTF-8": b"\xff\xfe\x00",
    "no CloudEvent": b"[]",
    "an unknown type": _changed(type="dk.loeft.outcomes.placement-dreamt.v1"),
    "a payload against the contract": _changed(data={"municipality": "0101", "kind": "\u0000"}),
    "another entity's": _changed(subject="citizen/018f3a52-0000-7000-8000-000000000000"),
}


async def test_malformed_messages_are_parked_and_stop_nobody(database: Database, bus: Bus) -> None:
    after = placed()
    async with reacting(database, bus, reaction(), attempts=2, delay_s=0.01):
        for body in (*MALFORMED.values(), *MALFORMED.values()):
            await bus.jetstream().publish("evt.0101.outcomes.placement-started.x", body)
        await publish(bus, after)
        await done(database, after)
        await states(database, *["parked"] * len(MALFORMED))
        rows = await lot(database)
        assert [bytes(row["body"]) for row in rows] == list(MALFORMED.values())
        assert all(row["reason"] for row in rows)
        assert {row["bus_subject"] for row in rows} == {"evt.0101.outcomes.placement-started.x"}
        # a retry of the last one waits for no other, and comes to the same end
        assert await act(database, parked.retry, rows[-1]["id"])

        async def tried_again() -> bool:
            row = (await lot(database))[-1]
            return bool(row["state"] == "parked" and row["attempts"] == 2)

        await eventually(tried_again)
