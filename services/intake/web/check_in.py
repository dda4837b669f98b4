"""Checking in: choose what you want help with, get a number. The routes of the page behind the QR code."""

from uuid import UUID, uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from services.intake import openings
from services.intake.bell import TheBell
from services.intake.web.door import Visitor, router
from services.intake.web.render import PAGES
from shared.clock import danish_day
from shared.codelists.workshop_themes import THEMES
from shared.problems import Invalid, NotFound
from shared.web import Principal, Tx
from shared.web.citizen import Form, one

SAME_PAGE_S = 60
"""So long a phone that scans the code again shows the page it has, and sends the same form: it gets the same number."""
BEFORE = {"yes": True, "no": False}

pages = router()


@pages.get("/check-in/{token}")
async def welcome(token: str, request: Request, tx: Tx, visitor: Visitor) -> Response:
    """What she may want help with. Nothing is asked about who she is."""
    at = await openings.opening(tx, _opened(visitor), visitor.municipality)
    at.must_be_today(danish_day(tx.now))
    html = PAGES.html(request, "check_in.html", token=token, site=at.site, form=uuid4())
    return HTMLResponse(html, headers={"Cache-Control": f"private, max-age={SAME_PAGE_S}"})


@pages.post("/check-in/{token}/numbers")
async def check_in(token: str, form: Form, request: Request, tx: Tx, visitor: Visitor, bell: TheBell) -> Response:
    """A number for today; the form that was sent already gets the number that it had.

    At an address of its own: a browser forgets the page that it keeps when it sends a form to the page's address.
    """
    sent = _sent(one(form, "form"))
    wanted = [code for code in THEMES if code in form.get("theme", ())]
    at = await openings.opening(tx, _opened(visitor), visitor.municipality, locked=True)
    hers = await openings.given(tx, at.opening_id, sent)
    if hers is None:
        number = at.next_number(danish_day(tx.now), by_phone=True)
        before = BEFORE.get(one(form, "before"))
        hers = await openings.give(tx, at, number, sent, wanted, been_before=before, by_phone=True)
        bell.ring(at.opening_id)
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/check-in/{token}/{hers.check_in_id}", 303)


@pages.get("/check-in/{token}/{check_in_id}")
async def number(token: str, check_in_id: UUID, request: Request, tx: Tx, visitor: Visitor) -> Response:
    """Her number, and how many come before her."""
    hers = await openings.own(tx, _opened(visitor), check_in_id)
    if hers is None:
        raise NotFound("check-in-unknown", "There is no such number here", "Numbers hold for their day only.")
    ahead = await openings.before(tx, _opened(visitor), hers.number)
    return HTMLResponse(PAGES.html(request, "number.html", token=token, one=hers, ahead=ahead))


def _opened(visitor: Principal) -> UUID:
    """The id of what the link opens."""
    assert visitor.link is not None
    return visitor.link.id


def _sent(told: str) -> UUID:
    """The page that was sent. Raises Invalid."""
    try:
        return UUID(told)
    except ValueError:
        raise Invalid("form-unreadable", "The form names no page", "Open the page again.") from None
