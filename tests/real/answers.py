"""What callers are answered: done, or refused with a problem document."""

from typing import Any

import httpx


def done(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, which says what it is and what to do."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"urn:loeft:problem:{code}"), answer.text
    assert problem["title"]
    assert problem.get("detail"), "it says what to do"
    return problem
