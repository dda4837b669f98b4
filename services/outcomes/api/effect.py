"""Effect: the figures of an indicator, as of a day and cut by dimensions, and the definitions behind them."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect_queries import figures_of
from shared.clock import danish_day
from shared.problems import Invalid
from shared.web import Principal, Role, Tx, allow, router

api = router()
Reader = Annotated[Principal, allow(Role.MANAGER, Role.ANALYST, Role.CASEWORKER, Role.EMENTOR)]


@api.get("/effect")
async def read_effect(
    tx: Tx,
    caller: Reader,
    indicator: Annotated[str, Query(description="Key of the indicator; GET /effect/catalogue lists them.")],
    as_of: Annotated[str, Query(description="The day, e.g. 2026-03-31; today when left out.")] = "",
    by: Annotated[
        str, Query(description="At most two dimensions, with a comma between, e.g. course,target_group.")
    ] = "",
    window: Annotated[int, Query(description="Days after the participation's end in which an outcome counts.")] = 182,
    known: Annotated[
        str, Query(description="Only what had been recorded by the end of this day; all when left out.")
    ] = "",
) -> list[dict[str, Any]]:
    """The figures of an indicator in your municipality: one for each value of the cut, each with its definition.

    ``so_far`` counts everything up to the day, ``numerator`` and ``denominator`` only what is mature; ``share`` has a
    95 % interval (``low``, ``high``) where people are counted among people.
    """
    return await figures_of(
        tx.connection,
        indicator=indicator,
        as_of=_day("as_of", as_of) if as_of else danish_day(tx.now),
        by=tuple(name.strip() for name in by.split(",") if name.strip()),
        window=window,
        municipality=caller.municipality,
        known=_day("known", known) if known else None,
    )


@api.get("/effect/catalogue")
async def read_catalogue(caller: Reader) -> list[dict[str, Any]]:
    """Every indicator: what is counted among whom, its exclusions, windows, cuts, source and owner."""
    return [asdict(indicator) for indicator in CATALOGUE.values()]


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            "day-unreadable",
            f"{name} is no day",
            "Write a day as year-month-day, e.g. 2026-03-31.",
            allowed=["YYYY-MM-DD"],
        ) from error
