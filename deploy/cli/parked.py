"""``loeft parked``: the events that a reaction failed on, and what a person decides about them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from deploy.cli import reach
from deploy.cli.saying import console, fail, say, say_json
from deploy.services import SERVICES
from shared.messaging import parked as lot
from shared.persistence.database import Database

app = typer.Typer(no_args_is_help=True, help="Events that a reaction failed on.")

Item = Annotated[str, typer.Argument(help="As `loeft parked list` names it: <service>:<number>.")]


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="Rows as JSON.")] = False, data: reach.Data = None
) -> None:
    """Everything that is parked, being retried, or held behind one that is."""

    async def run() -> list[dict[str, Any]]:
        rows = []
        async with reach.machines(data) as settings, reach.databases(settings) as databases:
            for service, database in databases.items():
                async with database.pool.acquire() as connection:
                    rows += [{**row, "id": f"{service}:{row['id']}"} for row in await lot.listed(connection)]
        return rows

    rows = asyncio.run(run())
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("nothing is parked")
        return
    table = Table(Column("id", no_wrap=True), "reaction", "entity", "state", "tries", "since", "reason")
    for row in rows:
        since = f"{row['first_failed']:%Y-%m-%d %H:%M}"
        table.add_row(
            row["id"], row["reaction"], row["subject"], row["state"], str(row["attempts"]), since, row["reason"][:80]
        )
    console.print(table)


@app.command("show")
def show(item: Item, data: reach.Data = None) -> None:
    """One parked event, with its reason, its trace and its payload."""
    row = _on(item, data, lot.shown)
    if row is None:
        raise fail(f"{item} is not parked", "`loeft parked list` shows what is.")
    body = row.pop("body")
    say_json({**row, "body": body.decode(errors="replace")})


@app.command("retry")
def retry(item: Item, data: reach.Data = None) -> None:
    """Let the service try it again now. Doing it twice is the same as once."""
    row = _on(item, data, lot.shown)
    if row is not None and row["reaction"] == "projector":
        raise fail(
            "The projector could not count this event, and a retry would not change that",
            "Correct the past with a new event, then `loeft parked drop` this one; or `loeft rebuild` after a fix.",
        )
    if _on(item, data, lot.retry):
        say(f"{item} is tried again by its service")
    else:
        say(f"{item} is not parked: it was done or dropped before")


@app.command("drop")
def drop(
    item: Item,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: reach.Data = None,
) -> None:
    """Give it up for good: it will never have its effect, and what waited behind it goes on."""
    if not yes and not typer.confirm(f"{item} will never have its effect. Drop it?"):
        raise fail("nothing was dropped")
    say(f"{item} is dropped" if _on(item, data, lot.drop) else f"{item} is not parked")


def _on(item: str, data: Any, act: Callable[[Any, int], Awaitable[Any]]) -> Any:
    service, _, number = item.partition(":")
    if service not in SERVICES or not number.isdecimal():
        raise fail(f"{item} is no parked event", f"Write <service>:<number>; services: {', '.join(SERVICES)}.")

    async def run() -> Any:
        async with reach.machines(data) as settings, reach.databases(settings, (service,)) as databases:
            database: Database = databases[service]
            async with database.pool.acquire() as connection:
                return await act(connection, int(number))

    return asyncio.run(run())
