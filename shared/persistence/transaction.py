"""One transaction: what a command or a reaction loads, changes and appends commits together or not at all.

Only ``Database.transaction`` begins and commits. A handler never does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from shared import crash
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.registry import payload, schema_address
from shared.ids import new_id
from shared.messaging.cloudevents import decode, encode
from shared.messaging.topology import LARGEST_EVENT, bus_subject
from shared.persistence.change import Appliers, told_apart, with_change
from shared.persistence.connection import Connection
from shared.persistence.event_log import APPEND, APPEND_ALL, IMPORT
from shared.problems import Invalid, Refused, Unavailable

if TYPE_CHECKING:
    from shared.web.principal import Principal

NewRow = tuple[UUID, str, str, str, str]
"""Event id, subject, subject on the bus, and the text before and after the sequence."""

_UNSEQUENCED = '"sequence":"0"'


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a transaction runs: the request or job behind it, the event that caused it, who asks and for what."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None
    caller: "Principal | None" = None
    purpose: str = ""
    expected_version: int | None = None


@dataclass(slots=True)
class Transaction:
    """An open transaction of one service. Use it inside ``async with database.transaction(…)`` only."""

    connection: Connection
    origin: Origin
    now: datetime
    appliers: Appliers
    appended: list[Envelope] = field(default_factory=list)
    _waiting: list[tuple[str, tuple[object, ...]]] | None = None

    async def fetch(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """All rows of a query."""
        await self._write()
        return await self.connection.fetch(sql, *arguments)

    async def fetchrow(self, sql: str, *arguments: object) -> asyncpg.Record | None:
        """The first row of a query, or None."""
        await self._write()
        return await self.connection.fetchrow(sql, *arguments)

    async def fetchval(self, sql: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        await self._write()
        return await self.connection.fetchval(sql, *arguments)

    async def execute(self, sql: str, *arguments: object) -> None:
        """Run a statement that answers nothing.

        While many events are applied, equal statements that follow each other go out together.
        """
        if self._waiting is None:
            await self.connection.execute(sql, *arguments)
            return
        if self._waiting and self._waiting[0][0] != sql:
            await self._write()
        self._waiting.append((sql, arguments))

    async def _write(self) -> None:
        """Run the statements that wait, in one round trip."""
        if not self._waiting:
            return
        sql, together = self._waiting[0][0], [arguments for _, arguments in self._waiting]
        self._waiting.clear()
        if len(together) == 1:
            await self.connection.execute(sql, *together[0])
        else:
            await self.connection.executemany(sql, together)

    async def one_at_a_time(self, what: str) -> None:
        """Wait until no other transaction of this service that named ``what`` is open; later ones wait for this one."""
        await self.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", what)

    def new_id(self) -> UUID:
        """A fresh random id."""
        return new_id()

    async def append(self, event: Event, *, happened: datetime | None = None) -> int:
        """Store the event as its entity's next version and apply it to the service's tables; the version.

        ``happened`` is when it happened in the world, if that is not now. The entity stays locked until the commit.
        """
        return (await self.append_all([event], happened=happened))[0]

    async def append_all(self, events: Sequence[Event], *, happened: datetime | None = None) -> list[int]:
        """The same for several events, stored in one statement and applied in their order; their versions."""
        if not events:
            return []
        drafts = [self._draft(event, happened or self.now) for event in events]
        rows = [_row(draft) for draft in drafts]
        if len(rows) == 1:
            return [await self._append_one(events[0], drafts[0], rows[0])]
        by_id = dict(await self.connection.fetch(APPEND_ALL, *map(list, zip(*rows, strict=True))))
        crash.point("command.stored")
        self._waiting = []
        for event, draft in zip(events, drafts, strict=True):
            await self.apply(event, _numbered(draft, by_id[draft.id]))
        await self._write()
        self._waiting = None
        return [draft.sequence for draft in drafts]

    async def _append_one(self, event: Event, draft: Envelope, row: NewRow) -> int:
        """Store an event and apply it: in one statement where its change is one."""
        change, _ = told_apart(self.appliers.get(type(event)))
        if change is None:
            version: int = await self.connection.fetchval(APPEND, *row)
            crash.point("command.stored")
            await self.apply(event, _numbered(draft, version))
            return version
        statement = change(event, draft.time)
        version = await self.connection.fetchval(with_change(APPEND, statement.sql), *row, *statement.arguments)
        crash.point("command.stored")
        self.appended.append(_numbered(draft, version))
        crash.point("command.applied")
        return version

    def _draft(self, event: Event, happened: datetime) -> Envelope:
        """The event's envelope, but for its sequence, which is the database's to give."""
        origin, kind = self.origin, type(event)
        return Envelope.model_construct(
            id=new_id(),
            source=f"/loeft/{event.municipality}/{kind.service}",
            type=kind.type(),
            subject=event.subject,
            time=happened.astimezone(UTC),
            recordedtime=self.now,
            sequence=0,
            correlationid=origin.correlation_id,
            causationid=origin.causation_id,
            dataschema=schema_address(kind),
            dataclassification=kind.classification,
            traceparent=origin.traceparent,
            data=event.data(),
        )

    async def store(self, envelope: Envelope) -> bool:
        """Store an event that exists already (an import), with its own id and sequence; False if it was here before.

        Raises Refused when another event has its id, or that sequence of that entity, or when it is filed under another
        entity than the one it tells of.
        """
        event = must_be_filed_under_its_entity(envelope)
        try:
            version = await self.connection.fetchval(
                IMPORT,
                envelope.id,
                envelope.subject,
                envelope.sequence,
                bus_subject(envelope),
                _text(envelope),
            )
        except asyncpg.UniqueViolationError as taken:
            raise Refused(
                "sequence-taken",
                f"{envelope.subject} has another event with sequence {envelope.sequence} in {envelope.service}",
                "The service that owns an entity numbers its events 1, 2, 3 … Was this file made elsewhere?",
            ) from taken
        if version is None:
            await self._must_be_the_same(envelope)
            return False
        await self.apply(event, envelope)
        return True

    async def _must_be_the_same(self, envelope: Envelope) -> None:
        """Refuse an event that tells something else than the one which has its id."""
        there = decode(await self.connection.fetchval("SELECT body FROM event_log WHERE event_id = $1", envelope.id))
        if _facts(there) != _facts(envelope):
            raise Refused(
                "id-taken",
                f"{envelope.type} {envelope.id} differs from the event of {envelope.service} that has its id",
                "An event is never changed. What is new or corrected is an event of its own, with an id of its own.",
            )

    async def apply(self, event: Event, envelope: Envelope) -> None:
        """Change the service's tables as a stored event asks for it. All events again, in order, give the same rows."""
        self.appended.append(envelope)
        change, write = told_apart(self.appliers.get(type(event)))
        if change is not None:
            statement = change(event, envelope.time)
            await self.execute(statement.sql, *statement.arguments)
        elif write is not None:
            await write(self, event, envelope)
        crash.point("command.applied")

    async def expect(self, subject: str) -> None:
        """Refuse when the caller saw another version of this entity than the one that stands (409).

        Nothing is compared when the request names no version.
        """
        expected = self.origin.expected_version
        if expected is None:
            return
        version = await self.fetchval("SELECT version FROM entity WHERE subject = $1 FOR UPDATE", subject) or 0
        if version != expected:
            raise Refused(
                "version-conflict",
                f"{subject} has changed since you read it",
                f"You expected version {expected}; it is {version} now. Read it again, then decide again.",
                version=version,
            )

    async def log_read(self, citizen_id: UUID, what: str) -> None:
        """Log that the caller reads this citizen's data, before any of it leaves. Raises Unavailable if it cannot."""
        await self.log_reads([citizen_id], what)

    async def log_reads(self, citizens: Sequence[UUID], what: str, *, once_in: timedelta = timedelta()) -> None:
        """The same for many citizens who are told of together, in one statement.

        ``once_in`` is for lists that look again by themselves: what the caller was told before, so lately, is one look.
        """
        caller = self.origin.caller
        assert caller is not None, "only a caller's request reads a citizen's data"
        try:
            await self.connection.execute(
                "INSERT INTO access_log (caller, municipality, citizen_id, what, purpose, correlation_id)"
                " SELECT $1, $2, citizen_id, $4, $5, $6 FROM unnest($3::uuid[]) AS told (citizen_id)"
                " WHERE $7 = interval '0' OR NOT EXISTS (SELECT FROM access_log AS before"
                " WHERE before.citizen_id = told.citizen_id AND before.at > now() - $7"
                " AND before.caller = $1 AND before.what = $4 AND before.purpose = $5)",
                caller.subject,
                caller.municipality,
                citizens,
                what,
                self.origin.purpose or "sagsbehandling",
                self.origin.correlation_id,
                once_in,
            )
        except (asyncpg.PostgresError, OSError) as failure:
            raise Unavailable(
                "access-log-unavailable",
                "The read could not be logged, so nothing is shown",
                "Every read of a citizen's data must be logged first. Try again; tell operations if it goes on.",
            ) from failure


