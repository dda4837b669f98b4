"""Figures that are asked for."""

import statistics
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from services.outcomes.effect_queries import figures_of
from services.outcomes.projection.at_hand import AtHand
from tests.benchmarks.machines import Addresses
from tests.benchmarks.ours.connections import opened_database

ROUNDS = 3
LARGEST = "SELECT municipality FROM cell GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"


async def asked(at: Addresses, questions: list[tuple[str, list[str]]], days: list[str]) -> dict[str, Any]:
    """Milliseconds of each question as of each day, after it was asked as of another: the median of three.

    Of one municipality, as the interface asks. ``new_ms`` is the first time that the question is asked.
    """
    found = []
    async with opened_database(at) as database, database.pool.acquire() as connection:
        at_hand = AtHand()
        municipality = await connection.fetchval(LARGEST)
        for indicator, by in questions:

            async def took(day: date, indicator: str = indicator, by: Sequence[str] = by) -> float:
                started = time.perf_counter()
                question: dict[str, Any] = {"indicator": indicator, "by": by, "municipality": municipality}
                await figures_of(connection, as_of=day, at_hand=at_hand, **question)
                return (time.perf_counter() - started) * 1000

            new = await took(date.fromisoformat(days[0]) - timedelta(days=1))
            name = " by ".join([indicator, *by])
            for day in days:
                again = [await took(date.fromisoformat(day)) for _ in range(ROUNDS)]
                found.append({"question": name, "as_of": day, "ms": statistics.median(again), "new_ms": new})
    return {"asked": found}


async def moved_on(at: Addresses, as_of: str) -> dict[str, Any]:
    """``moved_on`` of every course, and how long it takes."""
    async with opened_database(at) as database, database.pool.acquire() as connection:
        started = time.perf_counter()
        day = date.fromisoformat(as_of)
        rows = await figures_of(connection, indicator="moved_on", as_of=day, by=("course",))
        return {"seconds": time.perf_counter() - started, "rows": rows}
