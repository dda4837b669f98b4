"""``make bench``: measures every pair and prints one table; exits 1 when a gate is missed."""

import asyncio
import json
import statistics
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from tests.benchmarks.cohorts import COHORTS
from tests.benchmarks.machines import machines, outcome, ready, start, variant

ROUNDS = 3
SPREAD = 1.6
TRIES = 2
console = Console(width=150)


@dataclass
class Line:
    """One row of the table: ours, what it stands beside, their ratio and the gate."""

    what: str
    ours: str
    beside: str
    ratio: str
    gate: str
    held: bool
    note: str = ""


@dataclass
class Bench:
    """What was measured so far."""

    lines: list[Line] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Keep a row and show it at once."""
        self.lines.append(line)
        mark = "held" if line.held else "MISSED"
        console.print(f"{line.what}: ours {line.ours}, {line.beside}; {line.ratio} ({line.gate}: {mark}) {line.note}")


async def in_turns(measures: dict[str, Callable[[], Awaitable[float]]]) -> dict[str, float]:
    """The median of three of each, measured in turns; again when the rounds of one lie too far apart."""
    for attempt in range(TRIES):
        found: dict[str, list[float]] = {name: [] for name in measures}
        for _ in range(ROUNDS):
            for name, measure in measures.items():
                found[name].append(await measure())
        if all(max(values) / min(values) <= SPREAD for values in found.values()) or attempt == TRIES - 1:
            break
        console.print(f"  the rounds lie too far apart, measured again: {found}")
    return {name: statistics.median(values) for name, values in found.items()}


async def ingest(bench: Bench) -> None:
    """A real command through its rules, beside an SQLModel session."""

    async def ours() -> float:
        async with machines(databases=("intake",)) as at:
            found = await variant("ours.ingest", database_url=at["database_url"], commands=6000, clients=16)
        return float(found["rate"])

    async def naive() -> float:
        async with machines(databases=(), naive=True) as at:
            database = at["database_url"].replace("{service}", "naive")
            return float((await variant("naive.ingest", database=database, commands=1500, clients=16))["rate"])

    rates = await in_turns({"ours": ours, "N": naive})
    ratio = rates["ours"] / rates["N"]
    bench.raw["ingest"] = rates
    bench.add(
        Line(
            "ingest of a command, 16 clients",
            f"{rates['ours']:,.0f}/s",
            f"N {rates['N']:,.0f}/s",
            f"{ratio:.1f} x N",
            ">= 3 x N",
            ratio >= 3,
        )
    )


async def relay(bench: Bench) -> None:
    """Draining the log to the bus."""

    async def ours() -> float:
        async with machines(databases=("intake",)) as at:
            found = await variant("ours.relay", database_url=at["database_url"], nats_url=at["nats_url"], events=60_000)
        return float(found["rate"])

    async def naive() -> float:
        async with machines(databases=(), naive=True) as at:
            database = at["database_url"].replace("{service}", "naive")
            return float(
                (await variant("naive.relay", database=database, nats_url=at["nats_url"], events=2000))["rate"]
            )

    rates = await in_turns({"ours": ours, "N": naive})
    ratio = rates["ours"] / rates["N"]
    bench.raw["relay"] = rates
    bench.add(
        Line(
            "relay drain",
            f"{rates['ours']:,.0f}/s",
            f"N {rates['N']:,.0f}/s",
            f"{ratio:.1f} x N",
            ">= 10 x N",
            ratio >= 10,
        )
    )


async def projector(bench: Bench) -> float:
    """The projector on a backlog: histories, cells, figures; N's rate."""
    async with machines(naive=True) as at:
        count = (await variant("ours.fill", nats_url=at["nats_url"], events=120_000))["events"]

        async def ours() -> float:
            found = await variant(
                "ours.project", database_url=at["database_url"], nats_url=at["nats_url"], events=count
            )
            bench.raw["project_cpu_us"] = found["cpu_us"]
            return float(found["rate"])

        async def naive() -> float:
            database = at["database_url"].replace("{service}", "naive")
            return float(
                (await variant("naive.project", database=database, nats_url=at["nats_url"], events=1200))["rate"]
            )

        rates = await in_turns({"ours": ours, "N": naive})
    ratio = rates["ours"] / rates["N"]
    bench.raw["project"] = rates
    note = f"{bench.raw['project_cpu_us']:.0f} us CPU an event"
    bench.add(
        Line(
            "projector, live path on a backlog",
            f"{rates['ours']:,.0f}/s",
            f"N {rates['N']:,.0f}/s",
            f"{ratio:.0f} x N",
            ">= 100 x N",
            ratio >= 100,
            note,
        )
    )
    return rates["N"]


