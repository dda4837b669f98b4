"""Test sessions as staff see them: offer a test, give a link to it, and tell that it broke off."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.assessment import queries, session_log
from services.assessment.commands import AbortTest, GiveLink, OfferTest, act
from services.assessment.forecasts import forecasts
from services.assessment.rules import offering, sitting
from services.assessment.rules.session import Session
from services.assessment.views.session import LinkView, SessionBrief, SessionView, TestOffered, brief, view
from shared.persistence import Transaction
from shared.persistence.known_citizens import must_be_known
from shared.problems import Refused
from shared.web import OpenLinks, Principal, Role, Tx, allow, router
from shared.web.links import Link, Links

api = router()
TEST = "test"
"""The kind of link that opens a test."""
Staff = Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]


@api.post("/citizens/{citizen_id}/sessions", status_code=201)
async def offer_test(citizen_id: UUID, command: OfferTest, tx: Tx, links: OpenLinks, caller: Staff) -> TestOffered:
    """Offer the citizen a test: a link for her, and how long and how precise the test will be."""
    await queries.to_decide_on(tx, citizen_id, caller.municipality)
    await _no_other_test(tx, citizen_id)
    if command.profile_id is not None:
        await queries.profile(tx, command.profile_id)
    offer = offering.offer(
        citizen_id,
        caller.municipality,
        command.purpose,
        command.profile_id,
        act(command, tx, caller),
        assisted=command.assisted,
        accessible=await queries.needs_accessible(tx, citizen_id) if command.accessible is None else command.accessible,
        tested_on=await queries.tested_on(tx, citizen_id),
    )
    session = await session_log.offered(tx, tx.new_id(), offer)
    return TestOffered(
        test_id=session.test_id,
        until=session.until,
        link=link_to(links, session, tx.now),
        forecasts=forecasts(accessible=offer.accessible),
    )


@api.get("/citizens/{citizen_id}/sessions")
async def list_sessions(citizen_id: UUID, tx: Tx, caller: Staff) -> list[SessionBrief]:
    """The citizen's test sessions, newest first. The read is logged before it is answered."""
    await must_be_known(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "test sessions")
    return [brief(session) for session in await session_log.of_citizen(tx, citizen_id)]


@api.post("/sessions/{test_id}/links", status_code=201)
async def give_link(test_id: UUID, command: GiveLink, tx: Tx, links: OpenLinks, caller: Staff) -> LinkView:
    """A new link to the test, which holds for 24 hours; with `replace` those given out before hold no more."""
    session = await session_log.locked(tx, test_id, caller)
    if command.replace:
        session = await session_log.keep(tx, session, sitting.replace_links(act(command, tx, caller, session)))
    return link_to(links, session, tx.now)


@api.post("/sessions/{test_id}/abort")
async def abort_test(
    test_id: UUID,
    command: AbortTest,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR, Role.SYSTEM)],
) -> SessionView:
    """The test was broken off by a fault: nobody's choice, and without a result."""
    session = await session_log.locked(tx, test_id, caller)
    step = sitting.abort(session, command.reason, act(command, tx, caller, session))
    return await view(tx, await session_log.keep(tx, session, step))


def link_to(links: Links, session: Session, now: datetime) -> LinkView:
    """A link that opens this test for a day."""
    expires = (now + offering.LINK_HOLDS).replace(microsecond=0)
    link = Link(TEST, session.test_id, session.offer.municipality, session.links, expires)
    token = links.make(link)
    return LinkView(token=token, page=f"/open/{token}", expires=expires)


async def _no_other_test(tx: Transaction, citizen_id: UUID) -> None:
    """Raise Refused while she has another test open."""
    standing = await session_log.open_test(tx, citizen_id)
    if standing is not None:
        raise Refused(
            "test-underway",
            "The citizen has a test already that is not over",
            "Give her a link to it, or end it: POST /sessions/{test_id}/abandon.",
            test_id=str(standing),
        )
