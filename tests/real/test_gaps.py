"""Gaps in the sequences of entities, on real NATS and PostgreSQL: alarmed, and healed from the owner's log."""

import pytest

from services.outcomes.projection import gaps
from services.outcomes.projection.projector import Projector
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.persistence.event_log import Row
from tests.conftest import NewDatabase
from tests.real.log_writers import append, entity_and_version, registered
from tests.real.projecting import Stage
from tests.real.story import changed, rows, story
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

A_WEEK_S = 7 * 24 * 3600.0


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "SETTLE_S", 0.02)
    monkeypatch.setattr(gaps, "ASK_AGAIN_S", 0.2)


def courses_story() -> list[Envelope]:
    return [envelope for envelope in story("naestved-2021.jsonl") if envelope.service == "courses"]


def middle_of_an_entity(told: list[Envelope]) -> Envelope:
    """An event that has others of its entity before and behind it."""
    return next(e for e in told if e.sequence == 2 and any(o.subject == e.subject and o.sequence == 3 for o in told))


async def known_gaps(stage: Stage) -> list[tuple[str, str, int]]:
    found = await stage.database.pool.fetch("SELECT entity, service, missing FROM gap ORDER BY entity, missing")
    return [(row["entity"], row["service"], row["missing"]) for row in found]


async def whole(stage: Stage, number: int) -> None:
    """Until the projector has this many events, and misses none."""

    async def as_expected() -> bool:
        assert await stage.facts() == number
        assert await known_gaps(stage) == []
        return True

    await eventually(as_expected)


async def alarmed(stage: Stage, projector: Projector, *expected: tuple[str, str, int]) -> None:
    """Until exactly these events are known to be missing, in the table and to the projector, which goes on."""

    async def as_expected() -> bool:
        assert await known_gaps(stage) == list(expected)
        assert projector.missing == len(expected)
        assert projector.checks() == {"projector": ""}  # the figures still stand
        return True

    await eventually(as_expected)


async def test_what_the_bus_lost_comes_from_the_owners_log(stage: Stage, new_database: NewDatabase) -> None:
    told = courses_story()
    lost = middle_of_an_entity(told)
    kept = await stage.log_of("courses", new_database, told)
    async with stage.projecting() as projector, stage.answering("courses"):
        await stage.publish([row for row in kept if row.event_id != lost.id])
        await whole(stage, len(told))
        await eventually(lambda: projector.missing == 0)
        healed = await stage.cells()
        await stage.publish(kept)  # and when it comes by the bus after all, it changes nothing
        await stage.settled()
        assert await stage.cells() == healed
    assert (await stage.rebuilt()).differences == 0


async def test_a_silent_owner_is_asked_again(stage: Stage, new_database: NewDatabase) -> None:
    told = courses_story()
    lost = middle_of_an_entity(told)
    kept = await stage.log_of("courses", new_database, told)
    async with stage.projecting() as projector:
        await stage.publish([row for row in kept if row.event_id != lost.id])
        await alarmed(stage, projector, (lost.subject, "courses", 2))
        async with stage.answering("courses"):
            await whole(stage, len(told))
            await eventually(lambda: projector.missing == 0)


async def test_a_silent_owner_is_asked_again_while_other_events_keep_coming(
    stage: Stage, new_database: NewDatabase
) -> None:
    told = courses_story()
    lost = middle_of_an_entity(told)
    kept = await stage.log_of("courses", new_database, told)
    async with stage.projecting() as projector:
        await stage.publish([row for row in kept if row.event_id != lost.id])
        await alarmed(stage, projector, (lost.subject, "courses", 2))
        async with stage.answering("courses"):

            async def one_more_and_healed() -> bool:
                await stage.publish(rows([changed(told[0], id=new_id(), subject=f"course/{new_id()}", sequence=1)]))
                return not await known_gaps(stage)

            await eventually(one_more_and_healed)


async def test_what_the_owner_does_not_have_either_stays_an_alarm(stage: Stage, new_database: NewDatabase) -> None:
    told = courses_story()
    lost = middle_of_an_entity(told)
    kept = await stage.log_of("courses", new_database, [envelope for envelope in told if envelope != lost])
    async with stage.projecting() as projector, stage.answering("courses"):
        await stage.publish(kept)
        await alarmed(stage, projector, (lost.subject, "courses", 2))
        await stage.publish(rows([lost]))
        await whole(stage, len(told))
        await eventually(lambda: projector.missing == 0)


