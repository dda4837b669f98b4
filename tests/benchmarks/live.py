"""From a command to the page: how long, idle and under load, beside the floor and the naive system."""

import statistics
from typing import Any

from tests.benchmarks.cohorts import COHORTS
from tests.benchmarks.machines import machines, outcome, ready, start, variant
from tests.benchmarks.table import ROUNDS, Bench, Line


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
