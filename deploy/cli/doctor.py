"""``loeft doctor``: looks at everything that must hold, and says what to do where it does not."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from deploy.cli import reach
from deploy.cli.saying import console, fail, say_json
from deploy.embedded import StackError
from services.outcomes.projection.gap_table import MISSING_AT_ONCE
from shared.messaging.refill import has_event
from shared.persistence.database import Database
from shared.persistence.migrate import newest_version
from shared.settings import Settings

MISSING = """
SELECT coalesce(sum(missing), 0)::int AS missing, coalesce(max(missing), 0) AS most
FROM (SELECT count(*) AS missing FROM gap GROUP BY entity, service) AS one
"""


class Finding(NamedTuple):
    """One thing looked at: what, whether it holds, and what was seen or what to do."""

    what: str
    fine: bool
    text: str


app = typer.Typer()


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False, data: reach.Data = None
) -> None:
    """Check durability, migrations, the bus, relays, the projector, parked events and gaps."""

    async def run() -> list[Finding]:
        return [finding async for finding in _examine(data)]

    findings = asyncio.run(run())
    if as_json:
        say_json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            console.print(
                f"{'ok ' if finding.fine else 'BAD'} {finding.what}: {finding.text}", markup=False, soft_wrap=True
            )
    if not all(finding.fine for finding in findings):
        raise fail("something needs a person")


async def _examine(data: Path | None) -> AsyncIterator[Finding]:
    settings = Settings()
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])
    if settings.profile == "embedded":
        directory = data or settings.data_directory
        free = shutil.disk_usage(directory if directory.is_dir() else Path()).free // 2**20
        yield Finding("disk", free > 300, f"{free} MiB free")
    try:
        async with (
            reach.machines(data) as found,
            reach.databases(found) as databases,
            reach.bus(found, allow_unsafe=found.allow_unsafe_durability) as bus,
        ):
            careless = "LOEFT_ALLOW_UNSAFE_DURABILITY is set: nobody has asked whether they do"
            safe = "PostgreSQL and the broker answer when it is on disk"
            yield Finding(
                "durability", not found.allow_unsafe_durability, careless if found.allow_unsafe_durability else safe
            )
            last = (await bus.ask(f"STREAM.INFO.{found.stream}"))["state"]["last_seq"]
            yield Finding("bus", True, f"{last} messages so far in {found.stream}")
            for service, database in databases.items():
                async for finding in _service(service, database, bus, found.stream):
                    yield finding
            async for finding in _projector(databases["outcomes"], last):
                yield finding
    except StackError as error:
        yield Finding("stack", False, f"{error.message} {error.remedy}")
    except Exception as error:  # the doctor must say what it found, whatever it is
        yield Finding("stack", False, f"{type(error).__name__}: {error}")


async def _service(service: str, database: Database, bus: Any, stream: str) -> AsyncIterator[Finding]:
    row = await database.pool.fetchrow(
        "SELECT (SELECT max(id) FROM event_log) AS newest, (SELECT count(*) FROM event_log) AS events,"
        " cursor, mark_event, mark_sequence FROM relay"
    )
    assert row is not None
    version = await database.pool.fetchval("SELECT version_num FROM alembic_version")
    newest = newest_version(service)
    text = (
        f"at version {version}" if version == newest else f"at {version}, this program needs {newest}: `loeft migrate`"
    )
    yield Finding(f"{service} schema", version == newest, text)
    behind = (row["newest"] or 0) - row["cursor"]
    text = f"{row['events']} events, {max(behind, 0)} not on the bus yet"
    yield Finding(f"{service} log", behind <= 0, text if behind <= 0 else f"{text}: is the service running?")
    if row["mark_event"] is not None:
        there = await has_event(bus, stream, row["mark_sequence"], row["mark_event"])
        yield Finding(
            f"{service} on the bus", there, "the last one published is there" if there else "run `loeft bus refill`"
        )
    waiting = await database.pool.fetchval("SELECT count(*) FROM parked WHERE state = 'parked'")
    yield Finding(f"{service} parked", not waiting, f"{waiting} events" + (": `loeft parked list`" if waiting else ""))


async def _projector(database: Database, last: int) -> AsyncIterator[Finding]:
    reached = await database.pool.fetchval("SELECT sequence FROM projector") or 0
    text = f"at {reached} of {last}"
    yield Finding("projector", reached >= last, text if reached >= last else f"{text}: is outcomes running?")
    missing, most = (await database.pool.fetch(MISSING))[0]
    least = "at least " if most >= MISSING_AT_ONCE else ""  # of an entity no more are counted
    yield Finding("gaps", not missing, f"{least}{missing} events are missing")
    left = await database.pool.fetchval("SELECT count(*) FROM fact JOIN erased USING (entity)")
    ids = await database.pool.fetchval("SELECT count(*) FROM erased")
    text = f"{ids} citizens' ids" if not left else f"{left} events of theirs are still counted: `loeft rebuild`"
    yield Finding("erased", not left, text)
