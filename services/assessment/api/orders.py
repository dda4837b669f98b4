"""Job orders: which are open, and who suits one. A company's order comes from outcomes; who suits it is found here."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.assessment import gap_queries, known_courses, known_orders, queries
from services.assessment.rules import order as rule
from services.assessment.rules.order import Order
from services.assessment.rules.screening import screen
from services.assessment.views.screening import OrderView, ScreeningView, screening_view
from shared.contracts.vocabulary import GapVerdict
from shared.persistence import Transaction
from shared.problems import NotFound, Refused
from shared.web import Principal, Role, Tx, allow, router

api = router()
MOST = 200
Page = Annotated[int, Query(ge=1, le=MOST, description="How many to list at most. The read of each is logged.")]
Skip = Annotated[int, Query(ge=0, le=1_000_000, description="How many of the list to leave out at its beginning.")]
Only = Annotated[GapVerdict | None, Query(description="Only candidates with this verdict.")]


@api.get("/orders")
async def list_orders(
    tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.COMPANY_DESK, Role.MANAGER)]
) -> list[OrderView]:
    """The open job orders of your municipality, newest first."""
    return await known_orders.open_orders(tx, caller.municipality)


@api.get("/orders/{order_id}/candidates")
async def screen_candidates(
    order_id: UUID,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER)],
    verdict: Only = None,
    limit: Page = 50,
    skip: Skip = 0,
) -> ScreeningView:
    """Who suits an open order: your municipality's tested citizens by verdict, with reasons, and never by a score.

    The read of each citizen who is listed is logged before it is answered. Nothing is kept or published.
    """
    order = await known_orders.order(tx, order_id, caller.municipality)
    rule.must_be_open(order)
    profile = await _profile_of(tx, order)
    demands = rule.asked(order, tuple(profile.demands) if profile else ())
    measured = await gap_queries.measurements_of_candidates(tx, caller.municipality)
    courses = await known_courses.on_offer(tx, caller.municipality)
    # beside the loop: for twenty thousand citizens it computes for most of a second
    found = await asyncio.to_thread(screen, order_id, demands, measured, courses)
    shown = [one for one in found if verdict in {None, one.found.verdict}][skip : skip + limit]
    for candidate in sorted(shown, key=lambda one: one.citizen_id):
        await tx.log_read(candidate.citizen_id, f"screening for order {order_id}")
    named = await gap_queries.courses_named(tx, {course for one in shown for course in one.found.course_ids})
    not_tested = await gap_queries.candidates(tx, caller.municipality) - len(measured)
    return screening_view(order, profile, demands, found, shown, named, not_tested)


async def _profile_of(tx: Transaction, order: Order) -> queries.ProfileView | None:
    """The open profile that the order names, if it names one."""
    if order.profile_id is None:
        return None
    try:
        return await queries.open_profile(tx, order.profile_id)
    except NotFound:
        raise Refused(
            "order-profile-unknown",
            "The order names a job profile that is not known here",
            "Import the profile from the municipality that published it (loeft events import), or change the order.",
        ) from None
