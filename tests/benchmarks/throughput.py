"""Commands, the relay and the projector: how many a second, beside the naive system."""

from tests.benchmarks.machines import alone, machines, variant
from tests.benchmarks.table import Bench, in_turns

BACKLOG = 120_000


async def ingest(bench: Bench) -> None:
    """A real command through its rules, beside an SQLModel session."""
    rates = await in_turns(
        {
            "ours": lambda: alone("ours.commands.ingest", "intake", commands=6000, clients=16),
            "N": lambda: alone("naive.ingest", commands=1500, clients=16),
        }
    )
    bench.raw["ingest"] = rates
    bench.rates("ingest of a command, 16 clients", rates, "N", ">= 3 x N")


async def relay(bench: Bench) -> None:
    """Draining the log to the bus."""
    rates = await in_turns(
        {
            "ours": lambda: alone("ours.commands.relay", "intake", events=60_000),
            "N": lambda: alone("naive.relay", events=2000),
        }
    )
    bench.raw["relay"] = rates
    bench.rates("relay drain", rates, "N", ">= 10 x N")


async def projector(bench: Bench) -> float:
    """The projector on a backlog: histories, cells, figures; N's rate."""
    cpu_us = 0.0
    async with machines(naive=True) as at:
        await variant("ours.bus.fill", at, events=BACKLOG)

        async def ours() -> float:
            nonlocal cpu_us
            found = await variant("ours.folding.backlog", at, events=BACKLOG)
            cpu_us = found["cpu_us"]
            return float(found["rate"])

        async def naive() -> float:
            return float((await variant("naive.project", at, events=1200))["rate"])

        rates = await in_turns({"ours": ours, "N": naive})
    bench.raw["project"] = rates | {"cpu_us": cpu_us}
    note = f"{cpu_us:.0f} us CPU an event"
    bench.rates("projector, live path on a backlog", rates, "N", ">= 100 x N", note)
    return rates["N"]
