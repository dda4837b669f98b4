"""The page of a test as it stands: its welcome, its question, its pause or its end."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.assessment.forecasts import forecasts
from services.assessment.rules.session import Status
from services.assessment.views.session import SessionView
from services.assessment.web import wording
from services.assessment.web.answer import Missing, untouched
from services.assessment.web.door import COOKIE, home, link_until
from services.assessment.web.render import PAGES, is_mobile
from shared.web import Principal
from shared.web.citizen import Fields

TEMPLATES: dict[Status, str] = {
    "offered": "welcome.html",
    "running": "question.html",
    "paused": "paused.html",
    "finished": "finished.html",
}
GONE: frozenset[Status] = frozenset({"lapsed", "expired", "aborted"})
"""Ends that the citizen did not choose: the page says so with 410."""


async def standing_page(
    request: Request,
    shown: SessionView,
    caller: Principal,
    *,
    status: int = 200,
    notice: str = "",
    fields: Fields | None = None,
    missing: Sequence[Missing] = (),
    template: str = "",
) -> Response:
    """The page. ``fields`` is what was filled in already, ``missing`` what must be put right (422)."""
    told: dict[str, object] = {
        "test": shown,
        "here": home(request, shown.test_id),
        "until": min(link_until(caller), shown.until) if shown.until else link_until(caller),
        "link": request.cookies[COOKIE],
        "mobile": is_mobile(request),
        "purpose": wording.PURPOSES[shown.purpose],
        "notice": notice,
        "fields": fields or {},
        "missing": missing,
    }
    if shown.question is not None:
        told |= {
            "question": shown.question,
            "fields": untouched(shown.question) if fields is None else fields,
            "progress": wording.progress(shown.question, await _usual(shown)),
        }
    if status == 200 and shown.status in GONE:
        status = 410
    chosen = template or TEMPLATES.get(shown.status, "over.html")
    return HTMLResponse(PAGES.html(request, chosen, **told), status)


async def _usual(shown: SessionView) -> float:
    """How many questions tests of this pool usually have."""
    found = forecasts(accessible=shown.pool == "accessible")
    return next(one.items + one.tried_out for one in found if one.pool == shown.pool)
