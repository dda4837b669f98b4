"""Check-in at a workshop: open a site for the day, see who waits, write somebody up, let somebody go.

The citizen's side of it is the page behind the signed link (services/intake/web).
"""

from typing import Annotated
from uuid import UUID

from fastapi import Body

from services.intake import openings
from services.intake.bell import TheBell
from services.intake.commands import CheckedIn, OpenSite, WriteUp
from services.intake.openings import LinkView, OpeningView
from shared.clock import danish_day
from shared.moment import end_of
from shared.persistence import Transaction
from shared.web import OpenLinks, Principal, Role, Tx, allow, router
from shared.web.links import Link, Links

CHECK_IN = "checkin"
"""The kind of link that opens one site's check-in of one day."""

api = router()
Mentor = Annotated[Principal, allow(Role.EMENTOR, Role.CASEWORKER)]


@api.post("/openings")
async def open_site(command: OpenSite, tx: Tx, links: OpenLinks, caller: Mentor) -> OpeningView:
    """Open a site for check-in today. Whoever opens it again gets the same opening."""
    opening_id = await openings.open_site(tx, caller.municipality, command.site, danish_day(tx.now))
    return await _view(tx, links, opening_id, caller)


@api.get("/openings/{opening_id}")
async def read_opening(opening_id: UUID, tx: Tx, links: OpenLinks, caller: Mentor) -> OpeningView:
    """Who waits at a site, and how many were there. Nobody in it can be known, so nothing is logged."""
    return await _view(tx, links, opening_id, caller)


@api.post("/openings/{opening_id}/check-ins", status_code=201)
async def write_up(
    opening_id: UUID,
    tx: Tx,
    caller: Mentor,
    bell: TheBell,
    command: Annotated[WriteUp, Body(default_factory=WriteUp)],
) -> CheckedIn:
    """Write somebody up who has no phone, or does not want to use it."""
    at = await openings.opening(tx, opening_id, caller.municipality, locked=True)
    number = at.next_number(danish_day(tx.now), by_phone=False)
    one = await openings.give(tx, at, number, tx.new_id(), command.themes, been_before=None, by_phone=False)
    bell.ring(opening_id)
    return CheckedIn(check_in_id=one.check_in_id, number=one.number)


@api.post("/openings/{opening_id}/departures", status_code=204)
async def let_all_go(opening_id: UUID, tx: Tx, caller: Mentor, bell: TheBell) -> None:
    """Everybody who waits went: the workshop closes, or somebody at the door has filled the list with nobody."""
    at = await openings.opening(tx, opening_id, caller.municipality, locked=True)
    await openings.settle_all(tx, at.opening_id)
    bell.ring(opening_id)


@api.post("/check-ins/{check_in_id}/departure", status_code=204)
async def let_go(check_in_id: UUID, tx: Tx, caller: Mentor, bell: TheBell) -> None:
    """Somebody who waited went without help."""
    one = await openings.check_in(tx, check_in_id, caller.municipality)
    one.must_wait()
    await openings.settle(tx, one, "gone")
    bell.ring(one.opening_id)


async def _view(tx: Transaction, links: Links, opening_id: UUID, caller: Principal) -> OpeningView:
    at = await openings.opening(tx, opening_id, caller.municipality)
    at.must_be_today(danish_day(tx.now))
    link = Link(CHECK_IN, opening_id, at.municipality, 0, end_of(at.day))
    return await openings.view(tx, at, LinkView(page=f"/check-in/{links.make(link)}", expires=link.expires))
