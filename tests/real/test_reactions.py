"""Reactions on real NATS and PostgreSQL: one effect an event, in order per entity, and nothing that fails gets lost."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deploy.embedded import NatsServer, PostgresServer
from services.courses.reactions import REACTIONS
from services.courses.state import APPLY
from shared.contracts.courses import CohortOpened, CourseOffered, ParticipationEnded, ParticipationStarted
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import PlacementStarted
from shared.ids import new_id
from shared.messaging import durables, parked
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import decode, encode
from shared.messaging.reactions import Reaction
from shared.messaging.topology import bus_subject
from shared.persistence import Database, Transaction
from tests.conftest import NewDatabase
from tests.real.delivery import connected, reacting, sequences
from tests.real.log_writers import TRACE, append
from tests.real_machines import RealNats, RealPostgres
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

Handler = Callable[[Transaction, PlacementStarted, Envelope], Awaitable[None]]
FAR_AWAY_S = 600.0


@pytest.fixture
async def database(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("courses"))
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def bus(empty_bus: RealNats) -> AsyncIterator[Bus]:
    async with connected(empty_bus.url) as bus:
        yield bus


def placed(citizen_id: UUID | None = None, sequence: int = 1, **given: object) -> Envelope:
    """A citizen started somewhere, as outcomes would publish it."""
    told = PlacementStarted.example().data() | {
        "placement_id": str(new_id()),
        "citizen_id": str(citizen_id or new_id()),
    }
    event = PlacementStarted.model_validate(told | given)
    return Envelope.model_validate(
        {
            "id": new_id(),
            "source": "/loeft/0101/outcomes",
            "type": PlacementStarted.type(),
            "subject": event.subject,
            "time": "2026-03-16T08:00:00Z",
            "recordedtime": "2026-03-16T08:00:00Z",
            "sequence": sequence,
            "correlationid": "the-request",
            "traceparent": TRACE,
            "dataclassification": "personal",
            "data": event.data(),
        }
    )


async def publish(bus: Bus, *envelopes: Envelope) -> None:
    """Without the id that the broker would know a repetition by."""
    for envelope in envelopes:
        await bus.jetstream().publish(bus_subject(envelope), encode(envelope))


async def leave_effect(tx: Transaction, event: PlacementStarted, envelope: Envelope) -> None:
    """An effect that names its cause: the enrolment that ends has the placement's id."""
    ended = ParticipationEnded.example().model_copy(
        update={"citizen_id": event.citizen_id, "enrolment_id": event.placement_id}
    )
    await tx.append(ended)


def reaction(handle: Handler = leave_effect) -> Reaction:
    return Reaction(name="courses-test", event=PlacementStarted, handle=handle, decides=True)


async def effects(database: Database) -> list[Envelope]:
    """What reactions did, in the order in which they did it."""
    return [decode(row["body"]) for row in await database.pool.fetch("SELECT body FROM event_log ORDER BY id")]


async def done(database: Database, *causes: Envelope) -> None:
    """Until each cause has its effect, once, in the order of its entity."""

    async def all_of_them() -> bool:
        found = [UUID(e.causationid or "") for e in await effects(database)]
        assert sorted(found) == sorted(c.id for c in causes), f"{len(found)} of {len(causes)}"
        return True

    await eventually(all_of_them, 15, what="every event has had its effect")


async def lot(database: Database) -> list[dict[str, Any]]:
    async with database.pool.acquire() as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM parked ORDER BY id")]


async def states(database: Database, *expected: str) -> None:
    """Until the lot holds events in exactly these states, oldest first."""

    async def as_expected() -> bool:
        assert tuple(row["state"] for row in await lot(database)) == expected
        return True

    await eventually(as_expected, 15)


async def act(database: Database, what: Callable[..., Awaitable[Any]], number: int) -> Any:
    async with database.pool.acquire() as connection:
        return await what(connection, number)


