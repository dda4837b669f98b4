"""``citizen-erased`` on real NATS and PostgreSQL: her history goes, her numbers stay, and both for good."""

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from deploy.figures_from_logs import figures_from_logs
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.fact import fact_from_json
from services.outcomes.effect_queries import figures_of
from services.outcomes.projection import gaps
from services.outcomes.projection.projection import Projection
from services.outcomes.projection.recount import recount_now
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.ids import new_id
from shared.messaging.provision import provision
from shared.messaging.topology import events
from shared.persistence.transaction import Origin
from tests.conftest import NewDatabase
from tests.real.outcomes.traces import traces
from tests.real.projecting import Stage
from tests.real.story import changed, row, rows, story
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

NAESTVED = "0370"
LATER = date(2022, 6, 1)
ERASED_AT = datetime(2021, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> list[Envelope]:
    """Of 23 who started 17 completed, and all of these met companies afterwards."""
    return story("naestved-2021.jsonl")


@pytest.fixture(scope="module")
def citizen(told: list[Envelope]) -> str:
    """One who completed and met companies twice."""
    return str(next(e.data["citizen_id"] for e in told if e.data.get("reason") == "completed"))


def said(event: CitizenErased | CitizensMerged | CitizenRegistered, sequence: int) -> Envelope:
    return Envelope(
        id=new_id(),
        source=f"/loeft/{event.municipality}/intake",
        type=event.type(),
        subject=event.subject,
        time=ERASED_AT,
        recordedtime=ERASED_AT,
        sequence=sequence,
        dataclassification="personal",
        data=event.data(),
    )


def erasure(citizen: str, sequence: int = 2) -> Envelope:
    return said(CitizenErased(municipality=NAESTVED, citizen_id=UUID(citizen)), sequence)


def merge(kept: str, merged: str, sequence: int = 2) -> Envelope:
    return said(CitizensMerged(municipality=NAESTVED, citizen_id=UUID(kept), merged_id=UUID(merged)), sequence)


def broken(told: list[Envelope], citizen: str) -> Envelope:
    """An end of a participation of hers that does not say of which: nobody can count it, and it is parked."""
    ended = next(e for e in told if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    return changed(ended, id=new_id(), sequence=99, data={"municipality": NAESTVED, "citizen_id": citizen})


async def funnel(stage: Stage, known: date | None = None, where: str = NAESTVED) -> dict[str, int]:
    async with stage.database.pool.acquire() as connection:
        found = await figures_of(connection, indicator="funnel", as_of=LATER, municipality=where, known=known)
    return {row["stage"]: row["numerator"] for row in found}


def stages(counted: dict[str, int]) -> tuple[int, int, int]:
    return counted["started"], counted["completed"], counted["met"]


async def told_again(stage: Stage, envelopes: list[Envelope]) -> None:
    """Put events on the stream although it has them, as a relay would whose ids the broker has forgotten."""
    for each in rows(envelopes):
        await stage.bus.jetstream().publish(each.bus_subject, each.body.encode())
    await stage.settled()


async def test_her_history_goes_and_no_figure_moves(stage: Stage, told: list[Envelope], citizen: str) -> None:
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        before = await stage.cells()
        participations = await stage.database.pool.fetch("SELECT * FROM analytics.participations ORDER BY 1, 2, 3, 4")
        assert (await traces(stage.database.pool, citizen)).keys() == {"fact"}
        await stage.publish([row(erasure(citizen))])
        await stage.settled()
        assert await traces(stage.database.pool, citizen) == {"erased": 1}
        assert await stage.cells() == before
        assert stages(await funnel(stage)) == (23, 17, 17)
        shown = await stage.database.pool.fetch("SELECT * FROM analytics.participations ORDER BY 1, 2, 3, 4")
        assert shown == participations


async def test_what_comes_after_it_is_not_counted_however_it_comes(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    """She has started when she is erased: 23 started, and 16 others completed and met companies."""
    ended = next(n for n, e in enumerate(told) if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    strange = broken(told, citizen)
    stream = [*told[:ended], strange, erasure(citizen), *told[ended:]]
    async with stage.projecting():
        await stage.publish(rows(stream[:ended]))
        await stage.bus.jetstream().publish(f"evt.{NAESTVED}.courses.certificate-awarded.{citizen}", b"no event")
        await stage.publish(rows(stream[ended:]))
        await stage.settled()
        assert stages(await funnel(stage)) == (23, 16, 16)
        await told_again(stage, told)
        await told_again(stage, [erasure(citizen, 3), told[ended], strange])
        assert await stage.database.pool.fetchval("SELECT count(*) FROM parked") == 0
        assert stages(await funnel(stage)) == (23, 16, 16)
        counted = await stage.cells()
        epoch = await stage.database.pool.fetchval("SELECT epoch FROM projector")
        await stage.bus.ask("STREAM.DELETE.EVENTS")
        await provision(stage.bus, [events()], [])
        await stage.publish(rows(told))  # in which nobody was erased
        await stage.settled()
        assert await stage.database.pool.fetchval("SELECT epoch FROM projector") != epoch
        assert await stage.cells() == counted
        await recount_now(stage.database)
        assert await stage.cells() == counted
        assert await traces(stage.database.pool, citizen) == {"erased": 1}


@pytest.mark.parametrize("size", [50, 300, 5000], ids="batches of {}".format)
async def test_it_makes_no_difference_where_in_a_batch_it_comes(
    stage: Stage, told: list[Envelope], citizen: str, size: int
) -> None:
    """The same events before and after her erasure, and those of others twice, in one transaction or in many."""
    ended = next(n for n, e in enumerate(told) if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    azure = story("azure-2021.jsonl")
    stream = [*azure, *told[:ended], erasure(citizen), *azure[::-1], *told[:ended], *told[ended:], *told]
    facts = [fact_from_json(each.body) for each in rows(stream)]
    await stage.database.pool.execute("INSERT INTO gap VALUES ($1, 'courses', 9, now())", f"citizen/{citizen}")
    connection = await stage.database.connect()
    projection = Projection()
    await projection.load(connection)
    for first in range(0, len(facts), size):
        async with connection.transaction():
            await projection.fold(connection, facts[first : first + size])
    await connection.close()
    assert stages(await funnel(stage)) == (23, 16, 16)
    assert (await funnel(stage, where="0101"))["completed"] == 40
    assert await traces(stage.database.pool, citizen) == {"erased": 1}


async def test_a_rebuild_takes_over_what_was_kept_whatever_the_stream_still_has(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    ended = next(n for n, e in enumerate(told) if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    await stage.publish(rows([*told[:ended], erasure(citizen), *told[ended:]]))
    async with stage.projecting():
        await stage.settled()
        counted = await stage.cells()
        for swap in (False, True):
            assert (await stage.rebuilt(swap=swap)).differences == 0
        await stage.bus.ask("STREAM.PURGE.EVENTS", {"filter": f"evt.*.*.*.{citizen}"})
        for swap in (False, True):
            rebuilt = await stage.rebuilt(swap=swap)
            assert (rebuilt.events, rebuilt.differences) == (len(told) - 8, 0)
        assert await stage.cells() == counted
        await told_again(stage, told)
        assert await stage.cells() == counted
    assert await traces(stage.database.pool, citizen) == {"erased": 1}


async def test_a_rebuild_into_an_empty_database_counts_her_as_the_stream_tells(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    ended = next(n for n, e in enumerate(told) if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    await stage.publish(rows([*told[:ended], broken(told, citizen), erasure(citizen), *told[ended:]]))
    rebuilt = await stage.rebuilt(swap=True)
    assert rebuilt.differences == rebuilt.cells > 0, "nothing was there before"
    assert stages(await funnel(stage)) == (23, 16, 16)
    assert await traces(stage.database.pool, citizen) == {"erased": 1}
    async with stage.projecting():
        await told_again(stage, told)
        assert stages(await funnel(stage)) == (23, 16, 16)
        assert (await stage.rebuilt()).differences == 0


@pytest.mark.parametrize("read", ["by the rebuild, too", "by nobody else"])
async def test_who_is_erased_while_a_rebuild_runs_counts_once(
    stage: Stage, told: list[Envelope], citizen: str, read: str
) -> None:
    """The living projector erases her when the rebuild has counted her, and is about to take its place."""
    await stage.publish(rows(told))
    async with stage.projecting():
        await stage.settled()
    if read == "by the rebuild, too":
        await stage.publish([row(erasure(citizen))])
    connection = await stage.database.connect()
    projection = Projection()
    await projection.load(connection)
    transaction = connection.transaction()
    await transaction.start()
    await projection.fold(connection, [fact_from_json(row(erasure(citizen)).body)])
    swapping = asyncio.create_task(stage.rebuilt(swap=True))
    await eventually(
        lambda: stage.database.pool.fetchval("SELECT true FROM pg_locks WHERE NOT granted LIMIT 1"), what="it waits"
    )
    await transaction.commit()
    await connection.close()
    await swapping
    assert stages(await funnel(stage)) == (23, 17, 17)
    assert await traces(stage.database.pool, citizen) == {"erased": 1}
    counted = await stage.cells()
    await recount_now(stage.database)
    assert await stage.cells() == counted
    assert (await stage.rebuilt()).differences == 0


async def test_erased_before_any_fact_she_never_counts(stage: Stage, told: list[Envelope], citizen: str) -> None:
    async with stage.projecting():
        await stage.publish(rows([erasure(citizen), *told, erasure(citizen, 3)]))
        await stage.settled()
        assert stages(await funnel(stage)) == (22, 16, 16)
        assert await stage.database.pool.fetchval("SELECT count(*) FROM kept_cell") == 0
        assert (await stage.rebuilt()).differences == 0


async def test_all_ids_of_a_citizen_are_erased_whenever_they_are_united(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    """Each of three takes another's place: one merged before the erasure, one kept after it, one merged after it."""
    other, kept, merged, free = [e.data["citizen_id"] for e in told if e.name == "participation-started"][-4:]
    marks = [merge(citizen, other), erasure(other), merge(kept, citizen), merge(citizen, merged, 3)]
    async with stage.projecting():
        await stage.publish(rows([*told, *marks]))
        await stage.settled()
        assert (await funnel(stage))["started"] == 22, "two of them were one citizen when she was erased"
        for each in (citizen, other, kept, merged):
            assert await traces(stage.database.pool, each) == {"erased": 1}
        assert (await traces(stage.database.pool, free)).keys() == {"fact"}
        counted = await stage.cells()
        assert (await stage.rebuilt(swap=True)).differences == 0
        await told_again(stage, [*told, *marks[::-1]])
        assert await stage.cells() == counted
        for table in ("fact", "cell", "alias", "erased", "kept_cell"):
            await stage.database.pool.execute(f"DELETE FROM {table}")
        await stage.rebuilt(swap=True)
        assert await stage.cells() == counted, "the stream still has all of it"


async def test_as_known_on_an_earlier_day_she_counts_as_she_stood(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    """Nobody had started in August; of her it cannot be told any more what was known then."""
    async with stage.projecting():
        await stage.publish(rows(told))
        await stage.settled()
        assert "started" not in {stage: n for stage, n in (await funnel(stage, date(2021, 8, 31))).items() if n}
        await stage.publish([row(erasure(citizen))])
        await stage.settled()
        assert stages(await funnel(stage, date(2021, 8, 31))) == (1, 1, 1)
        assert stages(await funnel(stage, LATER)) == (23, 17, 17)


async def test_the_logs_give_the_same_figures_before_and_after_she_is_forgotten(
    stage: Stage, told: list[Envelope], citizen: str, new_database: NewDatabase
) -> None:
    ended = next(e for e in told if e.name == "participation-ended" and e.data["citizen_id"] == citizen)
    erased = changed(erasure(citizen), recordedtime=ended.recordedtime.replace(hour=0, minute=0))
    stream = sorted([*told, erased], key=lambda envelope: envelope.recordedtime)
    services = ("intake", "courses", "assessment")
    for service in services:
        await stage.log_of(service, new_database, [e for e in stream if e.service == service])
    async with stage.database.transaction(Origin(correlation_id="story")) as tx:
        for envelope in stream:
            if envelope.service == "outcomes":
                await tx.store(envelope)
    databases = {service: stage.owners[service] for service in services} | {"outcomes": stage.database}

    async def from_logs(known: date | None = None) -> list[dict[str, object]]:
        return await figures_from_logs(databases, sorted(CATALOGUE), LATER, (), 182, NAESTVED, known)

    alone = await from_logs(), await from_logs(date(2021, 8, 31))
    assert stages({r["stage"]: r["numerator"] for r in alone[0] if r["indicator"] == "funnel"}) == (23, 16, 16)
    async with stage.projecting():
        await stage.publish(rows(stream))
        await stage.settled()
    assert (await from_logs(), await from_logs(date(2021, 8, 31))) == alone
    for known, expected in ((None, alone[0]), (date(2021, 8, 31), alone[1])):
        async with stage.database.pool.acquire() as connection:
            live = [
                figure
                for indicator in sorted(CATALOGUE)
                for figure in await figures_of(
                    connection, indicator=indicator, as_of=LATER, municipality=NAESTVED, known=known
                )
            ]
        assert live == expected


async def test_kept_cells_that_nobody_reads_any_more_are_set_aside(
    stage: Stage,
    told: list[Envelope],
    citizen: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """They are not counted, they are not lost, and the log says so; a release that reads them counts them again."""
    async with stage.projecting():
        await stage.publish(rows([*told, erasure(citizen)]))
        await stage.settled()
    counted = await stage.cells()
    before = await stage.database.pool.fetchval("SELECT layout FROM kept_cell WHERE key LIKE '[\"funnel\"%'")
    await stage.database.pool.execute("UPDATE kept_cell SET layout = 'older' WHERE key LIKE '[\"funnel\"%'")
    capfd.readouterr()
    await recount_now(stage.database)
    assert stages(await funnel(stage)) == (22, 16, 16)
    # where the log goes depends on whether a service was started before
    assert "kept-cells-set-aside" in capfd.readouterr().out + caplog.text
    assert (await stage.rebuilt(swap=True)).differences == 0
    assert await stage.database.pool.fetchval("SELECT count(*) FROM kept_cell WHERE layout = 'older'") == 1
    await stage.database.pool.execute("UPDATE kept_cell SET layout = $1 WHERE layout = 'older'", before)
    await recount_now(stage.database)
    assert await stage.cells() == counted


async def test_she_has_no_gaps_and_nothing_of_hers_is_asked_for(
    stage: Stage, told: list[Envelope], citizen: str, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of her events never came, and the owner brings it when it is asked: first nobody answers, then he may."""
    monkeypatch.setattr(gaps, "SETTLE_S", 0.02)
    monkeypatch.setattr(gaps, "ASK_AGAIN_S", 0.1)
    lost = next(e for e in told if e.name == "citizen-enrolled" and e.data["citizen_id"] == citizen)
    gap = "SELECT array_agg(entity) FROM gap"
    async with stage.projecting() as projector:
        await stage.publish(rows([e for e in told if e is not lost]))
        await eventually(lambda: stage.database.pool.fetchval(gap), what="the gap is known")
        assert await stage.database.pool.fetchval(gap) == [f"citizen/{citizen}"]
        await stage.publish([row(erasure(citizen))])
        await eventually(lambda: projector.missing == 0, what="nothing is missing")
        assert await stage.database.pool.fetchval(gap) is None
        await stage.log_of("courses", new_database, [e for e in told if e.service == "courses"])
        async with stage.answering("courses"):
            await told_again(stage, [e for e in told if e.data.get("citizen_id") == citizen and e.sequence > 1])
        assert await traces(stage.database.pool, citizen) == {"erased": 1}
        assert stages(await funnel(stage)) == (23, 17, 17)


async def test_what_another_entitys_event_said_of_her_is_emptied_and_its_number_stays(
    stage: Stage, told: list[Envelope], citizen: str
) -> None:
    """No event of ours is filed so, but a meeting of another system may be told as an event of the matchmaking."""
    met = [e for e in told if e.name == "meeting-held" and e.data["citizen_id"] == citizen]
    evening = f"evening/{new_id()}"
    first, second = (changed(e, id=new_id(), subject=evening, sequence=number) for number, e in enumerate(met, start=1))
    async with stage.projecting() as projector:
        await stage.publish(rows([*told, first]))
        await stage.settled()
        await stage.publish(rows([erasure(citizen), second]))
        await stage.settled()
        assert await traces(stage.database.pool, citizen) == {"erased": 1}
        left = await stage.database.pool.fetch("SELECT sequence, body FROM fact WHERE entity = $1 ORDER BY 1", evening)
        assert [tuple(each) for each in left] == [(1, b""), (2, b"")]
        assert projector.missing == 0
        counted = await stage.cells()
        await recount_now(stage.database)
        assert await stage.cells() == counted
        assert (await stage.rebuilt(swap=True)).differences == 0
        assert await traces(stage.database.pool, citizen) == {"erased": 1}
