"""The whole projection from nothing, and from the stored histories, beside a consumer that only counts."""

from tests.benchmarks.machines import machines, variant
from tests.benchmarks.table import UNGATED, Bench, in_turns


async def rebuild(bench: Bench, naive_rate: float, small: int, large: int) -> None:
    """Rebuilds of a small and a large stream; the gates are those of the large one."""
    seconds = {events: await once(bench, events, gated=events == large) for events in (small, large)}
    bench.rates("rebuild beside N", {"ours": large / seconds[large], "N": naive_rate}, "N", ">= 150 x N")
    bench.growth("rebuild", seconds)


async def once(bench: Bench, events: int, *, gated: bool) -> float:
    """The rows of a stream of so many events; how many seconds its rebuild takes."""
    peak_mib = 0.0
    async with machines() as at:
        await variant("ours.bus.fill", at, events=events)

        async def ours() -> float:
            nonlocal peak_mib
            found = await variant("ours.counting.rebuild", at)
            peak_mib = max(peak_mib, found["peak_mib"])
            return float(found["seconds"])

        async def counting() -> float:
            return float((await variant("floor.count", at, events=events))["seconds"])

        async def from_histories() -> float:
            return float((await variant("ours.counting.recount", at))["seconds"])

        took = await in_turns({"ours": ours, "O": counting, "histories": from_histories})
    rates = {name: events / seconds for name, seconds in took.items()}
    bench.raw[f"rebuild_{events}"] = rates | {"peak_mib": peak_mib}
    note = f"peak memory {peak_mib:.0f} MiB"
    bench.rates(f"rebuild of {events:,}", rates, "O", ">= 0.6 x O" if gated else UNGATED, note)
    again = {"ours": rates["histories"], "O": rates["O"]}
    bench.rates(f"the same {events:,} from the stored histories", again, "O", ">= 2 x O" if gated else UNGATED)
    return took["ours"]
