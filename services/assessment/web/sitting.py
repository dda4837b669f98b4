"""The pages of a test while it is sat. Each form is answered by an endpoint of the JSON interface and a redirect.

What the present state forbids (an answer in a second tab, say) is answered with 409 and the page that stands now; a
form that is not filled in with 422 and the same form again.
"""

from collections.abc import Awaitable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.assessment import session_log
from services.assessment.api import sitting
from services.assessment.commands import (
    AbandonTest,
    BeginTest,
    PauseTest,
    ResumeTest,
    SkipQuestion,
)
from services.assessment.views.session import SessionView, view
from services.assessment.web import notices
from services.assessment.web.answer import Incomplete, answer_of, begin_of, device_of, eases_of, number_of
from services.assessment.web.door import Sitter, go_to, home, keep_link, router
from services.assessment.web.render import PAGES
from services.assessment.web.standing import standing_page
from shared.problems import Refused
from shared.web import OpenLinks, Principal, Tx
from shared.web.citizen import Form, one

pages = router()


@pages.get("/tests/{test_id}")
async def show_test(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """The test as it stands."""
    shown = await sitting.read_session(test_id, tx, caller)
    if shown.status == "finished":
        return go_to(f"{home(request, test_id)}/result")
    return await standing_page(request, shown, caller)


@pages.post("/tests/{test_id}")
async def say_what_is_hard(
    test_id: UUID, form: Form, request: Request, tx: Tx, links: OpenLinks, caller: Sitter
) -> Response:
    """The two questions that come before everything: whoever finds reading or Danish hard is offered something else."""
    try:
        eases = eases_of(form)
    except Incomplete as incomplete:
        return await _again(request, tx, test_id, caller, form, incomplete, "welcome.html")
    if "difficult" not in eases.values():
        return go_to(f"{home(request, test_id)}/begin")
    command = BeginTest(**eases, device="computer")  # no test begins, so none is taken on it
    return await _step(request, tx, test_id, caller, sitting.begin_test(test_id, command, tx, links, caller))


@pages.get("/tests/{test_id}/begin")
async def show_beginning(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """What the test will be like, and what it is taken on."""
    shown = await sitting.read_session(test_id, tx, caller)
    if shown.status != "offered":
        return go_to(home(request, test_id))
    return await standing_page(request, shown, caller, template="begin.html")


@pages.post("/tests/{test_id}/begin")
async def begin_test(test_id: UUID, form: Form, request: Request, tx: Tx, links: OpenLinks, caller: Sitter) -> Response:
    """Begin. The link that begins it holds as long as the test."""
    try:
        command = begin_of(form)
    except Incomplete as incomplete:
        return await _again(request, tx, test_id, caller, form, incomplete, "begin.html")
    try:
        shown = await sitting.begin_test(test_id, command, tx, links, caller)
    except Refused as refused:
        return await _as_it_stands(request, tx, test_id, caller, refused)
    response = go_to(home(request, test_id))
    if shown.link is not None:
        keep_link(request, response, test_id, shown.link.token)
    return response


@pages.post("/tests/{test_id}/answer")
async def answer_question(test_id: UUID, form: Form, request: Request, tx: Tx, caller: Sitter) -> Response:
    """Answer the question that stands, say that one does not know, or skip it."""
    number = number_of(form)
    if one(form, "do") == "skip":
        step = sitting.skip_question(test_id, SkipQuestion(question=number), tx, caller)
        return await _step(request, tx, test_id, caller, step)
    shown = await view(tx, await session_log.locked(tx, test_id, caller))
    try:
        command = answer_of(shown, number, form)
    except Incomplete as incomplete:
        return await _again(request, tx, test_id, caller, form, incomplete, "question.html")
    return await _step(request, tx, test_id, caller, sitting.answer_question(test_id, command, tx, caller))


@pages.post("/tests/{test_id}/pause")
async def pause_test(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """Take a break."""
    return await _step(request, tx, test_id, caller, sitting.pause_test(test_id, PauseTest(), tx, caller))


@pages.post("/tests/{test_id}/resume")
async def resume_test(test_id: UUID, form: Form, request: Request, tx: Tx, caller: Sitter) -> Response:
    """Go on, here or on another device."""
    command = ResumeTest(device=device_of(form))
    return await _step(request, tx, test_id, caller, sitting.resume_test(test_id, command, tx, caller))


@pages.get("/tests/{test_id}/stop")
async def ask_whether_to_stop(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """Stopping cannot be undone: it is asked first."""
    shown = await sitting.read_session(test_id, tx, caller)
    if shown.until is None:
        return go_to(home(request, test_id))
    return HTMLResponse(PAGES.html(request, "stop.html", test=shown, here=home(request, test_id)))


@pages.post("/tests/{test_id}/stop")
async def stop_test(test_id: UUID, request: Request, tx: Tx, caller: Sitter) -> Response:
    """Stop for good."""
    return await _step(request, tx, test_id, caller, sitting.abandon_test(test_id, AbandonTest(), tx, caller))


async def _step(request: Request, tx: Tx, test_id: UUID, caller: Principal, taken: Awaitable[SessionView]) -> Response:
    """Take a step, and show what stands then; what cannot be taken leaves everything as it is."""
    try:
        await taken
    except Refused as refused:
        return await _as_it_stands(request, tx, test_id, caller, refused)
    return go_to(home(request, test_id))


async def _as_it_stands(request: Request, tx: Tx, test_id: UUID, caller: Principal, refused: Refused) -> Response:
    shown = await sitting.read_session(test_id, tx, caller)
    ended = notices.ended_by(refused.code)
    if ended is not None:  # its time is up, which nobody has written down yet
        return await standing_page(request, shown.model_copy(update={"status": ended, "question": None}), caller)
    return await standing_page(request, shown, caller, status=409, notice=notices.notice(refused.code))


async def _again(
    request: Request, tx: Tx, test_id: UUID, caller: Principal, form: Form, incomplete: Incomplete, template: str
) -> Response:
    """The same form with what was filled in, and what is missing; or what stands, when that is another page."""
    shown = await sitting.read_session(test_id, tx, caller)
    if shown.status != ("running" if template == "question.html" else "offered"):
        return await standing_page(request, shown, caller, status=409, notice=notices.notice(f"test-{shown.status}"))
    return await standing_page(
        request, shown, caller, status=422, fields=form, missing=incomplete.missing, template=template
    )
