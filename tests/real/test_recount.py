"""Counting the stored histories again, on real PostgreSQL: without the bus, beside a projector that goes on."""

import asyncio

from services.outcomes.effect.definitions import fingerprint
from services.outcomes.effect.fact import Fact
from services.outcomes.projection.histories import encode
from services.outcomes.projection.recount import recount_now
from shared.contracts.envelope import Envelope
from tests.real.projecting import Stage
from tests.real.story import rows
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

        await eventually(right_again, 20)
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


def replace_data(event_id: str) -> Fact:
    """A fact that no rule can count: it ends a participation without saying which."""
    return Fact(event_id, "participation-ended", "courses", "citizen/x", 2, 0, 0, "0101", {})
