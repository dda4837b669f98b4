"""The projection again from nothing: every event of the stream, into tables of its own, swapped in at once or compared.

Two passes, so that memory does not grow with history. The first copies facts into an unindexed table as they arrive;
the second reads them by the index of their entities and counts one history at a time. The tables live in the schema
``rebuild``, so the statements of the living ones work on them as they are. Readers see the old figures or the new ones.

A fact that breaks its history when it comes is left out, as the living projector does, which has parked it. Whoever was
erased counts what was kept of her (``rebuilt_erasures``).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from nats.aio.msg import Msg

from services.outcomes.effect.definitions import fingerprint
from services.outcomes.effect.fact import fact_from_json
from services.outcomes.projection import fact_table, projector_table
from services.outcomes.projection.batch import UNCOUNTABLE
from services.outcomes.projection.rebuilt_erasures import Reading, catch_up, count_erased, living_of, take_over
from services.outcomes.projection.recount import count_histories
from shared.messaging.bus import Bus
from shared.messaging.feed import Feed, FeedLost, position_of
from shared.persistence.connection import OwnConnection
from shared.persistence.database import Database
from shared.problems import Unavailable

CHUNK = 20_000

SHADOW = """
DROP SCHEMA IF EXISTS rebuild CASCADE;
CREATE SCHEMA rebuild;
CREATE TABLE rebuild.fact (LIKE public.fact INCLUDING ALL EXCLUDING INDEXES);
CREATE TABLE rebuild.cell (LIKE public.cell INCLUDING ALL);
CREATE TABLE rebuild.alias (LIKE public.alias INCLUDING ALL);
CREATE TABLE rebuild.erased (LIKE public.erased INCLUDING ALL);
CREATE TABLE rebuild.kept_cell (LIKE public.kept_cell INCLUDING ALL);
SET search_path = rebuild, public;
"""
PATIENT = "SET idle_in_transaction_session_timeout = 0"
"""The server ends whoever sits in a transaction for a minute; to read millions of events takes longer."""
ROOM = "SET work_mem = '128MB'; SET maintenance_work_mem = '256MB'"
UNIQUE = "ALTER TABLE rebuild.fact ADD CONSTRAINT fact_pkey PRIMARY KEY (entity, event_id)"
RECORDED = "CREATE INDEX fact_recorded ON rebuild.fact USING brin (recorded)"
DEDUPLICATE = """
DELETE FROM rebuild.fact a USING rebuild.fact b
WHERE a.entity = b.entity AND a.event_id = b.event_id AND a.ctid > b.ctid
"""
LOCK = 0x52656275  # "Rebu": one rebuild at a time, there is one schema for it
WAIT_S = 10.0
WAIT_FOR_COMMITS = "LOCK TABLE public.fact, public.cell, public.alias IN ACCESS EXCLUSIVE MODE"
"""Before the checkpoint is taken over: a projector that commits has the tables first and wants the checkpoint next."""
SWAP = """
DROP TABLE public.fact, public.cell, public.alias;
ALTER TABLE rebuild.fact SET SCHEMA public;
ALTER TABLE rebuild.cell SET SCHEMA public;
ALTER TABLE rebuild.alias SET SCHEMA public;
DROP SCHEMA rebuild CASCADE;
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild read and counted, and in how many cells the living projection differed."""

    events: int
    cells: int
    differences: int


async def rebuild_from_bus(
    database: Database,
    bus: Bus,
    stream: str,
    *,
    swap: bool = True,
    progress: Callable[[int], None] = lambda _: None,
) -> Rebuilt:
    """Count everything anew from the stream; ``swap`` puts it in the place of the living projection.

    Without ``swap`` it is compared as of the living checkpoint, and the living tables stay as they are. Raises
    Unavailable while another rebuild runs, FeedLost when the broker goes away meanwhile.
    """
    connection = await database.connect()
    snapshot = await database.connect()
    reader = Bus(bus.url, name="rebuild", bodies_only=True)
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            raise Unavailable("rebuild-running", "Another rebuild is running", "Wait until it has ended.")
        await reader.open(allow_unsafe=True)
        for waiting in (connection, snapshot):
            await waiting.execute(PATIENT)
        # what the living projection is compared with does not move while we count
        await snapshot.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        checkpoint = await snapshot.fetchrow("SELECT sequence FROM projector")
        living = await living_of(snapshot)
        state = (await bus.ask(f"STREAM.INFO.{stream}"))["state"]
        end = state["last_seq"] if swap else min(state["last_seq"], checkpoint["sequence"] if checkpoint else 0)
        await connection.execute(ROOM)
        # one transaction: what is copied into where it was made needs no write-ahead log, and no page is written twice
        async with connection.transaction():
            await connection.execute(SHADOW)
            reading = Reading(living)
            events, last = await _copy(connection, reader, stream, end, reading, progress)
            await _make_unique(connection)
            await connection.execute(RECORDED)
            await count_histories(connection, reading.aliases, reading.erased)
            await count_erased(connection, reading, living)
            cells = await connection.fetchval("SELECT count(*) FROM rebuild.cell")
            differences = await _differences(snapshot, connection)
            await snapshot.execute("ROLLBACK")  # the swap waits for whoever still reads the old tables
            if swap:
                await connection.execute(WAIT_FOR_COMMITS)
                taken = await projector_table.take_over(connection)
                await catch_up(connection, reading, living)
                await take_over(connection, reading)
                await connection.execute(SWAP)
                await projector_table.save_checkpoint(
                    connection, projector_table.Checkpoint(taken.epoch, *last, taken.owner)
                )
                await projector_table.save_definitions(connection, taken.owner, fingerprint())
            else:
                await connection.execute("DROP SCHEMA rebuild CASCADE")
        return Rebuilt(events, cells, differences)
    finally:
        await reader.close()
        await snapshot.close()
        await connection.close()


async def _copy(
    connection: OwnConnection, bus: Bus, stream: str, end: int, reading: Reading, progress: Callable[[int], None]
) -> tuple[int, tuple[int, UUID | None, int | None]]:
    """The first pass: facts into the table, in the order they come; how many, and the last one read.

    That is its sequence, its id if it is an event, and when it was stored.
    """
    events = 0
    last: tuple[int, UUID | None, int | None] = 0, None, None
    rows: list[fact_table.FactRow] = []
    writing: asyncio.Task[None] | None = None
    async for messages in _messages(bus, stream, end):
        for message in messages:
            try:
                rows += reading.rows(fact_from_json(message.data))
            except UNCOUNTABLE:
                continue  # the living projector parked it
        events += len(messages)
        position = position_of(messages[-1])
        last = position.sequence, id_of(messages[-1]), position.stored
        progress(len(messages))
        if len(rows) >= CHUNK:
            if writing is not None:
                await writing
            writing = asyncio.create_task(_write(connection, rows))
            rows = []
    if writing is not None:
        await writing
    await _write(connection, rows)
    return events, last


def id_of(message: Msg) -> UUID | None:
    """The id by which the stream is known again; None if the message is no event."""
    try:
        return UUID(fact_from_json(message.data).id)
    except ValueError:
        return None


async def _messages(bus: Bus, stream: str, end: int) -> AsyncIterator[list[Msg]]:
    if end == 0:
        return
    feed = Feed(bus, stream)
    try:
        waiting = await feed.open()
        while waiting:
            messages = await feed.batch(wait_s=WAIT_S)
            if not messages:
                raise FeedLost(f"{waiting} messages did not come")
            last = position_of(messages[-1])
            if last.sequence > end:
                messages = [message for message in messages if position_of(message).sequence <= end]
            if messages:
                yield messages
            if last.sequence >= end:
                return
            waiting = last.pending
    finally:
        await feed.close()


async def _write(connection: OwnConnection, rows: list[fact_table.FactRow]) -> None:
    await connection.copy_records_to_table("fact", schema_name="rebuild", records=rows, columns=fact_table.FACT)


async def _make_unique(connection: OwnConnection) -> None:
    """A history is a set, and the stream may hold an event twice."""
    try:
        async with connection.transaction():
            await connection.execute(UNIQUE)
    except asyncpg.UniqueViolationError:
        await connection.execute(DEDUPLICATE)
        await connection.execute(UNIQUE)


async def _differences(snapshot: OwnConnection, connection: OwnConnection) -> int:
    """In how many cells the living projection, as it was when we began, differs from the rebuilt one.

    Side by side in the order of their keys: a jobcenter's life has a million cells, too many to keep in memory.
    """
    living, rebuilt = _by_key(snapshot, "public.cell"), _by_key(connection, "rebuild.cell")
    different, one, other = 0, await anext(living, None), await anext(rebuilt, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            different, one = different + 1, await anext(living, None)
        elif one is None or other[0] < one[0]:
            different, other = different + 1, await anext(rebuilt, None)
        else:
            different += one[1] != other[1]
            one, other = await anext(living, None), await anext(rebuilt, None)
    return different


async def _by_key(connection: OwnConnection, table: str) -> AsyncIterator[tuple[str, int]]:
    """Every cell of a table, in the order that Python gives texts, too."""
    await connection.execute(f'DECLARE cells NO SCROLL CURSOR FOR SELECT key, n FROM {table} ORDER BY key COLLATE "C"')
    while rows := await connection.fetch(f"FETCH {CHUNK} FROM cells"):
        for row in rows:
            yield row["key"], row["n"]
    await connection.execute("CLOSE cells")
