"""The parking lot: events that a reaction failed on, each with its reason, its trace and its whole payload.

``retrying`` events are tried again by themselves, with a delay that doubles. ``parked`` events have used up their
tries and wait for a person. ``held`` events wait behind an earlier one of the same entity. Only the first event of an
entity is ever tried, so order is kept.
"""

import asyncio
import contextlib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from shared.contracts.envelope import Envelope
from shared.persistence.connection import Connection
from shared.persistence.database import Database
from shared.telemetry.logging import CPR

POLL_S = 1.0
REASON_LIMIT = 2000
TRACE_LIMIT = 8000
SUBJECT_LIMIT = 600

HEADS = """
SELECT p.id, p.reaction, p.body, p.attempts FROM parked p
WHERE p.reaction = ANY($1) AND p.state <> 'parked' AND p.next_attempt <= now()
  AND NOT EXISTS (SELECT 1 FROM parked q WHERE q.reaction = p.reaction AND q.subject = p.subject AND q.id < p.id)
ORDER BY p.id LIMIT 100
"""

ARRIVE = """
INSERT INTO parked (reaction, event_id, subject, bus_subject, body, state, attempts, next_attempt, reason, trace)
SELECT $1, $2::uuid, $3, $4, $5::bytea, $6, $7::int, now() + $8::interval, $9, $10
WHERE NOT EXISTS (SELECT FROM handled WHERE reaction = $1 AND event_id = $2)
ON CONFLICT (reaction, event_id) DO NOTHING
"""
"""Comes to nothing when the event is here already, or was done or dropped before."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an event is here, in one line, and where it happened."""

    reason: str
    trace: str = ""

    @classmethod
    def of(cls, failure: BaseException) -> "Failure":
        """The failure as it is kept: bounded, newest frames last."""
        trace = "".join(traceback.format_exception(failure))
        return cls(_text(f"{type(failure).__name__}: {failure}")[:REASON_LIMIT], _text(trace)[-TRACE_LIMIT:])


@dataclass(frozen=True, slots=True)
class Due:
    """An event whose turn has come."""

    id: int
    reaction: str
    body: bytes
    attempts: int


def _text(found: str) -> str:
    """A text that PostgreSQL can keep, whatever bytes a malformed message brought into it."""
    return found.encode(errors="backslashreplace").decode().replace("\0", "\\0")


