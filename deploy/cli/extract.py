"""``loeft extract``: what a research project is given, pseudonymised and written down."""

import asyncio
import getpass
import os
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli import reach
from deploy.cli.saying import fail, say, say_json
from services.outcomes.effect.quarters import is_last_day, last_finished
from services.outcomes.extract.making import Made, Order, make
from services.outcomes.extract.pseudonym import LEAST_SECRET
from shared.clock import danish_day, now
from shared.ids import new_id
from shared.settings import Settings

MUNICIPALITIES = "SELECT DISTINCT municipality FROM cell WHERE kind = 'participation' ORDER BY municipality"


app = typer.Typer()


@app.command()
def extract(
    project: Annotated[str, typer.Option(help="The project; citizens have the same ids in all of its extracts.")],
    out: Annotated[Path, typer.Option(help="Directory to make; nothing is overwritten.")],
    purpose: Annotated[str, typer.Option(help="What for; it stands in the citizens' access log.")] = "forskning",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day of a quarter (default: of the last quarter that is over)."),
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(help="Municipality code; needed where there are participants of several.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who makes it (default: the account on this machine).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The manifest as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Write a pseudonymised, k-anonymous extract of participations for a research project, and log it."""
    if not project.strip():
        raise fail("A project has a name", "Name it as in the agreement: --project …")
    if out.exists():
        raise fail(f"{out} is there already", "Name a directory that is not: nothing is overwritten.")
    newest = last_finished(danish_day(now()))
    day = as_of.date() if as_of else newest
    if day > newest or not is_last_day(day):
        raise fail(
            f"Nothing leaves as of {day}",
            f"Name the last day of a quarter that is over, {newest} or earlier: two neighbouring days would tell who"
            " came in between.",
        )
    made = asyncio.run(_make(project.strip(), out, purpose, day, municipality, by or getpass.getuser(), data))
    if as_json:
        say_json(made.manifest)
        return
    say(f"{made.manifest['rows']} participations of {made.manifest['citizens']} citizens written to {out}")
    say("Read k-anonymity.json before you hand it over: pseudonymised data are still personal data.")


async def _make(
    project: str, out: Path, purpose: str, as_of: date, municipality: str | None, by: str, data: Path | None
) -> Made:
    async with reach.machines(data) as settings, reach.databases(settings, ("outcomes",)) as databases:
        secret = research_secret(settings)
        async with databases["outcomes"].pool.acquire() as connection:
            codes = [row["municipality"] for row in await connection.fetch(MUNICIPALITIES)]
            if municipality is None and len(codes) != 1:
                raise fail(
                    f"There are participants of {', '.join(codes) or 'no municipality'}", "Say which: --municipality …"
                )
            order = Order(
                extract_id=new_id(),
                project=project,
                municipality=municipality or codes[0],
                as_of=as_of,
                made_at=now(),
                made_by=by,
                purpose=purpose,
                smallest_group=settings.smallest_group,
            )
            out.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
                unfinished = Path(beside) / "extract"
                made = await make(connection, order, secret, lambda made: _write(made, unfinished))
                os.rename(unfinished, out)  # it is there whole or not at all, and not before it is logged
            return made


def research_secret(settings: Settings) -> bytes:
    """The secret of all projects' pseudonyms. Raises typer.Exit, told in words, when it is none."""
    try:
        secret = bytes.fromhex(settings.research_key or "")
    except ValueError:
        secret = b""
    if len(secret) < LEAST_SECRET:
        raise fail("LOEFT_RESEARCH_KEY is not 64 hexadecimal digits", "deploy/secrets.sh makes one.")
    return secret


def _write(made: Made, directory: Path) -> None:
    directory.mkdir(mode=0o700)
    for name, body in made.files.items():
        (directory / name).write_bytes(body)
