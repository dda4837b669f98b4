"""The event log on real PostgreSQL: versions without gap, append-only, and a reading order that loses nothing.

Each interleaving here is constructed: transactions are held open and ended by the test, one step after the other.
"""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import asyncpg
import pytest

from shared.contracts.outcomes import CompanyRegistered
from shared.ids import new_id
from shared.messaging.cloudevents import decode
from shared.persistence import Database
from shared.persistence.connection import OwnConnection
from shared.persistence.event_log import LogReader, Row, rows_up_to
from tests.conftest import NewDatabase
from tests.real.log_writers import ORIGIN, append, entity_and_version, held_open, registered
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

USUAL_ADVICE = """
SELECT id, subject, version FROM event_log
WHERE xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY xmin::text::bigint, id
"""


@pytest.fixture
async def log(new_database: NewDatabase) -> AsyncIterator[Database]:
    database = Database(await new_database("intake"))
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def reading(log: Database) -> AsyncIterator[OwnConnection]:
    connection = await log.connect()
    yield connection
    await connection.close()


def ids(rows: list[Row]) -> list[int]:
    return [row.id for row in rows]


async def test_a_transaction_held_open_makes_nothing_skipped(log: Database, reading: OwnConnection) -> None:
    reader = LogReader()
    async with held_open(log.address) as first:
        await first.append(registered())
        await append(log, registered())
        naive = [row["id"] for row in await reading.fetch("SELECT id FROM event_log WHERE id > 0 ORDER BY id")]
        assert naive == [2], "who remembers the last id goes on after 2 and never sees 1"
        assert await reader.read(reading) == []
        assert reader.waiting_for_gap
        await first.commit()
        assert ids(await reader.read(reading)) == [1, 2]
        assert not reader.waiting_for_gap


async def test_an_open_transaction_is_waited_for_even_if_its_xid_is_above_the_snapshot(
    log: Database, reading: OwnConnection
) -> None:
    """``pg_snapshot_xmax`` is one past the last *ended* transaction: an open one may be at or above it."""
    reader = LogReader()
    async with held_open(log.address) as early, held_open(log.address) as late:
        early_xid = await early.take_xid()
        await late.append(registered())
        await early.append(registered())
        await early.commit()
        xmin = await reading.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        assert xmin > early_xid, "by the horizon nobody is left who could fill id 1"
        assert await reader.read(reading) == []
        await late.commit()
        assert ids(await reader.read(reading)) == [1, 2]


async def test_the_usual_advice_breaks_the_order_of_an_entity_and_ours_does_not(
    log: Database, reading: OwnConnection
) -> None:
    citizen = new_id()
    async with held_open(log.address) as early:
        await early.take_xid()  # any write does that: an idempotency key, an access log, another entity
        await append(log, registered(citizen))
        assert await early.append(registered(citizen)) == 2
        await early.commit()
    usual = [row["version"] for row in await reading.fetch(USUAL_ADVICE)]
    ours = [entity_and_version(row.body)[1] for row in await LogReader().read(reading)]
    assert usual == [2, 1]
    assert ours == [1, 2]


async def test_ids_that_were_rolled_back_are_passed(log: Database, reading: OwnConnection) -> None:
    async with held_open(log.address) as given_up:
        await given_up.append(registered())
        await given_up.rollback()
    await append(log, registered())
    assert ids(await LogReader().read(reading)) == [2]


async def test_a_rollback_under_the_reader_is_passed_when_nobody_can_fill_the_id(
    log: Database, reading: OwnConnection
) -> None:
    reader = LogReader()
    async with held_open(log.address) as first, held_open(log.address) as second:
        await first.append(registered())
        await second.append(registered())
        await append(log, registered())
        assert await reader.read(reading) == []
        await first.rollback()
        assert await reader.read(reading) == [], "id 2 can still come"
        await second.commit()
        assert ids(await reader.read(reading)) == [2, 3]


async def test_two_gaps_are_judged_one_after_the_other(log: Database, reading: OwnConnection) -> None:
    reader = LogReader()
    async with held_open(log.address) as first, held_open(log.address) as third:
        await first.append(registered())
        await append(log, registered())
        await third.append(registered())
        await append(log, registered())
        assert await reader.read(reading) == []
        await first.rollback()
        # id 1 is given up only when both have ended: the reader cannot know which of them drew it
        assert await reader.read(reading) == []
        await third.commit()
        assert ids(await reader.read(reading)) == [2, 3, 4]
        assert ids(await reader.read(reading)) == []


async def test_who_writes_elsewhere_holds_nobody_up(log: Database, reading: OwnConnection) -> None:
    async with held_open(log.address) as elsewhere, held_open(log.address) as given_up:
        await elsewhere.execute("INSERT INTO handled (reaction, event_id) VALUES ('x', $1)", new_id())
        await given_up.append(registered())
        await given_up.rollback()
        await append(log, registered())
        assert ids(await LogReader().read(reading)) == [2]


