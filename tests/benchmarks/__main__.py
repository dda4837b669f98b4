"""``make bench``: measures every pair and prints one table; exits 1 when a gate is missed."""

from pathlib import Path
from typing import Annotated

import typer

from tests.benchmarks.curve import curve
from tests.benchmarks.history import history
from tests.benchmarks.live import live
from tests.benchmarks.machines import measure
from tests.benchmarks.pages import pages
from tests.benchmarks.rebuilding import rebuild
from tests.benchmarks.table import Bench
from tests.benchmarks.throughput import ingest, projector, relay

PARTS = ["live", "ingest", "relay", "projector", "rebuild", "history", "curve", "pages"]


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
    if "history" in only:
        await history(bench, large)
    if "curve" in only:
        await curve(bench)
    if "pages" in only:
        await pages(bench)
    return bench.report("Løft beside the naive system (N) and the floor (F, O)", raw)


def main(
    only: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(PARTS)}; default all.")] = None,
    small: Annotated[int, typer.Option(help="Events of the small rebuild.")] = 100_000,
    large: Annotated[int, typer.Option(help="Events of the large rebuild, and of the long history.")] = 1_000_000,
    raw: Annotated[Path | None, typer.Option(help="Write every figure as JSON.")] = None,
) -> None:
    """Measure; exit 1 when a gate is missed."""
    if unknown := set(only or ()) - set(PARTS):
        raise typer.BadParameter(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    measure(run(only or PARTS, small, large, raw))


if __name__ == "__main__":
    typer.run(main)
