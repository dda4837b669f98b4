"""Figures that are asked for."""

import statistics
import time
from datetime import date
from typing import Any

from services.outcomes.effect_queries import figures_of
from tests.benchmarks.machines import Addresses
from tests.benchmarks.ours.connections import opened_database

ROUNDS = 3


async def asked(at: Addresses, questions: list[tuple[str, list[str]]], days: list[str]) -> dict[str, Any]:
    """Milliseconds of each question as of each day: the median of three, after one that is not counted."""
    found = []
    async with opened_database(at) as database, database.pool.acquire() as connection:
        for indicator, by in questions:
            for day in days:
                took = []
                for _ in range(1 + ROUNDS):
                    started = time.perf_counter()
                    await figures_of(connection, indicator=indicator, as_of=date.fromisoformat(day), by=by)
                    took.append((time.perf_counter() - started) * 1000)
                name = " by ".join([indicator, *by])
                found.append({"question": name, "as_of": day, "ms": statistics.median(took[1:])})
    return {"asked": found}


async def moved_on(at: Addresses, as_of: str) -> dict[str, Any]:
    """``moved_on`` of every course, and how long it takes."""
    async with opened_database(at) as database, database.pool.acquire() as connection:
        started = time.perf_counter()
        day = date.fromisoformat(as_of)
        rows = await figures_of(connection, indicator="moved_on", as_of=day, by=("course",))
        return {"seconds": time.perf_counter() - started, "rows": rows}
