"""``loeft release``: what is published of a quarter, made ahead of those who ask for it."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli import reach
from deploy.cli.municipality import code as municipality_code
from deploy.cli.saying import fail, say, say_json
from services.outcomes.effect.groups import PUBLISHED
from services.outcomes.effect.quarters import last_day_of, last_finished
from services.outcomes.releasing import make_all
from shared.clock import danish_day, now

app = typer.Typer(no_args_is_help=True, help="What is published.")


@app.callback()
def release() -> None:
    """What is published."""


@app.command("make")
def make(
    quarter: Annotated[
        str | None, typer.Option(help="The quarter, e.g. 2026-Q1, or its last day (default: the last one over).")
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(callback=municipality_code, help="Only this municipality code.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What is there now, as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Make the releases of a quarter that are not there yet. One that is there stays as it is."""
    newest = last_finished(danish_day(now()))
    try:
        day = last_day_of(quarter) if quarter else newest
    except ValueError as error:
        raise fail(f"{quarter} is no quarter", "Write it as 2026-Q1, or as its last day, 2026-03-31.") from error
    if day > newest:
        raise fail(f"The quarter until {day} is not over", f"The last one that is over ended on {newest}.")
    there = asyncio.run(_make(day, municipality, data))
    if as_json:
        say_json(
            [{"municipality": place, "indicator": indicator, "day": day.isoformat()} for place, indicator in there]
        )
        return
    for place in dict.fromkeys(place for place, _ in there):
        of_place = [indicator for one, indicator in there if one == place]
        say(f"{place} as of {day}: {', '.join(of_place)}")
        few = [indicator for indicator in PUBLISHED if indicator not in of_place]
        if few:
            say(f"{place}: too few persons yet for {', '.join(few)}")
    if not there:
        say("Nothing could be published: there are too few persons, or nobody is counted.")


async def _make(day: date, municipality: str | None, data: Path | None) -> list[tuple[str, str]]:
    async with reach.machines(data) as settings, reach.databases(settings, ("outcomes",)) as databases:
        return await make_all(
            databases["outcomes"], day, k=settings.smallest_group, now=now(), municipality=municipality
        )
