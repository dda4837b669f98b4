"""The rebuild on real NATS and PostgreSQL: from nothing to the same figures, while everything goes on."""

import asyncio
from random import Random

import pytest

from services.outcomes.projection import projector_table, rebuild
from services.outcomes.projection.rebuild import rebuild_from_bus
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.problems import Unavailable
from tests.real.projecting import Stage
from tests.real.story import changed, rows
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

SWAPPED = ("fact", "cell", "alias", "projector")


async def test_gives_the_same_cells_as_the_living_projection(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        living = await stage.cells()
        checked = await stage.rebuilt()
        assert (checked.events, checked.cells, checked.differences) == (len(told), len(living), 0)
        assert await stage.database.pool.fetchval("SELECT to_regnamespace('rebuild') IS NULL"), "nothing is left behind"
        assert (await stage.rebuilt(swap=True)).differences == 0
        assert await stage.cells() == living
        assert await stage.facts() == len(told)


async def test_a_projector_of_small_batches_counts_the_same(stage: Stage, told: list[Envelope]) -> None:
    await stage.publish(rows(told))
    async with stage.projecting(batch=3) as projector:
        await stage.settled()
        await eventually(lambda: projector.folded == len(told))  # counted just after the commit
    assert (await stage.rebuilt()).differences == 0


async def test_finds_what_is_wrong_and_puts_it_right(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        right = await stage.cells()
        await stage.database.pool.execute("UPDATE cell SET n = n + 1 WHERE key = (SELECT min(key) FROM cell)")
        await stage.database.pool.execute("DELETE FROM cell WHERE key = (SELECT max(key) FROM cell)")
        await stage.database.pool.execute(
            "INSERT INTO cell (key, kind, municipality, n) VALUES ('[\"funnel\",\"9999\"]', 'funnel', '9999', 7)"
        )
        assert (await stage.rebuilt()).differences == 3
        assert await stage.cells() != right, "a check changes nothing"
        assert (await stage.rebuilt(swap=True)).differences == 3
        assert await stage.cells() == right
        assert (await stage.rebuilt()).differences == 0


async def test_repetitions_any_order_and_strange_messages_change_nothing(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        straight = await stage.cells()
        shuffled = told[::2] + told[::3]
        Random(3).shuffle(shuffled)
        for row in rows(shuffled):
            await stage.bus.jetstream().publish(row.bus_subject, row.body.encode())
        strange = [b"no event", b"{}", _with(told[0], id="not-a-uuid"), _with(told[0], subject="citizen/\\u0000")]
        strange.append(_with(told[0], sequence="99999999999"))
        for body in strange:
            await stage.bus.jetstream().publish("evt.0101.intake.citizen-registered.x", body)
        await stage.settled()
        assert await stage.cells() == straight
        rebuilt = await stage.rebuilt(swap=True)
        assert rebuilt.events == len(told) + len(shuffled) + len(strange)
        assert rebuilt.differences == 0
        await stage.settled()
        assert await stage.cells() == straight
        assert await stage.database.pool.fetchval("SELECT count(*) FROM parked") == len(strange)


def _with(envelope: Envelope, **attributes: str) -> bytes:
    (row,) = rows([envelope])
    body = row.body
    for name, value in attributes.items():
        before, _, rest = body.partition(f'"{name}":"')
        body = f'{before}"{name}":"{value}"{rest.partition(chr(34))[2]}'
    return body.encode()


async def test_events_that_come_while_it_runs_are_not_lost(stage: Stage, told: list[Envelope]) -> None:
    """Three swaps under a projector that commits all the time."""
    done = asyncio.Event()

    async def keep_telling() -> None:
        for start in range(0, len(told), 7):
            await stage.publish(rows(told[start : start + 7]))
        done.set()

    async with stage.projecting():
        telling = asyncio.create_task(keep_telling())
        swaps = 0
        while swaps < 3 or not done.is_set():
            await stage.rebuilt(swap=True)
            swaps += 1
        await telling
        await stage.settled()
        assert await stage.facts() == len(told)
        assert (await stage.rebuilt()).differences == 0


async def test_a_projector_that_waits_takes_up_what_came_while_it_ran(stage: Stage, told: list[Envelope]) -> None:
    """The rebuild puts back what it read; the projector had folded more, and nothing comes that would fence it."""
    pool = stage.database.pool
    async with stage.projecting():
        await stage.publish(rows(told[:50]))
        await stage.settled()
        for table in SWAPPED:
            await pool.execute(f"CREATE TABLE read_{table} AS TABLE {table}")
        await stage.publish(rows(told[50:60]))
        await stage.settled()
        async with pool.acquire() as connection, connection.transaction():
            for table in SWAPPED:
                await connection.execute(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM read_{table}")
            await connection.execute("UPDATE projector SET owner = owner + 1")
        await stage.settled()
        assert await stage.facts() == 60
        assert (await stage.rebuilt()).differences == 0


async def test_readers_see_the_old_figures_or_the_new_ones(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
    right = sum((await stage.cells()).values())
    await stage.database.pool.execute("UPDATE cell SET n = n + 1000")
    wrong = sum((await stage.cells()).values())
    seen: set[int] = set()
    done = asyncio.Event()

    async def read() -> None:
        while not done.is_set():
            seen.add(int(await stage.database.pool.fetchval("SELECT coalesce(sum(n), 0) FROM cell")))

    reading = asyncio.create_task(read())
    await eventually(lambda: wrong in seen)
    await stage.rebuilt(swap=True)
    await eventually(lambda: right in seen)
    done.set()
    await reading
    assert seen == {wrong, right}


async def test_the_swap_and_a_commit_do_not_wait_for_each_other(stage: Stage, told: list[Envelope]) -> None:
    """A projector that commits holds the tables and wants the checkpoint; so the swap takes them in that order."""
    async with stage.projecting():
        await stage.publish(rows(told[:50]))
        await stage.settled()
    connection = await stage.database.connect()
    await connection.execute("BEGIN")
    await connection.execute("DELETE FROM fact WHERE entity = 'citizen/nobody'")
    swapping = asyncio.create_task(stage.rebuilt(swap=True))
    await eventually(
        lambda: stage.database.pool.fetchval("SELECT true FROM pg_locks WHERE NOT granted LIMIT 1"), what="it waits"
    )
    assert await connection.fetchval("SELECT sequence FROM projector FOR UPDATE") == 50
    await connection.execute("COMMIT")
    await connection.close()
    assert (await swapping).events == 50


async def test_a_rebuild_that_was_killed_leaves_the_living_projection_and_the_next_one_alone(
    stage: Stage, told: list[Envelope]
) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        living = await stage.cells()
        halfway = asyncio.Event()

        def progress(_: int) -> None:
            halfway.set()

        killed = asyncio.create_task(
            rebuild_from_bus(stage.database, stage.bus, stage.settings.stream, swap=True, progress=progress)
        )
        await halfway.wait()
        killed.cancel()
        await asyncio.gather(killed, return_exceptions=True)
        assert await stage.cells() == living
        assert (await stage.rebuilt(swap=True)).differences == 0


async def test_one_at_a_time(stage: Stage) -> None:
    connection = await stage.database.connect()
    await connection.execute("SELECT pg_advisory_lock($1)", rebuild.LOCK)
    with pytest.raises(Unavailable, match="rebuild-running"):
        await stage.rebuilt()
    await connection.close()


@pytest.mark.timeout(180)
async def test_it_may_take_longer_than_a_session_may_sit_in_a_transaction(stage: Stage, told: list[Envelope]) -> None:
    """A minute, else: ten million events take longer."""
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
    database = await stage.database.pool.fetchval("SELECT current_database()")
    await stage.database.pool.execute(f'ALTER DATABASE "{database}" SET idle_in_transaction_session_timeout = 1')
    assert (await stage.rebuilt(swap=True)).differences == 0


async def test_a_stream_whose_end_was_purged_does_not_make_it_wait(stage: Stage, told: list[Envelope]) -> None:
    assert (await stage.rebuilt(swap=True)).events == 0
    await stage.publish(rows(told[:20]))
    await stage.publish(rows([changed(told[0], id=new_id(), subject="course/gone")]))
    await stage.bus.ask("STREAM.PURGE.EVENTS", {"filter": "evt.*.*.*.gone"})
    assert (await stage.rebuilt(swap=True)).events == 20
    await stage.bus.ask("STREAM.PURGE.EVENTS")
    assert (await stage.rebuilt(swap=True)).events == 0


async def test_the_projector_goes_on_from_where_it_was_swapped(stage: Stage, told: list[Envelope]) -> None:
    await stage.publish(rows(told[:100]))
    await stage.rebuilt(swap=True)
    async with stage.database.pool.acquire() as connection:
        epoch = (await projector_table.take_over(connection)).epoch
    await stage.publish(rows(told[100:]))
    async with stage.projecting() as projector:
        await stage.settled()
        await eventually(lambda: projector.folded == len(told) - 100)  # counted just after the commit
    assert await stage.database.pool.fetchval("SELECT epoch FROM projector") == epoch
    assert await stage.facts() == len(told)
