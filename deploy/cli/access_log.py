"""``loeft access-log``: who has read a citizen's data, from the logs of all services."""

import asyncio
import getpass
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer
from rich.table import Column, Table

from deploy.cli import reach
from deploy.cli.municipality import code as municipality_code
from deploy.cli.saying import console, say, say_json
from deploy.services import service_of
from shared.clock import COPENHAGEN
from shared.moment import end_of, start_of
from shared.persistence import access_log
from shared.persistence.connection import Connection

app = typer.Typer()

DAY = ["%Y-%m-%d"]


@app.command()
def read(
    citizen: Annotated[UUID, typer.Option(help="The citizen's id.")],
    municipality: Annotated[
        str | None, typer.Option(callback=municipality_code, help="Only reads of this municipality code.")
    ] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=DAY, help="First day (Danish).")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day (Danish).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Rows as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Who has read a citizen's data, when, what of it and for what, newest first. This read is logged too.

    What was read under ids that were merged with hers is in it.
    """
    first, last = _day(since), _day(until)
    if first and last and last < first:
        raise typer.BadParameter("The last day is before the first.", param_hint="--to")
    asked = access_log.Question(
        [citizen], municipality, start_of(first) if first else None, end_of(last) if last else None
    )
    rows = asyncio.run(_rows(asked, data))
    if as_json:
        say_json(rows)
    elif not rows:
        say("nobody has read anything of this citizen")
    else:
        console.print(_table(rows))


async def _rows(asked: access_log.Question, data: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    correlation_id = str(uuid4())
    async with reach.machines(data) as settings, reach.databases(settings) as databases:
        for service, database in databases.items():
            async with database.pool.acquire() as connection:
                rows = await access_log.reads(connection, await _under_all_ids(service, connection, asked))
                await _log(connection, {(row["municipality"], row["citizen_id"]) for row in rows}, correlation_id)
            found += [{"service": service, **row} for row in rows]
    return sorted(found, key=lambda row: row["at"], reverse=True)


async def _under_all_ids(service: str, connection: Connection, asked: access_log.Question) -> access_log.Question:
    mergers, (citizen_id,) = service_of(service).mergers, asked.citizens
    return replace(asked, citizens=await access_log.ids_of(connection, mergers, citizen_id, asked.municipality))


async def _log(connection: Connection, told: set[tuple[str, UUID]], correlation_id: str) -> None:
    """Write down that these citizens' reads of these municipalities were read, and by which account of this machine."""
    await connection.executemany(
        "INSERT INTO access_log (caller, municipality, citizen_id, what, purpose, correlation_id)"
        " VALUES ($1, $2, $3, 'access log', 'loeft access-log', $4)",
        [(f"machine/{getpass.getuser()}", code, citizen_id, correlation_id) for code, citizen_id in sorted(told)],
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(Column("when", no_wrap=True), "who", "service", "what", "purpose", "municipality")
    for row in rows:
        at = f"{row['at'].astimezone(COPENHAGEN):%Y-%m-%d %H:%M:%S}"
        table.add_row(at, row["caller"], row["service"], row["what"], row["purpose"], row["municipality"])
    return table
