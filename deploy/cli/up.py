"""``loeft up``: the whole stack on this machine, in the foreground, until Ctrl-C."""

from pathlib import Path
from typing import Annotated

import typer
import uvloop

from deploy import demonstration
from deploy.cli import reach
from deploy.cli.saying import progress, say
from deploy.events_file import import_events, read
from deploy.services import SERVICES
from deploy.stack import EmbeddedStack
from services.assessment.profile_publishing import publish_shipped
from services.assessment.shipped_profiles import shipped_profiles
from shared.clock import now
from shared.memory import calm_collector
from shared.persistence import Origin
from shared.settings import Settings
from shared.telemetry.logging import configure

SCENARIOS = Path(__file__).parents[1] / "scenarios"
DEMO_MUNICIPALITY = "0101"
"""The one whose tokens the README asks for, and whose year is made up; profiles are read in every municipality."""


app = typer.Typer()


@app.command()
def up(
    demo: Annotated[
        bool, typer.Option(help="Load the two stories of the source documents, a made-up year, and job profiles.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="Where the data is kept (default: the setting).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port of the page and the APIs (default: the setting).")
    ] = None,
    logs: Annotated[bool, typer.Option(help="Show the JSON log lines.")] = False,
) -> None:
    """Start broker, database, services and page; print their addresses; stop cleanly on Ctrl-C."""
    given = {name: value for name, value in (("data_directory", data), ("port", port)) if value is not None}
    settings = Settings().model_copy(update=given)
    configure(settings.log_level if logs else "ERROR")
    uvloop.run(_up(settings, demo))


async def _up(settings: Settings, demo: bool) -> None:
    fill = _load if demo else None
    async with EmbeddedStack.on(settings, said=lambda what: say(f"… {what}"), fill=fill) as stack:
        calm_collector()
        await stack.serve(ready=lambda: _addresses(stack))
        say("… stopping")
    say("stopped; the data is kept")


async def _load(settings: Settings) -> None:
    envelopes = read(sorted(SCENARIOS.glob("*.jsonl")))
    async with reach.databases(settings, writing=True) as databases:
        with progress("loading the stories", len(envelopes)) as advance:
            done = await import_events(databases, envelopes, advance)
        say(f"… loaded {done.stored} events ({done.known} were there)")
        year = await demonstration.load(databases, settings.data_directory, now(), DEMO_MUNICIPALITY, progress)
        say(f"… loaded {year.stored} events of a made-up year ({year.known} were there)")
        async with databases["assessment"].transaction(Origin("demo")) as tx:
            profiles = await publish_shipped(tx, DEMO_MUNICIPALITY, shipped_profiles())
        say(f"… published {len(profiles.new)} job profiles ({len(profiles.known)} were there)")


def _addresses(stack: EmbeddedStack) -> None:
    say("")
    say("Løft is running. Everyone in it is invented.")
    say(f"  page         {stack.page}")
    for name in SERVICES:
        say(f"  {name:<12} {stack.page}{name}/docs")
    say("  a token      .venv/bin/loeft token --role caseworker --municipality 0101")
    say(f"  data         {stack.settings.data_directory}")
    say("Ctrl-C stops it.")
