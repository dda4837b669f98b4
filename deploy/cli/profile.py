"""``loeft profile``: the job profiles that Løft ships, and those that a stack has, on their way to another one."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from deploy.cli import reach
from deploy.cli.municipality import code as municipality_code
from deploy.cli.saying import console, errors, fail, say, say_json
from services.assessment.items.competence import AREAS
from services.assessment.profile_publishing import Published, publish_shipped
from services.assessment.shipped_profiles import DIRECTORY, examine, load
from shared.persistence import Origin

app = typer.Typer(no_args_is_help=True, help="Job profiles: what jobs ask of digital competence.")

Directory = Annotated[Path, typer.Option(help="Directory of the profiles (default: those that Løft ships).")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Municipality = Annotated[str, typer.Option(callback=municipality_code, help="Code of the municipality.")]
OF_PROFILES = "SELECT body FROM event_log WHERE bus_subject LIKE $1 ORDER BY id"


@app.command("check")
def check(directory: Directory = DIRECTORY, as_json: AsJson = False) -> None:
    """Look at every profile; tell everything that is wrong, and exit 1 if anything is."""
    profiles, findings = examine(directory)
    if as_json:
        say_json({"fine": not findings, "findings": [finding._asdict() for finding in findings]})
    else:
        for finding in findings:
            errors.print(str(finding), markup=False, soft_wrap=True)
    if findings:
        raise fail("1 finding" if len(findings) == 1 else f"{len(findings)} findings")
    if not as_json:
        say(f"{len(profiles)} profiles, nothing to correct")


@app.command("list")
def list_(directory: Directory = DIRECTORY, as_json: AsJson = False) -> None:
    """The profiles in the files: what they ask in each area."""
    profiles = load(directory)
    if as_json:
        say_json([one.model_dump(mode="json") for one in profiles])
        return
    table = Table("key", "title", *map(str, AREAS), "validated", title="Level demanded in each area")
    for one in profiles:
        levels = {demand.area: str(demand.level) for demand in one.demands}
        marked = "yes" if one.validated else "no: skøn"
        table.add_row(one.key, one.title, *(levels.get(area, "") for area in AREAS), marked)
    console.print(table)


@app.command("publish")
def publish(
    municipality: Municipality, directory: Directory = DIRECTORY, data: reach.Data = None, as_json: AsJson = False
) -> None:
    """Publish the profiles in a municipality. What was published, changed or closed before stays as it is."""
    if not (len(municipality) == 4 and municipality.isdecimal() and municipality.isascii()):
        raise fail(f"{municipality} is no municipality code", "Give four digits, such as 0101.")
    profiles = load(directory)

    async def run() -> Published:
        async with (
            reach.machines(data) as settings,
            reach.databases(settings, ("assessment",), writing=True) as databases,
            databases["assessment"].transaction(Origin("loeft-profile-publish")) as tx,
        ):
            return await publish_shipped(tx, municipality, profiles)

    done = asyncio.run(run())
    if as_json:
        say_json(done._asdict())
    else:
        say(f"{len(done.new)} profiles published, {len(done.known)} were there already")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write, one event a line.")],
    municipality: Municipality,
    data: reach.Data = None,
) -> None:
    """Write a municipality's profiles as events, for `loeft events import` elsewhere. No citizen is in the file."""

    async def run() -> list[str]:
        async with reach.machines(data) as settings, reach.databases(settings, ("assessment",)) as databases:
            rows = await databases["assessment"].pool.fetch(OF_PROFILES, f"evt.{municipality}.assessment.job-profile-%")
            return [row["body"] for row in rows]

    lines = asyncio.run(run())
    if not lines:
        raise fail(f"Municipality {municipality} has published no profiles", "`loeft profile publish` does.")
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    say(f"{len(lines)} events written to {file}")