class Flaky:
    """A handler that raises as long as it is told to, for the placements it is told about."""

    def __init__(self, failure: Exception, *, times: int = 10**9, only: UUID | None = None) -> None:
        self.failure, self.left, self.only = failure, times, only
        self.tried: list[tuple[UUID, float]] = []

    async def __call__(self, tx: Transaction, event: PlacementStarted, envelope: Envelope) -> None:
        self.tried.append((envelope.id, time.monotonic()))
        await leave_effect(tx, event, envelope)
        if self.left > 0 and self.only in (None, event.placement_id):
            self.left -= 1
            raise self.failure


async def test_got_job_ends_the_participations_once_however_often_it_is_delivered(
    bus: Bus, new_database: NewDatabase
) -> None:
    database = Database(await new_database("courses"), APPLY)
    await database.open()
    citizen = new_id()
    started = ParticipationStarted.example().model_copy(
        update={"citizen_id": citizen, "enrolment_id": new_id(), "on": date(2026, 3, 2)}
    )
    await append(database, CourseOffered.example(), CohortOpened.example(), started)
    await append(database, started.model_copy(update={"enrolment_id": new_id()}))
    job, praktik = placed(citizen, kind="ordinary", on="2026-03-16"), placed(citizen, 2, kind="praktik")
    async with reacting(database, bus, *[one for one in REACTIONS if one.name == "courses-end-on-job"]):
        await publish(bus, job, praktik, job, job)
        last = placed(kind="ordinary")
        await publish(bus, last)
        await eventually(
            lambda: database.pool.fetchval("SELECT true FROM handled WHERE event_id = $1", last.id), what="all are done"
        )
    ended = [e for e in await effects(database) if e.name == "participation-ended"]
    assert [(e.data["reason"], e.data["on"], e.causationid) for e in ended] == [
        ("got_job", "2026-03-16", str(job.id))
    ] * 2
    assert len({e.data["enrolment_id"] for e in ended}) == 2
    await database.close()


async def test_the_effect_carries_the_trace_and_its_cause(database: Database, bus: Bus) -> None:
    cause = placed()
    async with reacting(database, bus, reaction()):
        await publish(bus, cause)
        await done(database, cause)
    (effect,) = await effects(database)
    assert effect.correlationid == cause.correlationid
    assert effect.causationid == str(cause.id)
    assert effect.traceparent is not None
    assert effect.traceparent.split("-")[1] == TRACE.split("-")[1], "one trace from the request to the last effect"
    assert effect.traceparent.split("-")[2] != TRACE.split("-")[2], "and a span of its own"


async def test_events_of_an_entity_have_their_effects_in_order(database: Database, bus: Bus) -> None:
    citizens = [new_id() for _ in range(5)]
    causes = [placed(citizens[n % 5], n // 5 + 1) for n in range(100)]
    async with reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)
    assert [UUID(e.causationid or "") for e in await effects(database)] == [cause.id for cause in causes]


async def test_two_processes_of_a_service_share_the_events(database: Database, bus: Bus) -> None:
    causes = [placed() for _ in range(40)]
    async with reacting(database, bus, reaction()), reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)


async def test_a_failure_leaves_neither_effect_nor_mark(database: Database, bus: Bus) -> None:
    async with reacting(database, bus, reaction(Flaky(RuntimeError("no"))), delay_s=FAR_AWAY_S):
        await publish(bus, placed())
        await states(database, "retrying")
    assert await effects(database) == []
    assert await database.pool.fetchval("SELECT count(*) FROM handled") == 0


async def test_who_appends_events_without_saying_so_leaves_none(database: Database, bus: Bus) -> None:
    async with reacting(database, bus, replace(reaction(), decides=False), attempts=1):
        await publish(bus, placed())
        await states(database, "parked")
    assert await effects(database) == []
    assert "declare decides=True" in await database.pool.fetchval("SELECT reason FROM parked")


