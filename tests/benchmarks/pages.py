"""Two hundred open pages on one desk process: from a change to each of them, beside a bare fan-out."""

import tempfile

from deploy.embedded.ports import free_port
from tests.benchmarks.live import percentile
from tests.benchmarks.machines import WHERE, machines, outcome, ready, start, variant
from tests.benchmarks.table import Bench, Line

PAGES, CHANGES = 200, 50
CARD_BYTES = 12_000
"""About what the card of an effort takes."""
GATE, GATE_MS = "p99 < 250 ms", 250.0


async def pages(bench: Bench) -> None:
    """Pages with figures, which are sent the changed card; working pages, which are told to look again; and F."""
    found = {name: await _seconds(name) for name in ("fan_out", "figures", "working")}
    bench.raw["pages"] = found

    def text(name: str) -> str:
        return f"{percentile(found[name], 0.5) * 1000:.0f} / {percentile(found[name], 0.99) * 1000:.0f} ms"

    floor = percentile(found["fan_out"], 0.99)
    for name, what in (("figures", "with figures: the new card"), ("working", "that work: told to look again")):
        p99 = percentile(found[name], 0.99)
        bench.add(
            Line(
                f"{PAGES} open pages {what}, p50/p99",
                text(name),
                f"F {text('fan_out')}",
                f"{p99 / floor:.1f} x F",
                GATE,
                p99 * 1000 < GATE_MS,
                f"{PAGES * CHANGES:,} sights",
            )
        )


async def _seconds(name: str) -> list[float]:
    port = free_port()
    with tempfile.TemporaryDirectory(dir=WHERE) as directory:
        async with machines(databases=()) as at:
            if name == "fan_out":
                serving = await start("floor.fan_out", at, port=port, size=CARD_BYTES)
            else:
                serving = await start("ours.pages.desk", at, port=port, directory=directory)
            await ready(serving)
            read = await variant(f"ours.pages.{name}", at, port=port, pages=PAGES, changes=CHANGES)
            await outcome(serving)
    return [float(one) for one in read["seconds"]]
