"""``loeft rebuild``: the projection again from nothing, beside the living one, and swapped in at once."""

import asyncio
from typing import Annotated

import typer

from deploy.cli import reach
from deploy.cli.saying import fail, progress, say, say_json
from services.outcomes.projection.rebuild import Rebuilt, rebuild_from_bus
from services.outcomes.projection.recount import recount_now

app = typer.Typer()


@app.command()
def rebuild(
    check: Annotated[
        bool, typer.Option("--check", help="Only compare with the living projection; swap nothing.")
    ] = False,
    from_histories: Annotated[
        bool,
        typer.Option("--from-histories", help="Count the stored histories again; the bus is not read."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The result as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Read every event from the bus, count all figures anew, and replace the projection in one transaction."""
    if from_histories:
        if check:
            raise fail("--check compares with the bus", "Leave --from-histories out.")
        cells = asyncio.run(_from_histories(data))
        if as_json:
            say_json({"cells": cells, "swapped": True})
        else:
            say(f"{cells} cells, counted anew")
        return

    async def run() -> Rebuilt:
        async with reach.machines(data) as settings, reach.bus(settings) as bus, reach.databases(settings) as databases:
            last = (await bus.ask(f"STREAM.INFO.{settings.stream}"))["state"]["messages"]
            with progress("rebuilding", last) as advance:
                return await rebuild_from_bus(
                    databases["outcomes"], bus, settings.stream, swap=not check, progress=advance
                )

    done = asyncio.run(run())
    if as_json:
        say_json({"events": done.events, "cells": done.cells, "differences": done.differences, "swapped": not check})
    else:
        say(f"{done.events} events, {done.cells} cells; {done.differences} differed from the living projection")
    if check and done.differences:
        raise fail("The living projection is not what its events say", "`loeft rebuild` replaces it.")


async def _from_histories(data: reach.Data) -> int:
    async with reach.machines(data) as settings, reach.databases(settings) as databases:
        return await recount_now(databases["outcomes"])
