"""Verdicts: what the figures say of each pilot against the benchmark it registered. A person decides."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.outcomes.api.effect import SEE_TRUE_COUNTS, Reader
from services.outcomes.verdicts import VerdictView, verdicts_of, view
from shared.clock import danish_day
from shared.web import Tx, router

api = router()


@api.get("/effect/verdicts")
async def read_verdicts(
    tx: Tx,
    caller: Reader,
    as_of: Annotated[date | None, Query(description="The day, e.g. 2026-03-31; today when left out.")] = None,
    known: Annotated[
        date | None, Query(description="Only what had been recorded by the end of this day; all when left out.")
    ] = None,
) -> list[VerdictView]:
    """The verdict on each of your municipality's pilots at the end of a day, the newest pilot first.

    Look as often as you like: the interval holds at every look. An analyst sees the verdict without its counts. With
    ``known`` the answer is what a look could have given on that day: participations, jobs, decisions and pilots that
    were recorded later are left out.
    """
    found = await verdicts_of(tx.connection, as_of or danish_day(tx.now), caller.municipality, known)
    counts = bool(caller.roles & SEE_TRUE_COUNTS)
    return [view(verdict, counts=counts, known=known) for verdict in found]
