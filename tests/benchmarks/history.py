"""On a long history: live batches, one figure by other means, figures as of a day, and two processes that share it."""

import asyncio
import statistics
from dataclasses import dataclass
from datetime import date, timedelta

from tests.benchmarks.jobcenter import AS_OF
from tests.benchmarks.machines import Addresses, machines, outcome, ready, start, variant
from tests.benchmarks.ours.folding import NEW
from tests.benchmarks.table import ROUNDS, Bench, Line, holds, per_second, times
from tests.reference.flat import as_flat

BATCHES = {1: 500, 100: 5_000, 1000: 20_000}
"""Events that are folded in batches of each size, in each round."""
STORED, CHANGED = 10_000, 1_300
"""Events that are only stored, and cells that are changed with each batch of them: as many as counting changes."""
LIVE, REFRESH, AS_OF_DAY = ">= 20,000/s", "<= 1/40 of a refresh", "< 50 ms"
"""Gates."""
QUESTIONS: list[tuple[str, list[str]]] = [
    ("mikrosprint_job", []),
    ("moved_on", ["course"]),
    ("upskilled_praktik", []),
    ("funnel", []),
    ("reach", ["target_group"]),
]
DAYS = [AS_OF - timedelta(days=days) for days in (540, 182, 0)]
WORKERS = 2


@dataclass(frozen=True)
class History:
    """Servers with a history of so many events of a jobcenter that has ``of``."""

    at: Addresses
    events: int
    of: int


async def history(bench: Bench, events: int) -> None:
    """All measurements on one history of so many events, counted by a rebuild."""
    of = events + ROUNDS * sum(BATCHES.values()) + STORED
    async with machines(naive=True) as at:
        await variant("ours.bus.fill", at, events=events, of=of)
        await variant("ours.counting.rebuild", at)
        there = History(at, events, of)
        await as_of_days(bench, at, events)
        refresh = await by_other_means(bench, there)
        await shared(bench, there)
        batch = 1000 / await live_batches(bench, there)
    ratio = batch / refresh
    bench.add(
        Line(
            f"1,000 new events on {events:,}",
            f"{batch * 1000:.0f} ms",
            f"view {refresh * 1000:.0f} ms",
            f"1/{times(1 / ratio)} of a refresh" if ratio < 1 else f"{times(ratio)} x a refresh",
            REFRESH,
            holds(ratio, REFRESH),
            "ours counts all indicators, the view one",
        )
    )


async def as_of_days(bench: Bench, at: Addresses, events: int) -> None:
    """Figures as of days in the past; the slowest of them counts."""
    found = await variant("ours.figures.asked", at, questions=QUESTIONS, days=list(map(date.isoformat, DAYS)))
    asked = found["asked"]
    slowest = max(asked, key=lambda one: one["ms"])
    bench.raw[f"as_of_{events}"] = asked
    shown = f"{slowest['ms']:.0f} ms", f"median {statistics.median(one['ms'] for one in asked):.0f} ms"
    new = max(one["new_ms"] for one in asked)
    note = f"slowest: {slowest['question']}; a question that is new: up to {new:.0f} ms"
    held = holds(slowest["ms"], AS_OF_DAY)
    bench.add(Line(f"a figure as of a day, {events:,}", *shown, gate=AS_OF_DAY, held=held, note=note))


async def by_other_means(bench: Bench, there: History) -> float:
    """``moved_on`` by course by DuckDB and by PostgreSQL, equal to ours; seconds that a materialised view takes."""
    ours = await variant("ours.figures.moved_on", there.at, as_of=AS_OF.isoformat())
    duck = await variant("flat.duck", there.at, events=there.events, of=there.of)
    view = await variant("flat.view", there.at, events=there.events, of=there.of)
    bench.raw["flat"] = {"ours_s": ours["seconds"], "duck": duck, "view": view}
    rows = [list(row) for row in as_flat(ours["rows"])]
    equal = rows == duck["rows"] == view["rows"] and any(row[2] for row in rows)
    bench.add(
        Line(
            f"moved_on by course, {there.events:,}",
            f"{ours['seconds'] * 1000:.0f} ms",
            f"DuckDB {duck['parquet_s'] * 1000:.0f} ms",
            "equal" if equal else "NOT EQUAL",
            "equal",
            equal,
            f"DuckDB from Parquet; from JSON lines {duck['json_s']:.2f} s, from memory {duck['table_s'] * 1000:.0f} ms",
        )
    )
    return float(view["seconds"])


async def shared(bench: Bench, there: History) -> None:
    """The stored histories counted by two processes and added up, beside one process."""
    one = await _counted(there.at, 1)
    two = await _counted(there.at, WORKERS)
    merge = await variant("ours.counting.merge", there.at, of=WORKERS)
    bench.raw["shared"] = {"one_s": one, "two_s": two, "merge_s": merge["seconds"]}
    seconds, equal = two + merge["seconds"], merge["differences"] == 0
    bench.add(
        Line(
            f"{there.events:,} by two processes, added up",
            f"{seconds:.1f} s",
            f"one {one:.1f} s",
            f"{times(one / seconds)} x as fast",
            "equal to one",
            equal,
            f"adding {merge['seconds']:.2f} s; {merge['differences']} cells differ",
        )
    )


async def _counted(at: Addresses, workers: int) -> float:
    """Seconds from the first of so many workers' start to the last one's end."""
    processes = [await start("ours.counting.part", at, number=number, of=workers) for number in range(workers)]
    for process in processes:
        await ready(process)
    took = await asyncio.gather(*(outcome(process) for process in processes))
    return float(max(one["ended"] for one in took) - min(one["started"] for one in took))


async def _batches(there: History, first: int, count: int, batch: int) -> dict[str, float]:
    """So many events, folded by a projector that has been running for a fifth of them."""
    warm = count // NEW
    await variant("ours.bus.fill", there.at, events=warm, first=first, of=there.of)
    process = await start("ours.folding.batches", there.at, events=count, batch=batch)
    await ready(process)
    await variant("ours.bus.fill", there.at, events=count - warm, first=first + warm, of=there.of)
    return await outcome(process)


async def live_batches(bench: Bench, there: History) -> float:
    """The projector in batches of three sizes, in turns, each on the next events; the rate of the largest."""
    found: dict[int, list[dict[str, float]]] = {batch: [] for batch in BATCHES}
    first = there.events
    for _ in range(ROUNDS):
        for batch, count in BATCHES.items():
            found[batch].append(await _batches(there, first, count, batch))
            first += count
    bench.raw["live_batches"] = found
    of = {"events": STORED, "first": first, "of": there.of, "batch": max(BATCHES), "cells": CHANGED}
    floor = await variant("ours.folding.stored", there.at, **of)
    for batch, rounds in found.items():
        rate, cpu_us = (statistics.median(one[part] for one in rounds) for part in ("rate", "cpu_us"))
        shown = per_second(rate), f"{batch / rate * 1000:.1f} ms a batch"
        line = Line(f"live fold in batches of {batch:,}", *shown, note=f"{cpu_us:.0f} us CPU an event")
        if batch == max(BATCHES):
            line.gate, line.held = LIVE, holds(rate, LIVE)
            line.note += f"; to store a batch alone takes {floor['seconds'] * 1000:.1f} ms"
        bench.add(line)
    return rate