class ParkingLot:
    """The parked events of one service's reactions."""

    def __init__(self, database: Database, *, attempts: int = 6, delay_s: float = 0.2):
        self._database, self._attempts, self._delay_s = database, attempts, delay_s
        self._changed = asyncio.Event()

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after so many tries."""
        return timedelta(seconds=min(self._delay_s * 2.0 ** (attempts - 1), 300))

    async def park_malformed(self, reaction: str, body: bytes, bus_subject: str, reason: str) -> None:
        """Keep what cannot even be read as an event; it holds nobody, and a person must look.

        Its id is made from its bytes, so that it is parked once however often it is delivered.
        """
        event_id, where = uuid5(NAMESPACE_OID, sha256(body).hexdigest()), _text(bus_subject)[:SUBJECT_LIMIT]
        await self._database.pool.execute(
            ARRIVE,
            reaction,
            event_id,
            f"{where} {event_id}",  # an entity of its own: others with that subject do not wait for it
            where,
            body,
            "parked",
            1,
            timedelta(),
            _text(reason)[:REASON_LIMIT],
            "",
        )

    async def hold_if_queued(self, reaction: str, envelope: Envelope, body: bytes, bus_subject: str) -> bool:
        """Line the event up if an earlier one of its entity is here; whether it was."""
        async with self._database.connection() as connection:  # asked for every event
            queued = await connection.fetchval(
                "SELECT true FROM parked WHERE reaction = $1 AND subject = $2 LIMIT 1", reaction, envelope.subject
            )
        if not queued:
            return False
        await self._arrive(reaction, envelope, body, bus_subject, "held", 0, Failure("an earlier event is parked"))
        return True

    async def retry_later(
        self, reaction: str, envelope: Envelope, body: bytes, bus_subject: str, failure: Failure
    ) -> None:
        """Keep an event whose first try failed."""
        state = "retrying" if self._attempts > 1 else "parked"
        await self._arrive(reaction, envelope, body, bus_subject, state, 1, failure)

    async def _arrive(
        self,
        reaction: str,
        envelope: Envelope,
        body: bytes,
        bus_subject: str,
        state: str,
        attempts: int,
        failure: Failure,
    ) -> None:
        wait = self.delay(attempts) if attempts else timedelta()
        await self._database.pool.execute(
            ARRIVE,
            reaction,
            envelope.id,
            envelope.subject,
            bus_subject,
            body,
            state,
            attempts,
            wait,
            failure.reason,
            failure.trace,
        )
        self._changed.set()

    async def failed_again(self, parked_id: int, attempts: int, failure: Failure) -> str:
        """Note another failed try; the state it is in now."""
        state = "parked" if attempts >= self._attempts else "retrying"
        await self._database.pool.execute(
            "UPDATE parked SET state = $2, attempts = $3, next_attempt = now() + $4, reason = $5, trace = $6"
            " WHERE id = $1",
            parked_id,
            state,
            attempts,
            self.delay(attempts),
            failure.reason,
            failure.trace,
        )
        return state

    async def due(self, reactions: list[str]) -> list[Due]:
        """The heads of the entities' queues whose time has come."""
        rows = await self._database.pool.fetch(HEADS, reactions)
        return [Due(row["id"], row["reaction"], row["body"], row["attempts"]) for row in rows]

    async def wait(self) -> None:
        """Until something changed or might have become due."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(
                min(POLL_S, self._delay_s)
            ):  # wait_for may swallow a cancellation that comes with the event
                await self._changed.wait()
        self._changed.clear()

    async def count(self) -> int:
        """Events that wait for a person."""
        return int(await self._database.pool.fetchval("SELECT count(*) FROM parked WHERE state = 'parked'"))


async def listed(connection: Connection) -> list[dict[str, Any]]:
    """Everything parked, oldest first, without payload: for `loeft parked list`."""
    rows = await connection.fetch(
        "SELECT id, reaction, event_id, subject, state, attempts, next_attempt, first_failed, reason"
        " FROM parked ORDER BY id"
    )
    return [dict(row) for row in rows]


async def listed_of(connection: Connection, municipalities: Sequence[str]) -> list[dict[str, Any]]:
    """The same for some municipalities, with the event's type, and without entities and payloads: for the API."""
    rows = await connection.fetch(
        "SELECT id AS number, reaction, event_id, split_part(bus_subject, '.', 4) AS type, state, attempts,"
        " CASE WHEN state = 'retrying' THEN next_attempt END AS next_attempt, first_failed, reason"
        " FROM parked WHERE split_part(bus_subject, '.', 2) = ANY($1) ORDER BY id",
        municipalities,
    )
    return [dict(row) | {"reason": CPR.sub("[cpr]", row["reason"].partition("\n")[0])} for row in rows]


async def reaction_of(connection: Connection, parked_id: int, municipalities: Sequence[str]) -> str | None:
    """Whose failure it is; None when it is not there (any more), or is another municipality's."""
    found: str | None = await connection.fetchval(
        "SELECT reaction FROM parked WHERE id = $1 AND split_part(bus_subject, '.', 2) = ANY($2)",
        parked_id,
        municipalities,
    )
    return found


async def shown(connection: Connection, parked_id: int) -> dict[str, Any] | None:
    """One parked event with payload and trace: for `loeft parked show`."""
    row = await connection.fetchrow("SELECT * FROM parked WHERE id = $1", parked_id)
    return dict(row) if row else None


async def retry(connection: Connection, parked_id: int) -> bool:
    """Let the service try it again now; False if it is not there (any more). Doing it twice is the same as once."""
    return bool(
        await connection.fetchval(
            "UPDATE parked SET state = 'retrying', attempts = 0, next_attempt = now() WHERE id = $1 RETURNING true",
            parked_id,
        )
    )


async def drop(connection: Connection, parked_id: int) -> UUID | None:
    """Give one up for good: it counts as handled, and what waited behind it goes on; its event's id."""
    async with connection.transaction():
        # first the claim, then the row, as a try does: it is waited for, and nobody waits for both
        event_id: UUID | None = await connection.fetchval(
            "INSERT INTO handled (reaction, event_id) SELECT reaction, event_id FROM parked WHERE id = $1"
            " ON CONFLICT (reaction, event_id) DO UPDATE SET at = handled.at RETURNING event_id",
            parked_id,
        )
        dropped = await connection.fetchval("DELETE FROM parked WHERE id = $1 RETURNING true", parked_id)
        return event_id if dropped else None