async def test_tries_again_with_a_growing_delay_until_it_works(database: Database, bus: Bus) -> None:
    flaky, cause = Flaky(RuntimeError("not yet"), times=2), placed()
    async with reacting(database, bus, reaction(flaky), delay_s=0.3):
        await publish(bus, cause)
        await done(database, cause)
        await states(database)
    first, second, third = (moment for _, moment in flaky.tried)
    assert second - first >= 0.3
    assert third - second >= 0.6


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
    assert [row["state"] for row in await lot(database)] == ["retrying"]


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


async def test_a_durable_that_is_deleted_under_it_is_made_again(
    database: Database, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durables, "WATCH_S", 0.1)
    before, after = placed(), placed()
    async with reacting(database, bus, reaction()):
        await publish(bus, before)
        await done(database, before)
        await bus.ask("CONSUMER.DELETE.EVENTS.courses-test")
        await publish(bus, after)
        await done(database, before, after)


async def test_a_durable_that_stands_ahead_of_a_damaged_stream_begins_again(
    database: Database, own_nats: NatsServer
) -> None:
    """The broker gives sequence numbers out again, and its own note of the progress says that they were done."""
    async with connected(own_nats.url) as bus, reacting(database, bus, reaction()):
        before = [placed() for _ in range(40)]
        await publish(bus, *before)
        await done(database, *before)
        generation = bus.generation
        await asyncio.to_thread(own_nats.kill)
        (file,) = own_nats.directory.rglob("EVENTS/msgs/*.blk")
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: bus.connected and bus.generation > generation)
        messages, last = await sequences(bus)
        assert 0 < messages == last < 40, "half of the numbers will be given out a second time"
        after = [placed() for _ in range(10)]
        await publish(bus, *after)
        await done(database, *before, *after)


async def test_a_database_from_an_older_copy_gets_its_effects_again(database: Database, bus: Bus) -> None:
    causes = [placed() for _ in range(10)]
    async with reacting(database, bus, reaction()):
        await publish(bus, *causes)
        await done(database, *causes)
    await database.pool.execute("ALTER TABLE event_log DISABLE TRIGGER append_only")
    await database.pool.execute("DELETE FROM event_log WHERE id > 4")
    await database.pool.execute("DELETE FROM handled WHERE event_id <> ALL($1)", [cause.id for cause in causes[:4]])
    await database.pool.execute("UPDATE reading SET sequence = 4")
    async with reacting(database, bus, reaction()):
        await done(database, *causes)


async def test_a_message_of_another_subject_is_left_to_whom_it_concerns(database: Database, bus: Bus) -> None:
    """A damaged broker repeats what it finds under the number of a message that waits for its acknowledgement."""
    other = placed()
    async with reacting(database, bus, reaction()) as running:
        await running.react(running.reactions[0], encode(other), "evt.0101.courses.participation-started.x")
    assert await effects(database) == []
    assert await lot(database) == []


async def test_a_database_that_is_away_makes_events_come_again(bus: Bus, own_postgres: PostgresServer) -> None:
    database = Database(await RealPostgres(own_postgres.admin_dsn).fresh("courses"))
    await database.open()
    citizen = new_id()
    waiting, before, during, after = placed(), placed(citizen), placed(citizen, 2), placed(citizen, 3)
    flaky = Flaky(RuntimeError("no"), times=1, only=UUID(waiting.data["placement_id"]))
    async with reacting(database, bus, reaction(flaky), delay_s=2):
        await publish(bus, waiting)
        await states(database, "retrying")
        await publish(bus, before)
        await done(database, before)
        await asyncio.to_thread(own_postgres.kill)
        await publish(bus, during, after)
        await eventually(lambda: _info(bus, "num_ack_pending"), what="one is in our hands, and cannot be done")
        await asyncio.to_thread(own_postgres.start)
        await done(database, waiting, before, during, after)
        await states(database)
    of_the_citizen = [e.causationid for e in await effects(database) if e.subject == f"citizen/{citizen}"]
    assert of_the_citizen == [str(cause.id) for cause in (before, during, after)]
    await database.close()


async def _info(bus: Bus, figure: str) -> int:
    info = await bus.ask("CONSUMER.INFO.EVENTS.courses-test")
    return int(info[figure])
