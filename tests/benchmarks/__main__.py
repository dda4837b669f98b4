"""``make bench``: measures every pair and prints one table; exits 1 when a gate is missed."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from tests.benchmarks.live import live
from tests.benchmarks.rebuilding import rebuild
from tests.benchmarks.table import Bench, console
from tests.benchmarks.throughput import ingest, projector, relay


async def run(only: list[str], small: int, large: int, raw: Path | None) -> bool:
    """Measure what is asked for; whether every gate held."""
    bench = Bench()
    if "live" in only:
        await live(bench)
    if "ingest" in only:
        await ingest(bench)
    if "relay" in only:
        await relay(bench)
    naive_rate = await projector(bench) if {"projector", "rebuild"} & set(only) else 0.0
    if "rebuild" in only:
        await rebuild(bench, naive_rate, small, large)
    table = Table(
        "what",
        "ours",
        "beside",
        "ratio",
        "gate",
        "",
        "note",
        title="Løft beside the naive system (N) and the floor (F, O)",
    )
    for line in bench.lines:
        table.add_row(
            line.what, line.ours, line.beside, line.ratio, line.gate, "held" if line.held else "MISSED", line.note
        )
    console.print(table)
    if raw is not None:
        raw.write_text(json.dumps(bench.raw, indent=1), encoding="utf-8")
    return all(line.held for line in bench.lines)


ALL = ["live", "ingest", "relay", "projector", "rebuild"]


def main(
    only: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(ALL)}; default all.")] = None,
    small: Annotated[int, typer.Option(help="Events of the small rebuild.")] = 100_000,
    large: Annotated[int, typer.Option(help="Events of the large rebuild.")] = 1_000_000,
    raw: Annotated[Path | None, typer.Option(help="Write every figure as JSON.")] = None,
) -> None:
    """Measure; exit 1 when a gate is missed."""
    sys.exit(0 if asyncio.run(run(only or ALL, small, large, raw)) else 1)


if __name__ == "__main__":
    typer.run(main)