def _row(draft: Envelope) -> NewRow:
    """What ``APPEND`` stores of an event: the version is put into the text where it is stored."""
    head, _, tail = _text(draft).partition(_UNSEQUENCED)
    return draft.id, draft.subject, bus_subject(draft), head + '"sequence":"', '"' + tail


def must_be_filed_under_its_entity(envelope: Envelope) -> Event:
    """The event in an envelope. Raises Refused when its subject is another entity than the one it tells of."""
    event = payload(envelope)
    if event.subject != envelope.subject:
        raise Refused(
            "wrong-subject",
            f"{envelope.type} {envelope.id} is filed under {envelope.subject}, but tells of {event.subject}",
            "Correct the event's subject where it was made.",
        )
    return event


def _facts(envelope: Envelope) -> tuple[object, ...]:
    """What an event tells, however it was written down."""
    return envelope.type, envelope.subject, envelope.sequence, envelope.time, envelope.recordedtime, payload(envelope)


def _numbered(draft: Envelope, version: int) -> Envelope:
    """The envelope with its sequence. It is not out yet, so nobody can have seen it without: no copy is needed."""
    vars(draft)["sequence"] = version
    return draft


def _text(envelope: Envelope) -> str:
    """The event as the log keeps it. Raises Invalid when the bus could not carry it: the relay would stop there."""
    body = encode(envelope)
    if len(body) > LARGEST_EVENT:
        raise Invalid(
            "event-too-large",
            f"{envelope.type} would be {len(body)} bytes; the bus carries {LARGEST_EVENT}",
            "Send less at a time.",
        )
    return body.decode()
