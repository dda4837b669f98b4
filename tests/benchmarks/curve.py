"""How long a job-entry curve takes to read from its histogram. ``python -m tests.benchmarks.curve`` prints more.

Histograms of 731 days with five kinds of exit on nearly every day, of 1,000 to 1,000,000 people. A reading takes
nothing but the histogram, so the number of people must not matter.
"""

from collections import Counter
from collections.abc import Callable
from random import Random
from timeit import timeit
from typing import Any

from services.outcomes.effect.durations import Durations, Stay, durations
from services.outcomes.effect.incidence import curves
from tests.benchmarks.machines import variant
from tests.benchmarks.table import Bench, Line, holds, times

PEOPLE = (1_000, 10_000, 100_000, 1_000_000)
KINDS = ("job", "education", "moved", "wage-subsidy", "ill", None)
WEIGHTS = (4, 1, 1, 1, 1, 3)
SINCE = 1_000
LAST_DAY = 730
GATE = "<= 100 us, 1.5 x the fastest"
MOST_GROWTH = 1.5
"""The slowest of all sizes beside the fastest: they are the same reading on a machine that others use."""
TIMES = 10
ROUNDS = 100


def histogram(people: int) -> Durations:
    """People who started on a day of the last thousand and left, most of them, within about a year."""
    chance = Random(people)
    stays: Counter[Stay] = Counter()
    for kind in chance.choices(KINDS, WEIGHTS, k=people):
        start = chance.randrange(SINCE)
        after = min(LAST_DAY, int(chance.expovariate(1 / 300)))
        stays[Stay(start, None if kind is None else start + after, kind)] += 1
    return durations(stays.items(), as_of=SINCE, days=LAST_DAY)


def job(counts: Durations) -> object:
    """The reading: the share that has got a job, by day."""
    return curves(counts).incidence("job")


def job_and_survivor(counts: Durations) -> object:
    """And the share still there."""
    read = curves(counts)
    return read.incidence("job"), read.survivor()


def all_kinds(counts: Durations) -> object:
    """The survivor and every kind of exit."""
    read = curves(counts)
    return read.incidences(), read.survivor()


def interval(counts: Durations) -> object:
    """One day's share with its interval."""
    return curves(counts).estimate("job", 182)


Reading = Callable[[Durations], object]
READINGS: tuple[Reading, ...] = (job, job_and_survivor, all_kinds, interval)


def measure(histograms: list[Durations], readings: tuple[Reading, ...] = READINGS) -> dict[tuple[str, int], float]:
    """Microseconds of each reading by its histogram's people.

    In turns and the fastest of many short rounds: what else runs on the machine can only add to it.
    """
    fastest: dict[tuple[str, int], float] = {}
    for _ in range(ROUNDS):
        for counts in histograms:
            for read in readings:
                took = timeit(lambda read=read, counts=counts: read(counts), number=TIMES) / TIMES * 1e6  # type: ignore[misc]
                at = (read.__name__, counts.people)
                fastest[at] = min(took, fastest.get(at, took))
    return fastest


async def job_curve(at: dict[str, str]) -> dict[str, Any]:
    """Variant: microseconds of the job curve by the number of people."""
    del at  # it needs no servers
    fastest = measure([histogram(people) for people in PEOPLE], (job,))
    return {"us": {str(people): fastest[job.__name__, people] for people in PEOPLE}}


async def curve(bench: Bench) -> None:
    """The row of the job curve."""
    found = (await variant("curve.job_curve", {}))["us"]
    bench.raw["curve"] = found
    slowest, fastest = max(found.values()), min(found.values())
    bench.add(
        Line(
            "a job-entry curve from its histogram",
            f"{slowest:.0f} us",
            f"{PEOPLE[0]:,} people {found[str(PEOPLE[0])]:.0f} us, {PEOPLE[-1]:,} {found[str(PEOPLE[-1])]:.0f} us",
            f"{times(slowest / fastest)} x the fastest",
            GATE,
            holds(slowest, GATE) and slowest / fastest <= MOST_GROWTH,
        )
    )


def main() -> None:
    """Print every reading of every size."""
    histograms = [histogram(people) for people in PEOPLE]
    fastest = measure(histograms)
    for counts in histograms:
        shown = ", ".join(f"{read.__name__} {fastest[read.__name__, counts.people]:.0f} µs" for read in READINGS)
        print(f"{counts.people:>9,} people, {len(counts.at_risk)} days: {shown}")


if __name__ == "__main__":
    main()
