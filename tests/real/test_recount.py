"""Counting the stored histories again, on real PostgreSQL: without the bus, beside a projector that goes on."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from services.outcomes.effect.definitions import fingerprint
from services.outcomes.effect.fact import Fact
from services.outcomes.projection import alias_table, cell_table, kept
from services.outcomes.projection import recount as recount_module
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.counting import Counting
from services.outcomes.projection.histories import EncodedFacts, encode
from services.outcomes.projection.part import Part
from services.outcomes.projection.recount import count_histories, recount_now
from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode
from tests.real.projecting import Stage
from tests.real.story import rows
from tests.reference.histories import history
from tests.waiting import eventually

SPOIL = "UPDATE cell SET n = n + 1"


async def test_definitions_that_changed_are_counted_by_at_the_next_start(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        right = await stage.cells()
    await stage.database.pool.execute(SPOIL)
    async with stage.projecting():
        await stage.settled()
        assert await stage.cells() != right, "nothing is counted anew where nothing changed"
    await stage.database.pool.execute("UPDATE projector SET definitions = 'those of last year'")
    async with stage.projecting() as projector:

        async def right_again() -> bool:
            return await stage.cells() == right

        await eventually(right_again)
        assert projector.folded == 0, "the bus was not read"
    assert await stage.database.pool.fetchval("SELECT definitions FROM projector") == fingerprint()


async def test_a_projector_goes_on_from_what_was_counted(stage: Stage, told: list[Envelope]) -> None:
    """It is fenced in the middle of its work, as often as it takes, and nothing is counted twice or not at all."""
    published = rows(told)
    async with stage.projecting():
        for start in range(0, len(published), 40):
            await asyncio.gather(
                stage.publish(published[start : start + 40]),
                recount_now(stage.database) if start % 200 == 0 else asyncio.sleep(0),
            )
        await stage.settled()
        assert await stage.facts() == len(told)
        assert (await stage.rebuilt()).differences == 0


async def test_a_long_reader_holds_up_neither_it_nor_others(stage: Stage, told: list[Envelope]) -> None:
    """A backup reads the table from its beginning to its end: cells are then copied over instead of swapped."""
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
    right = await stage.cells()
    await stage.database.pool.execute("UPDATE cell SET n = n + 1")
    backup = await stage.database.connect()
    await backup.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    wrong = {row["key"]: row["n"] for row in await backup.fetch("SELECT key, n FROM cell")}
    await recount_now(stage.database)
    assert await stage.cells() == right
    assert {row["key"]: row["n"] for row in await backup.fetch("SELECT key, n FROM cell")} == wrong
    await backup.close()
    await recount_now(stage.database)
    assert await stage.cells() == right
    assert await stage.database.pool.fetchval("SELECT to_regnamespace('recount') IS NULL"), "nothing is left behind"


@pytest.mark.parametrize("after", [1, 2, 3, 4, 7])
async def test_broken_off_while_it_counts_it_leaves_everything_as_it_was(
    stage: Stage, told: list[Envelope], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The connection must be free for the rollback, though the next facts were being fetched."""
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
    before = await stage.cells()
    connection = await stage.database.connect()
    owner = await connection.fetchval("SELECT owner FROM projector")
    with monkeypatch.context() as patched:
        patched.setattr(recount_module, "CHUNK", 3)
        patched.setattr(recount_module, "BREATHE_EVERY", 1)
        patched.setattr(recount_module, "Counting", breaking_off(after))
        with pytest.raises(asyncio.CancelledError):
            await recount_module.recount(connection, owner)
    assert not connection.is_in_transaction()
    assert await stage.cells() == before
    await recount_module.recount(connection, owner)
    await connection.close()
    assert await stage.cells() == before


def breaking_off(after: int) -> type[Counting]:
    """Counting that has its own task cancelled when it has taken so many histories."""

    class BreakingOff(Counting):
        taken = 0

        def take(self, entities: Iterable[tuple[str, EncodedFacts]]) -> None:
            super().take(entities)
            self.taken += 1
            if self.taken == after:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()

    return BreakingOff


async def test_a_fact_that_breaks_its_history_is_left_out(stage: Stage, told: list[Envelope]) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        right = await stage.cells()
    ended = next(envelope.id for envelope in told if envelope.name == "participation-ended")
    await stage.database.pool.execute(
        "UPDATE fact SET body = $2 WHERE event_id = $1", ended, encode(replace_data(str(ended)))
    )
    await recount_now(stage.database)
    assert not await stage.database.pool.fetchval("SELECT true FROM fact WHERE event_id = $1", ended)
    without = await stage.cells()
    assert without != right
    assert sum(abs(right.get(key, 0) - without.get(key, 0)) for key in right | without) <= 6, "one citizen's cells"


async def test_parts_of_the_stored_histories_add_up_to_the_whole(stage: Stage) -> None:
    events = history(Random(11), citizens=60)
    async with stage.projecting():
        await stage.publish(rows([decode(json.dumps(event)) for event in events]))
        await stage.settled()
    aliases = Aliases()
    for pair in await alias_table.aliases(stage.database.pool):
        aliases.unite(*pair)
    assert any(Part(number, 3).strays(aliases) for number in range(3)), "somebody's ids are of different parts"
    sums: Counter[str] = Counter()
    for number in range(3):
        part = await counted_part(stage, aliases, Part(number, 3))
        assert part
        sums.update(part)
    for cell, n in (await kept.cells(stage.database.pool)).items():
        sums[cell_table.cell_row(cell, n)[0]] += n  # of the erased, who have no histories
    assert {key: n for key, n in sums.items() if n} == await stage.cells()


async def counted_part(stage: Stage, aliases: Aliases, part: Part) -> dict[str, int]:
    """The cells that a worker of one part counts; the tables stay as they were."""
    async with stage.database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await count_histories(connection, aliases, part=part)
        cells = {row["key"]: row["n"] for row in await connection.fetch("SELECT key, n FROM cell")}
        await transaction.rollback()
        return cells


def replace_data(event_id: str) -> Fact:
    """A fact that no rule can count: it ends a participation without saying which."""
    return Fact(event_id, "participation-ended", "courses", "citizen/x", 2, 0, 0, "0101", {})
