"""Commands, the relay and the projector: how many a second, beside the naive system."""

from tests.benchmarks.machines import machines, variant
from tests.benchmarks.table import Bench, Line, in_turns


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
