"""The whole projection from nothing, and from the stored histories, beside a consumer that only counts."""

from tests.benchmarks.machines import machines, variant
from tests.benchmarks.table import Bench, Line, in_turns


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

            async def again() -> float:
                return float((await variant("ours.recount", database_url=at["database_url"]))["seconds"])

            took = await in_turns({"ours": ours, "O": counting, "histories": again})
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
                ">= 0.6 x O" if size == large else "for comparison",
                ratio >= 0.6 or size != large,
                f"peak memory {max(peaks):.0f} MiB",
            )
        )
        again_ratio = rates["histories"] / rates["O"]
        bench.add(
            Line(
                f"the same {count:,} from the stored histories",
                f"{rates['histories']:,.0f}/s",
                f"O {rates['O']:,.0f}/s",
                f"{again_ratio:.2f} x O",
                ">= 2 x O" if size == large else "for comparison",
                again_ratio >= 2 or size != large,
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
