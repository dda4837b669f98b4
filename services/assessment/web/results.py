"""The pages of a finished test: its result, and the competence profile as a page and as a file."""

import asyncio
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.assessment.api import sitting
from services.assessment.rules.advice import next_steps
from services.assessment.rules.offering import APART
from services.assessment.views.session import TestResultView
from services.assessment.web import next_words
from services.assessment.web.door import COOKIE, Sitter, go_to, home, link_until, router
from services.assessment.web.profile import profile_of
from services.assessment.web.profile_pdf import pdf_of
from services.assessment.web.render import PAGES
from shared.problems import Refused
from shared.web import Principal, Tx

pages = router()


@pages.get("/tests/{test_id}/result")
async def show_result(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """What the test found, and what to do next. Before the test is finished, the test."""
    try:
        result = await sitting.read_test_result(test_id, tx, caller)
    except Refused:
        return go_to(home(request, test_id))
    steps = [next_words.said(step, result.areas) for step in next_steps(result.areas)]
    return _page(request, caller, "result.html", result, steps=steps, again=result.finished_at + APART)


@pages.get("/tests/{test_id}/profile")
async def show_profile(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """The competence profile."""
    result = await sitting.read_test_result(test_id, tx, caller)
    return _page(request, caller, "profile.html", result, profile=profile_of(result))


@pages.get("/tests/{test_id}/profile.pdf")
async def download_profile(test_id: UUID, tx: Tx, caller: Sitter) -> Response:
    """The competence profile as a file."""
    profile = profile_of(await sitting.read_test_result(test_id, tx, caller))
    made = await asyncio.to_thread(pdf_of, profile)
    name = f"kompetenceprofil-{profile.year}-{profile.month:02}-{profile.day:02}.pdf"
    return Response(
        made, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(request: Request, caller: Principal, template: str, result: TestResultView, **shown: object) -> Response:
    here, until = home(request, result.test_id), link_until(caller)
    page = PAGES.html(request, template, here=here, until=until, link=request.cookies[COOKIE], result=result, **shown)
    return HTMLResponse(page)