async def test_a_gap_that_nobody_looked_at_before_a_restart_is_found_after_it(
    stage: Stage, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = courses_story()
    lost = middle_of_an_entity(told)
    kept = await stage.log_of("courses", new_database, told)
    with monkeypatch.context() as patch:
        patch.setattr(gaps, "SETTLE_S", A_WEEK_S)
        async with stage.projecting():
            await stage.publish([row for row in kept if row.event_id != lost.id])
            await stage.settled()
    assert await stage.facts() == len(told) - 1
    async with stage.projecting(), stage.answering("courses"):
        await whole(stage, len(told))


async def test_hundreds_of_lost_events_of_one_entity_are_asked_for_in_turns(
    stage: Stage, new_database: NewDatabase
) -> None:
    citizen = new_id()
    await stage.log_of("intake", new_database, [])
    await append(stage.owners["intake"], *[registered(citizen) for _ in range(450)])
    kept = await stage.rows("intake")
    async with stage.projecting(), stage.answering("intake"):
        await stage.publish(kept[-1:])
        await whole(stage, 450)


async def test_a_silly_sequence_fills_neither_memory_nor_table(stage: Stage, new_database: NewDatabase) -> None:
    """Whoever may publish could name any number: two thousand million missing events are not listed."""
    told = courses_story()
    silly = changed(middle_of_an_entity(told), id=new_id(), sequence=2**31 - 1)
    kept = await stage.log_of("courses", new_database, told)
    async with stage.projecting() as projector:
        await stage.publish([*rows([silly]), *kept])
        await stage.settled()

        async def noted() -> bool:
            return len(await known_gaps(stage)) == 200 and projector.missing > 0

        await eventually(noted)
        assert await stage.facts() == len(told) + 1


async def test_an_event_that_cannot_be_counted_is_parked_and_not_missing(
    stage: Stage, new_database: NewDatabase
) -> None:
    """It holds up neither the healing of others nor readiness, and a rebuild leaves it out like the living one."""
    told = courses_story()
    ended = next(e for e in told if e.name == "participation-ended" and e.sequence > 2)
    broken = changed(ended, data={"municipality": "0370", "citizen_id": ended.data["citizen_id"]})
    lost = next(e for e in told if e.sequence == 2 and e.subject not in (ended.subject,) and _goes_on(e, told))
    told = [broken if envelope == ended else envelope for envelope in told]
    kept = rows(told)
    await stage.log_of("courses", new_database, [envelope for envelope in told if envelope != broken])
    await _store_unchecked(stage, broken)
    async with stage.projecting() as projector, stage.answering("courses"):
        await stage.publish([row for row in kept if row.event_id != lost.id])
        await whole(stage, len(told) - 1)
        await eventually(lambda: projector.missing == 0)
        reasons = await stage.database.pool.fetch("SELECT reaction, reason FROM parked")
        assert len(reasons) == 1
        assert reasons[0]["reaction"] == "projector"
        await stage.publish([row for row in kept if row.event_id == lost.id])
        await stage.settled()
        living = await stage.cells()
        assert (await stage.rebuilt()).differences == 0
        await stage.rebuilt(swap=True)
        await stage.settled()
        assert await stage.cells() == living


def _goes_on(envelope: Envelope, told: list[Envelope]) -> bool:
    return any(other.subject == envelope.subject and other.sequence > envelope.sequence for other in told)


async def _store_unchecked(stage: Stage, envelope: Envelope) -> None:
    """Into the owner's log past its contract, as a bug of the owner would."""
    (row,) = rows([envelope])
    assert isinstance(row, Row)
    subject, version = entity_and_version(row.body)
    await stage.owners["courses"].pool.execute(
        "INSERT INTO event_log (event_id, subject, version, bus_subject, body) VALUES ($1, $2, $3, $4, $5)",
        row.event_id,
        subject,
        version,
        row.bus_subject,
        row.body,
    )