async def test_a_savepoint_that_was_undone_is_passed_while_its_transaction_goes_on(
    log: Database, reading: OwnConnection
) -> None:
    async with held_open(log.address) as undone:
        await undone.execute("SAVEPOINT before")
        await undone.append(registered())
        await undone.execute("ROLLBACK TO before")
        await append(log, registered())
        assert ids(await LogReader().read(reading)) == [2]


async def test_reads_in_chunks_from_a_cursor(log: Database, reading: OwnConnection) -> None:
    await append(log, *[registered() for _ in range(7)])
    reader = LogReader(2)
    assert ids(await reader.read(reading, limit=3)) == [3, 4, 5]
    assert ids(await reader.read(reading, limit=3)) == [6, 7]
    assert ids(await reader.read(reading, limit=3)) == []
    assert [ids(rows) async for rows in rows_up_to(reading, 5, limit=2)] == [[1, 2], [3, 4], [5]]


async def test_reading_to_the_end_waits_for_open_transactions(log: Database, reading: OwnConnection) -> None:
    """An export that stopped at a gap would leave out what was committed long before."""
    found: list[int] = []

    async def everything() -> None:
        async for rows in LogReader().rest(reading):
            found.extend(ids(rows))

    async with held_open(log.address) as middle, held_open(log.address) as given_up:
        await append(log, registered())
        await middle.append(registered())
        await given_up.append(registered())
        await append(log, registered())
        export = asyncio.create_task(everything())
        await eventually(lambda: found == [1])
        await given_up.rollback()
        await middle.commit()
        await export
    assert found == [1, 2, 4]


async def test_concurrent_appends_to_one_entity_count_without_gap(log: Database, reading: OwnConnection) -> None:
    citizen = new_id()

    async def one(number: int) -> None:
        async with log.transaction(ORIGIN) as tx:
            await tx.append(registered(citizen))
            if number % 5 == 0:
                raise KeyError("a rule said no")

    outcomes = await asyncio.gather(*(one(number) for number in range(100)), return_exceptions=True)
    assert sum(isinstance(outcome, KeyError) for outcome in outcomes) == 20
    rows = [row async for chunk in LogReader().rest(reading) for row in chunk]
    assert [entity_and_version(row.body) for row in rows] == [(f"citizen/{citizen}", n) for n in range(1, 81)]
    assert await reading.fetchval("SELECT version FROM entity WHERE subject = $1", f"citizen/{citizen}") == 80


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_random_transactions_are_all_read_once_in_the_order_of_each_entity(
    log: Database, reading: OwnConnection, seed: int
) -> None:
    """Sixteen writers of five entities, some rolled back, all interleaved; one reader beside them."""
    chance, citizens = Random(seed), [new_id() for _ in range(5)]
    read: list[Row] = []
    done = asyncio.Event()

    async def write() -> None:
        for _ in range(8):
            chosen = sorted(chance.sample(citizens, chance.randint(1, 3)))  # one order of locks: no deadlocks
            try:
                async with log.transaction(ORIGIN) as tx:
                    for citizen in chosen:
                        await tx.append(registered(citizen))
                        for _ in range(chance.randint(0, 3)):
                            await asyncio.sleep(0)
                    if chance.random() < 0.2:
                        raise KeyError("a rule said no")
            except KeyError:
                continue

    async def follow() -> None:
        reader = LogReader()
        while True:
            last = done.is_set()
            rows = await reader.read(reading, limit=10)
            read.extend(rows)
            if last and not rows and not reader.waiting_for_gap:
                return

    following = asyncio.create_task(follow())
    await asyncio.gather(*(write() for _ in range(16)))
    done.set()
    await following
    stored = [row["id"] for row in await reading.fetch("SELECT id FROM event_log ORDER BY id")]
    assert ids(read) == stored
    versions: dict[str, list[int]] = {}
    for row in read:
        entity, version = entity_and_version(row.body)
        versions.setdefault(entity, []).append(version)
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values()), versions


@pytest.mark.parametrize("change", ["UPDATE event_log SET body = ''", "DELETE FROM event_log", "TRUNCATE event_log"])
async def test_is_append_only(log: Database, reading: OwnConnection, change: str) -> None:
    await append(log, registered())
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await reading.execute(change)
    assert await reading.fetchval("SELECT count(*) FROM event_log") == 1


async def test_an_event_is_stored_with_its_version_origin_and_trace(log: Database, reading: OwnConnection) -> None:
    event = CompanyRegistered.example()
    await append(log, event, event)
    rows = await LogReader().read(reading)
    first, second = (decode(row.body) for row in rows)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.id == rows[0].event_id != second.id
    assert first.correlationid == ORIGIN.correlation_id
    assert first.traceparent == ORIGIN.traceparent
    assert first.data == event.data()
    assert rows[0].bus_subject == f"evt.0101.outcomes.company-registered.{event.entity_id}"
