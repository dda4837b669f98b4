"""Every failure leaves as a problem document (RFC 9457): ``application/problem+json``, in clear words."""

import re
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from shared.problems import Problem, Unauthenticated, Unavailable

log = structlog.get_logger(__name__)

HTTP = {
    404: ("There is nothing at this address", "See the interface's description at /docs."),
    405: ("This address does not take that method", "See the interface's description at /docs."),
}
CORRELATION_ID = "X-Correlation-Id"
FIELD = re.compile(r"[A-Za-z_][A-Za-z_-]{0,60}")

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "What kind of problem it is: `urn:loeft:problem:<code>`."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do about it."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Each field that cannot be read."},
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {"application/problem+json": {"schema": PROBLEM_SCHEMA}}}
    for status, text in (
        (401, "No valid token"),
        (403, "The role is missing"),
        (404, "No such entity"),
        (409, "A rule or another change stands against it"),
        (413, "The request is too large"),
        (422, "The request cannot be read"),
        (503, "Try again in a moment"),
    )
}
"""What every route may answer instead, for the description."""


def document(status: int, code: str, title: str, detail: str = "", **members: Any) -> JSONResponse:
    """A problem document as a response."""
    body = {"type": f"urn:loeft:problem:{code}", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    return JSONResponse(body | members, status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every failure of the app's routes with a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def answer_to(request: Request, failure: Exception) -> JSONResponse:
    """The problem document of any failure, which is logged: for who answers in another form and keeps the rest."""
    for kind, answer in ((Problem, _problem), (RequestValidationError, _invalid), (HTTPException, _http)):
        if isinstance(failure, kind):
            return await answer(request, failure)
    return await _unexpected(request, failure)


def status_of(failure: Exception) -> int:
    """The status with which a failure leaves."""
    if isinstance(failure, Problem):
        return failure.status
    return 422 if isinstance(failure, RequestValidationError) else getattr(failure, "status_code", 500)


async def _problem(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)
    response = _refused(request, problem.status, problem.code, problem.title, problem.detail, **problem.members)
    if isinstance(problem, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(problem, Unavailable):
        response.headers["Retry-After"] = "1"
    return response


async def _invalid(request: Request, failure: Exception) -> JSONResponse:
    assert isinstance(failure, RequestValidationError)
    # never the value that was sent, nor a field's name that is none: either may be a CPR number
    errors = [
        {"field": ".".join(_part(part) for part in error["loc"][1:]) or _part(error["loc"][0]), "problem": error["msg"]}
        for error in failure.errors()
    ]
    return _unreadable(request, errors)


def _unreadable(request: Request, errors: list[dict[str, str]]) -> JSONResponse:
    return _refused(
        request, 422, "invalid", "The request cannot be read", "Correct the fields named in `errors`.", errors=errors
    )


def _refused(request: Request, status: int, code: str, title: str, detail: str, **members: Any) -> JSONResponse:
    """Tell the caller and the log, both with the correlation of a request that came so far."""
    response = document(status, code, title, detail, **members)
    correlation = getattr(request.state, "correlation_id", None)
    if correlation is not None:
        response.headers[CORRELATION_ID] = correlation
    log.info("refused", path=_route(request), status=status, code=code, correlation_id=correlation)
    return response


def _part(part: str | int) -> str:
    return str(part) if isinstance(part, int) or FIELD.fullmatch(part) else "?"


async def _http(request: Request, failure: Exception) -> JSONResponse:
    assert isinstance(failure, HTTPException)
    if failure.status_code == 400:  # the framework's word for a body that breaks its parser, by its depth say
        return _unreadable(request, [{"field": "body", "problem": "It cannot be read as JSON"}])
    title, detail = HTTP.get(failure.status_code, (failure.detail, ""))
    response = document(failure.status_code, f"http-{failure.status_code}", title, detail)
    response.headers.update(failure.headers or {})
    return response


async def _unexpected(request: Request, failure: Exception) -> JSONResponse:
    log.error("unexpected", path=_route(request), error=type(failure).__name__, exc_info=failure)
    return _refused(
        request, 500, "unexpected", "Something went wrong here", "Nothing was changed. Tell operations if it goes on."
    )


def _route(request: Request) -> str:
    """The route's pattern: an address itself may carry an id."""
    return getattr(request.scope.get("route"), "path", "?")
