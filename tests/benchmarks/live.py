"""From a command to the page: how long, idle and under load, beside the floor and the naive system."""

import statistics
from typing import Any

from tests.benchmarks.machines import machines, outcome, ready, start, variant
from tests.benchmarks.table import ROUNDS, Bench, Line

Arguments = dict[str, dict[str, Any]]
"""For each of the three processes."""

VARIANTS = {
    "ours": ("ours.live.projector", "ours.live.watcher", "ours.live.commander"),
    "floor": ("floor.projector", "floor.watcher", "floor.commander"),
    "naive": ("naive.project", "floor.watcher", "naive.commander"),
}
"""Who projects, who watches, and who gives the commands."""
PER_COMMAND = 50
"""Events of a command under load: 100 commands a second are 5,000 events."""
BUSY, FLOOR_BUSY = "ours, 5,000 events/s", "floor, 5,000 events/s"


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
    arguments = of_ours(commands, per_command) if system == "ours" else of_others(system, commands, per_command)
    project_by, watch_by, command_by = VARIANTS[system]
    async with machines(databases=("courses", "outcomes"), naive=True) as at:
        project = await start(project_by, at, **arguments["project"])
        await ready(project)
        watch = await start(watch_by, at, **arguments["watch"])
        await ready(watch)
        sent = await variant(command_by, at, commands=commands, rate=rate, **arguments["command"])
        seen = await outcome(watch)
        await outcome(project)
    found = latencies(sent["issued"], seen["seen"], sent["per_command"], sent["before"])
    return {"p50": percentile(found, 0.5), "p99": percentile(found, 0.99)}


def of_ours(commands: int, per_command: int) -> Arguments:
    """What our processes are told: the desk watches the effort's invited."""
    return {"project": {}, "watch": {"events": commands * per_command}, "command": {"per_command": per_command}}


def of_others(system: str, commands: int, per_command: int) -> Arguments:
    """What the others are told: the watcher looks at the key that the projector writes; one command goes before."""
    events = (1 + commands) * per_command
    announce = {"announce": True} if system == "naive" else {}
    many = {} if per_command == 1 else {"per_command": per_command}
    return {"project": {"events": events, **announce}, "watch": {"key": system, "events": events}, "command": many}


async def live(bench: Bench) -> None:
    """Command to page event: idle at 100 a second, and under 5,000 events a second."""
    rounds: dict[str, list[dict[str, float]]] = {"floor": [], "ours": [], "naive": [], BUSY: [], FLOOR_BUSY: []}
    for _ in range(ROUNDS):
        rounds["floor"].append(await live_once("floor", 1000, 100))
        rounds["ours"].append(await live_once("ours", 1000, 100))
        rounds["naive"].append(await live_once("naive", 600, 100))
        rounds[FLOOR_BUSY].append(await live_once("floor", 1000, 100, per_command=PER_COMMAND))
        rounds[BUSY].append(await live_once("ours", 1000, 100, per_command=PER_COMMAND))
    middle = {
        name: {part: statistics.median(one[part] for one in found) for part in ("p50", "p99")}
        for name, found in rounds.items()
    }
    bench.raw["live"] = rounds
    ours, floor, naive, busy, floor_busy = (middle[name] for name in ("ours", "floor", "naive", BUSY, FLOOR_BUSY))

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
            f"nothing lost; F under the same load {text(floor_busy)}: {busy['p99'] / floor_busy['p99']:.1f} x",
        )
    )
