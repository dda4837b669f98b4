"""A database that is older than the mergers and visits in its tables is brought to what its own log says of them."""

import asyncio
from uuid import UUID

import asyncpg
import httpx
import pytest
from alembic import command
from alembic.config import Config

from services.intake.state import APPLY
from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizenErased, CitizensMerged, WorkshopVisited
from shared.persistence import Appliers, Database, Origin, Transaction
from shared.persistence.migrate import migrate, migrations_of
from tests.conftest import NewDatabase
from tests.real.answers import done
from tests.real.intake.office import VISIT, citizens
from tests.real.running_service import RunningService
from tests.today import tomorrow, yesterday

TABLES = ("citizen", "circumstances", "standing", "barrier", "referral", "visit", "entity", "event_log")


WITHOUT = "to_jsonb(t) - 'id' - 'unit' - 'voided'"
"""A row without the place in its own log, and without what there was no column for."""


async def erased_alone(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """As it was before mergers were kept: who was merged into her stayed behind."""
    for table in ("citizen", "circumstances", "standing", "barrier", "referral", "cpr_vault"):
        await tx.execute(f"DELETE FROM {table} WHERE citizen_id = $1", event.citizen_id)


SINCE = (("circumstances", "unit text"), ("standing", "unit text"), ("visit", "voided text"))
"""Columns that later migrations add: today's program writes them, the older one had none."""
NEW = (CitizensMerged, WorkshopVisited)
OF_BEFORE: Appliers = {kind: apply for kind, apply in APPLY.items() if kind not in NEW} | {CitizenErased: erased_alone}
"""What intake did with its events before it kept mergers and visits."""


def upgraded(address: str, version: str) -> None:
    """Bring a database to a version."""
    config = Config()
    config.set_main_option("script_location", str(migrations_of("intake")))
    config.attributes |= {"address": address, "password": None}
    command.upgrade(config, version)


async def older(address: str, log: list[Envelope], apply: Appliers) -> None:
    """Make it the database of a program that did this with the events."""
    await asyncio.to_thread(upgraded, address, "0005")
    database = Database(address, apply)
    await database.open()
    try:
        async with database.transaction(Origin("before")) as tx:
            for table, column in SINCE:
                await tx.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
            for envelope in log:
                await tx.store(envelope)
            for table, column in SINCE:
                await tx.execute(f"ALTER TABLE {table} DROP COLUMN {column.partition(' ')[0]}")
    finally:
        await database.close()


async def told(address: str) -> dict[str, list[str]]:
    """What stands in the tables."""
    connection = await asyncpg.connect(address)
    try:
        return {
            table: [row[0] for row in await connection.fetch(f"SELECT {WITHOUT} FROM {table} AS t ORDER BY 1")]
            for table in TABLES
        }
    finally:
        await connection.close()


async def story(intake: RunningService, caseworker: httpx.AsyncClient) -> None:
    """Visits of a citizen, of nobody, told again, and late at night; mergers in both orders; somebody erased."""
    last, second, first, gone, with_her, alone = await citizens(caseworker, 6)
    for citizen_id in (last, first, gone, with_her, alone):
        visit = VISIT | {"citizen_id": citizen_id, "happened": f"{yesterday()}T22:30:00Z", "online": True}
        done(await caseworker.post("/visits", json=visit), 201)
        referral = {"offer": "workshop", "reason": "e-Boks", "due": str(tomorrow())}
        done(await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral), 201)
        barrier = {"kind": "reading", "severity": "low"}
        done(await caseworker.post(f"/citizens/{citizen_id}/barriers", json=barrier))
    done(await caseworker.post("/visits", json=VISIT | {"count": 3, "kind": "workshop"}), 201)
    visited = next(one for one in await intake.log(f"citizen/{first}") if one.name == "workshop-visited")
    again = WorkshopVisited.model_validate(visited.data | {"minutes": 77})
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("file")) as tx:
            await tx.append(again)
            for kept, merged in ((last, second), (second, first), (gone, with_her)):
                await tx.append(CitizensMerged(municipality="0101", citizen_id=UUID(kept), merged_id=UUID(merged)))
            await tx.append(CitizenErased(municipality="0101", citizen_id=UUID(gone)))
    finally:
        await database.close()


@pytest.mark.parametrize("before", [OF_BEFORE, APPLY], ids=["older", "up to date"])
async def test_an_upgraded_database_is_as_one_that_had_every_migration_from_the_start(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase, before: Appliers
) -> None:
    await story(intake, caseworker)
    address = await new_database()
    await older(address, await intake.log(), before)
    from_the_start = await told(intake.address)
    assert (await told(address) == from_the_start) is (before is APPLY), "there is something to do"
    await asyncio.to_thread(migrate, "intake", address)
    now = await told(address)
    for table in TABLES:
        assert now[table] == from_the_start[table], table
    assert len(now["visit"]) == 3 + 3, "of two who stand, of the one who was merged, and of nobody"
    assert sum('"merged_into": null' not in row for row in now["citizen"]) == 2
    await asyncio.to_thread(migrate, "intake", address)
    assert await told(address) == now


async def test_a_visit_told_anew_since_stays_as_it_is(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    """The visits of an older time are missing, later ones are there: told again, the last word counts."""
    await story(intake, caseworker)
    address = await new_database()
    log = await intake.log()
    split = next(place for place, one in enumerate(log) if one.name == "workshop-visited") + 1
    await older(address, log[:split], OF_BEFORE)
    await older(address, log[split:], APPLY)
    await asyncio.to_thread(migrate, "intake", address)
    assert await told(address) == await told(intake.address)
