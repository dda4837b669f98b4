"""After a start the projector has the histories touched last at hand again, and they are those of the tables."""

from collections.abc import Iterable

import pytest

from deploy import synthetic
from services.outcomes.projection import fact_table, warming
from services.outcomes.projection.histories import Facts
from shared.messaging.cloudevents import decode
from shared.persistence.connection import Connection
from shared.persistence.event_log import Row
from tests.real.projecting import Stage
from tests.real.story import rows
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

SEED, CITIZENS, BATCH = 5, 30, 7


@pytest.fixture
def told() -> list[Row]:
    """What happened at a made-up jobcenter, in the order in which it was told."""
    return rows([decode(line) for line in synthetic.lines(SEED, CITIZENS)])


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterable[set[str]]:
    """The entities whose facts are read from the tables."""
    asked: set[str] = set()
    original = fact_table.earlier_facts_of

    async def noting(connection: Connection, entities: list[str], fresh: list[tuple[str, str]]) -> dict[str, Facts]:
        asked.update(entities)
        return await original(connection, entities, fresh)

    monkeypatch.setattr(fact_table, "earlier_facts_of", noting)
    return asked


async def test_after_a_start_nothing_that_was_touched_is_read_a_second_time(
    stage: Stage, told: list[Row], read: set[str]
) -> None:
    half = len(told) // 2
    async with stage.projecting():
        await stage.publish(told[:half])
        await stage.settled()
    known = {row["entity"] for row in await stage.database.pool.fetch("SELECT DISTINCT entity FROM fact")}
    async with stage.projecting() as projector:
        await eventually(lambda: projector.warmed, what="the histories are at hand")
        warmed = set(read)
        read.clear()
        await stage.publish(told[half:])
        await stage.settled()
    assert warmed == {entity for entity in known if entity.startswith(("citizen/", "company/", "order/"))}
    assert not read & known
    assert (await stage.rebuilt()).differences == 0


async def test_batches_that_come_while_histories_are_read_are_counted_as_ever(
    stage: Stage, told: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "AT_ONCE", 1)
    half = len(told) // 2
    async with stage.projecting():
        await stage.publish(told[:half])
        await stage.settled()
    async with stage.projecting(batch=BATCH) as projector:
        await stage.publish(told[half:])
        await stage.settled()
        await eventually(lambda: projector.warmed, what="the histories are at hand")
        await stage.publish(told[half::3])  # told again
        await stage.settled()
    assert (await stage.rebuilt()).differences == 0
