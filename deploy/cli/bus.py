"""``loeft bus``: fill the bus again from the services' logs."""

import asyncio
from typing import Annotated, Any

import typer

from deploy.cli import reach
from deploy.cli.saying import fail, say, say_json
from shared.messaging.provision import provision
from shared.messaging.refill import refill
from shared.messaging.topology import events, inbound, projections

app = typer.Typer(no_args_is_help=True, help="The bus: a transport that can be lost and filled again.")


@app.command("refill")
def refill_(
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False, data: reach.Data = None
) -> None:
    """Publish whatever the bus has lost: its directory was deleted, cut short or rolled back. Safe at any time."""

    async def run() -> dict[str, dict[str, int]]:
        done: dict[str, dict[str, int]] = {}
        async with reach.machines(data) as settings, reach.bus(settings) as bus, reach.databases(settings) as databases:
            await provision(bus, [events(settings.stream), inbound(), projections(settings.bucket)], [])
            for service, database in databases.items():
                async with database.pool.acquire() as connection:
                    filled = await refill(service, connection, bus, settings.stream)
                done[service] = {"present": filled.present, "published": filled.published, "refused": filled.refused}
        return done

    done: dict[str, Any] = asyncio.run(run())
    if as_json:
        say_json(done)
    else:
        for service, counts in done.items():
            say(f"{service:<11} {counts['present']} events were on the bus, {counts['published']} were published again")
    refused = sum(counts["refused"] for counts in done.values())
    if refused:
        raise fail(
            f"The broker dropped {refused} events as repeated, though it no longer has them (they were purged).",
            "It forgets their ids after 24 hours; or delete the stream EVENTS and run this again.",
        )
