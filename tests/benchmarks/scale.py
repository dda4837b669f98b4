"""``make bench-scale``: a rebuild of ten million events beside one of 100,000; exits 1 when a gate is missed.

The events are those of several jobcenters, one after the other, so that no more than one of them is being made up at a
time. They go to the bus without ids, so that the broker need not remember ten million.
"""

import asyncio
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from tests.benchmarks.history import as_of_days
from tests.benchmarks.jobcenter import SEED, citizens_of
from tests.benchmarks.machines import WHERE, Addresses, machines, measure, variant
from tests.benchmarks.table import ROUNDS, Bench, Line, console, holds, per_second

MUNICIPALITIES = ("0101", "0147", "0175", "0370", "0561", "0607", "0751")
JOBCENTER = 1_000_000
"""The most events of one jobcenter."""
FILLERS = 2
MEMORY = "< 2,000 bytes a citizen"
GATED_FROM = 100_000
"""Citizens: what a process takes before it has read anything is a kilobyte for each of so many."""
DISK_BYTES_AN_EVENT = 2_000
"""Stream, tables, index, and the sorting of a rebuild, with room to spare."""


async def fill(bench: Bench, at: Addresses, events: int) -> None:
    """Put so many events on the bus, by two processes at once."""
    sizes = [min(JOBCENTER, events - first) for first in range(0, events, JOBCENTER)]
    if len(sizes) == 1:
        sizes = [events - events // FILLERS, events // FILLERS]
    jobcenters = list(enumerate(sizes))

    cpu_s: list[float] = []

    async def filler() -> None:
        while jobcenters:
            number, size = jobcenters.pop(0)
            place = {"seed": SEED + number, "municipality": MUNICIPALITIES[number % len(MUNICIPALITIES)]}
            cpu_s.append((await variant("ours.bus.fill", at, events=size, with_ids=False, **place))["cpu_s"])

    started = time.perf_counter()
    await asyncio.gather(*(filler() for _ in range(FILLERS)))
    rate = events / (time.perf_counter() - started)
    bench.raw[f"fill_{events}"] = rate
    note = f"{sum(cpu_s) / events * 1e6:.0f} us CPU an event"
    bench.add(Line(f"filling the bus with {events:,}", per_second(rate), note=note))


async def once(bench: Bench, events: int, rounds: int) -> float:
    """The rows of a stream of so many events; how many seconds its rebuild takes, the median of some rounds."""
    async with machines() as at:
        await fill(bench, at, events)
        found = [await variant("ours.counting.rebuild", at) for _ in range(rounds)]
        seconds = float(statistics.median(one["seconds"] for one in found))
        bench.raw[f"rebuild_{events}"] = found
        on_disk = f"stream {found[-1]['stream_bytes'] / 1e9:.1f} GB, tables {found[-1]['table_bytes'] / 1e9:.1f} GB"
        bench.add(Line(f"rebuild of {events:,}", per_second(events / seconds), f"{seconds:.1f} s", note=on_disk))
        memory(bench, events, max(one["peak_mib"] for one in found))
        await as_of_days(bench, at, events)
    return seconds


def memory(bench: Bench, events: int, peak_mib: float) -> None:
    """The row of a rebuild's peak memory: of its process, not of the servers'."""
    citizens = citizens_of(events)
    a_citizen = peak_mib * 2**20 / citizens
    line = Line(
        f"peak memory, {citizens:,} citizens",
        f"{peak_mib:.0f} MiB",
        f"{a_citizen:,.0f} bytes a citizen",
        note=f"{a_citizen * 100_000 / 2**20:,.0f} MiB per 100,000 citizens",
    )
    if citizens >= GATED_FROM:
        line.gate, line.held = MEMORY, holds(a_citizen, MEMORY)
    bench.add(line)


async def run(small: int, events: int, raw: Path | None) -> bool:
    """Measure both; whether every gate held."""
    bench = Bench()
    seconds = {small: await once(bench, small, ROUNDS)}
    seconds[events] = await once(bench, events, 1)
    bench.growth("rebuild", seconds)
    return bench.report("Løft at scale", raw)


def main(
    events: Annotated[int, typer.Option(min=2)] = 10_000_000,
    small: Annotated[
        int, typer.Option(min=2, help="Events of the rebuild that the large one stands beside.")
    ] = 100_000,
    raw: Annotated[Path | None, typer.Option(help="Write every figure as JSON.")] = None,
) -> None:
    """Measure; exit 1 when a gate is missed."""
    needed, free = events * DISK_BYTES_AN_EVENT, shutil.disk_usage(WHERE).free
    if needed > free:
        console.print(
            f"{events:,} events need up to {needed / 1e9:.0f} GB in {WHERE} and {free / 1e9:.0f} GB are free. "
            f"Make room, or measure at most --events {free // DISK_BYTES_AN_EVENT}."
        )
        sys.exit(2)
    measure(run(small, events, raw))


if __name__ == "__main__":
    typer.run(main)
