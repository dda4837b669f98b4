"""A reaction whose effects can be told apart, what it is told, and what became of it."""

import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from shared.contracts.courses import ParticipationEnded
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import PlacementStarted
from shared.ids import new_id
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import decode, encode
from shared.messaging.reactions import Reaction
from shared.messaging.topology import bus_subject
from shared.persistence import Database, Transaction
from tests.real.log_writers import TRACE
from tests.waiting import eventually

Handler = Callable[[Transaction, PlacementStarted, Envelope], Awaitable[None]]
FAR_AWAY_S = 600.0


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

    await eventually(all_of_them, what="every event has had its effect")


async def lot(database: Database) -> list[dict[str, Any]]:
    async with database.pool.acquire() as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM parked ORDER BY id")]


async def states(database: Database, *expected: str) -> None:
    """Until the lot holds events in exactly these states, oldest first."""

    async def as_expected() -> bool:
        assert tuple(row["state"] for row in await lot(database)) == expected
        return True

    await eventually(as_expected)


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
