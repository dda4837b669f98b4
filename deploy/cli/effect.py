"""``loeft effect``: the figures, as of any day, from the cells that the projector keeps or from the events alone."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from deploy.cli import reach
from deploy.cli.saying import console, errors, say, say_json
from deploy.embedded import DataDirectory
from deploy.figures_from_logs import counted_from_logs, figures_from_logs
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.pilot_verdict import PilotVerdict, pilot_verdict
from services.outcomes.effect.verdict_sentence import said
from services.outcomes.effect_queries import check, figures_of
from services.outcomes.verdicts import newest_first, verdicts_of, view
from shared.clock import danish_day, now
from shared.settings import Settings

app = typer.Typer(no_args_is_help=True, help="What the efforts lead to.")


@app.command("show")
def show(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the figures (default: today).")
    ] = None,
    known: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what had been recorded by the end of this day.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="Cut by a dimension; at most two.")] = None,
    indicator: Annotated[list[str] | None, typer.Option(help="Only this indicator (default: all).")] = None,
    window: Annotated[int, typer.Option(help="Window W in days after a participation's end.")] = 182,
    municipality: Annotated[str | None, typer.Option(help="Only this municipality code.")] = None,
    from_log: Annotated[
        bool, typer.Option("--from-log", help="Count again from the logs, not from the projection.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Rows as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Show figures with their numerator, denominator and 95 % interval."""
    day = as_of.date() if as_of else danish_day(now())
    cuts = [dimension for one in by or [] for dimension in one.split(",")]
    wanted = indicator or [key for key, one in CATALOGUE.items() if set(cuts) <= set(one.dimensions)]
    for one in wanted or list(CATALOGUE)[:1]:
        check(one, cuts, window)
    if indicator is None and len(wanted) < len(CATALOGUE):
        left_out = ", ".join(key for key in CATALOGUE if key not in wanted)
        errors.print(f"left out, for they cannot be cut by {', '.join(cuts)}: {left_out}", markup=False)
    rows = asyncio.run(
        _rows(wanted, day, cuts, window, municipality, known and known.date(), from_log=from_log, data=data)
    )
    if as_json:
        say_json(rows)
    else:
        console.print(_table(rows, day))


async def _rows(
    indicators: list[str],
    as_of: date,
    by: list[str],
    window: int,
    municipality: str | None,
    known: date | None,
    *,
    from_log: bool,
    data: Path | None,
) -> list[dict[str, Any]]:
    async with reach.machines(data) as found, reach.databases(found) as databases:
        if from_log or _stopped(data):
            return await figures_from_logs(databases, indicators, as_of, by, window, municipality, known)
        async with databases["outcomes"].pool.acquire() as connection:
            rows = []
            for one in indicators:
                rows += await figures_of(
                    connection,
                    indicator=one,
                    as_of=as_of,
                    by=by,
                    window=window,
                    municipality=municipality,
                    known=known,
                )
            return rows


@app.command("verdicts")
def verdicts(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the verdicts (default: today).")
    ] = None,
    known: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what had been recorded by the end of this day.")
    ] = None,
    municipality: Annotated[str | None, typer.Option(help="Only this municipality code.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Verdicts as JSON.")] = False,
    data: reach.Data = None,
) -> None:
    """Say of each pilot whether to continue, to stop, or that it cannot be told yet. Look as often as you like."""
    by_then = known and known.date()
    found = asyncio.run(_verdicts(as_of.date() if as_of else danish_day(now()), municipality, by_then, data))
    if as_json:
        say_json([view(one, counts=True, known=by_then).model_dump(mode="json") for one in found])
        return
    for one in found:
        say(f"{one.course.title or one.pilot.course}: {said(one)}")
    if not found:
        say("No pilot was registered by then.")


async def _verdicts(as_of: date, municipality: str | None, known: date | None, data: Path | None) -> list[PilotVerdict]:
    async with reach.machines(data) as found, reach.databases(found) as databases:
        if not _stopped(data):
            async with databases["outcomes"].pool.acquire() as connection:
                return await verdicts_of(connection, as_of, municipality, known)
        cells, references = await counted_from_logs(databases, known)
        return newest_first(
            pilot_verdict(pilot, cells.items(), references, as_of)
            for pilot in references.pilots.values()
            if municipality in (None, pilot.municipality)
        )


def _stopped(data: Path | None) -> bool:
    """Whether to count from the logs: the projector of a stopped stack may not have seen its last events."""
    settings = Settings()
    return settings.profile == "embedded" and DataDirectory(data or settings.data_directory).running_pid() is None


def _table(rows: list[dict[str, Any]], as_of: date) -> Table:
    table = Table(title=f"As of {as_of}", show_lines=False)
    for heading in ("indicator", "cut", "stage", "so far", "n / of", "share", "95 %"):
        table.add_column(heading)
    for row in rows:
        split = ", ".join(f"{kind} {n}" for kind, n in row.get("split", {}).items() if isinstance(n, int))
        table.add_row(
            row["indicator"],
            ", ".join(str(value) for value in row["dimensions"].values()),
            _stage(row) or split,
            _text(row["so_far"]),
            f"{_text(row['numerator'])} / {_text(row['denominator'])}",
            "" if row["share"] is None else f"{row['share']:.1%}",
            "" if row["low"] is None else f"{row['low']:.1%}-{row['high']:.1%}",
        )
    return table


def _stage(row: dict[str, Any]) -> str:
    """The stage, how long after what, and how many provisionally: ``left, 1 month, 2 provisional``."""
    counts = [
        ("after_months", "month", "months"),
        ("after_days", "day", "days"),
        ("provisional", "provisional", "provisional"),
    ]
    told = [f"{row[name]} {one if row[name] == 1 else many}" for name, one, many in counts if row.get(name)]
    return ", ".join([row["stage"], *told] if "stage" in row else told)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