async def rebuild(bench: Bench, naive_rate: float, small: int, large: int) -> None:
    """The whole projection from nothing, beside a consumer that only counts."""
    seconds: dict[int, float] = {}
    for size in (small, large):
        async with machines() as at:
            count = (await variant("ours.fill", nats_url=at["nats_url"], events=size))["events"]
            peaks: list[float] = []

            async def ours() -> float:
                found = await variant("ours.rebuild", database_url=at["database_url"], nats_url=at["nats_url"])
                peaks.append(found["peak_mib"])  # noqa: B023
                return float(found["seconds"])

            async def counting() -> float:
                return float((await variant("floor.count", nats_url=at["nats_url"], events=count))["seconds"])  # noqa: B023

            took = await in_turns({"ours": ours, "O": counting})
        seconds[size] = took["ours"]
        rates = {name: count / value for name, value in took.items()}
        bench.raw[f"rebuild_{size}"] = rates | {"peak_mib": max(peaks)}
        ratio = rates["ours"] / rates["O"]
        bench.add(
            Line(
                f"rebuild of {count:,}",
                f"{rates['ours']:,.0f}/s",
                f"O {rates['O']:,.0f}/s",
                f"{ratio:.2f} x O",
                ">= 0.4 x O" if size == large else "for comparison",
                ratio >= 0.4 or size != large,
                f"peak memory {max(peaks):.0f} MiB",
            )
        )
    times = rates["ours"] / naive_rate if naive_rate else float("inf")
    bench.add(
        Line(
            "rebuild beside N",
            f"{rates['ours']:,.0f}/s",
            f"N {naive_rate:,.0f}/s",
            f"{times:.0f} x N",
            ">= 150 x N",
            times >= 150,
        )
    )
    growth = seconds[large] / seconds[small]
    limit = 11 * large / small / 10
    bench.add(
        Line(
            f"rebuild, {small:,} to {large:,}",
            f"{seconds[large]:.1f} s",
            f"{seconds[small]:.1f} s",
            f"{growth:.1f} x the time",
            f"<= {limit:.0f}",
            growth <= limit,
        )
    )


def latencies(issued: list[float], seen: list[tuple[int, float]], per_command: int, before: int) -> list[float]:
    """Milliseconds from each command to the first sight of all its events; RuntimeError when one was never seen."""
    found, index = [], 0
    for number, at in enumerate(issued):
        target = before + (number + 1) * per_command
        while index < len(seen) and seen[index][0] < target:
            index += 1
        if index == len(seen):
            raise RuntimeError(f"the events of {len(issued) - number} commands never arrived")
        found.append((seen[index][1] - at) * 1000)
    return found


def percentile(values: list[float], share: float) -> float:
    """The value that this share of values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def live_once(system: str, commands: int, rate: float, per_command: int = 1) -> dict[str, float]:
    """One run of a whole system in three processes; p50 and p99 in milliseconds."""
    before = {"ours": 1 + COHORTS, "naive": 1, "floor": 1}[system]
    total = before + commands * per_command
    async with machines(databases=("courses", "outcomes"), naive=True) as at:
        own = at["database_url"].replace("{service}", "naive")
        if system == "ours":
            project = await start(
                "ours.projector", database_url=at["database_url"], nats_url=at["nats_url"], events=total
            )
            await ready(project)
            watch = await start("ours.watcher", nats_url=at["nats_url"], events=commands * per_command)
            arguments: dict[str, Any] = {"database_url": at["database_url"], "per_command": per_command}
        else:
            extra = {"announce": True} if system == "naive" else {}
            name = "naive.project" if system == "naive" else "floor.projector"
            project = await start(name, database=own, nats_url=at["nats_url"], events=total, **extra)
            await ready(project)
            watch = await start("floor.watcher", nats_url=at["nats_url"], key=system, events=total)
            arguments = {"database": own}
        await ready(watch)
        sent = await variant(f"{system}.commander", nats_url=at["nats_url"], commands=commands, rate=rate, **arguments)
        seen = await outcome(watch)
        await outcome(project)
    found = latencies(sent["issued"], seen["seen"], sent["per_command"], sent["before"])
    return {"p50": percentile(found, 0.5), "p99": percentile(found, 0.99)}


async def live(bench: Bench) -> None:
    """Command to page event: idle at 100 a second, and under 5,000 events a second."""
    rounds: dict[str, list[dict[str, float]]] = {"floor": [], "ours": [], "naive": [], "ours, 5,000 events/s": []}
    for _ in range(ROUNDS):
        rounds["floor"].append(await live_once("floor", 1000, 100))
        rounds["ours"].append(await live_once("ours", 1000, 100))
        rounds["naive"].append(await live_once("naive", 600, 100))
        rounds["ours, 5,000 events/s"].append(await live_once("ours", 1000, 100, per_command=50))
    middle = {
        name: {part: statistics.median(one[part] for one in found) for part in ("p50", "p99")}
        for name, found in rounds.items()
    }
    bench.raw["live"] = rounds
    ours, floor, naive, busy = (middle[name] for name in ("ours", "floor", "naive", "ours, 5,000 events/s"))

    def text(one: dict[str, float]) -> str:
        return f"{one['p50']:.1f} / {one['p99']:.1f} ms"

    ratio = ours["p99"] / floor["p99"]
    bench.add(
        Line(
            "command to page event, 100/s, p50/p99",
            text(ours),
            f"F {text(floor)}",
            f"{ratio:.1f} x F",
            "p99 <= 2 x F",
            ratio <= 2,
        )
    )
    share = ours["p99"] / naive["p99"]
    bench.add(
        Line(
            "the same beside N", text(ours), f"N {text(naive)}", f"1/{1 / share:.0f} of N", "p99 <= N/10", share <= 0.1
        )
    )
    loaded = busy["p99"] / floor["p99"]
    bench.add(
        Line(
            "the same at 5,000 events/s",
            text(busy),
            f"F idle {text(floor)}",
            f"{loaded:.1f} x F idle",
            "p99 <= 6 x F",
            loaded <= 6,
            "nothing lost",
        )
    )


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
