"""What the desk makes of the answers of services: over real HTTP."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from deploy import stack
from deploy.embedded.ports import free_port
from services.desk.door.doorman import Caller
from services.desk.services import IDLE_S, Calls, Services
from shared.problems import Forbidden, Invalid, NotFound, Problem, Refused, TooLarge, Unauthenticated, Unavailable
from shared.web import Principal, Role
from tests.real.http_server import Answers, serving

pytestmark = [pytest.mark.anyio, pytest.mark.real]
ANNA = Caller(Principal("anna", frozenset({Role.CASEWORKER}), ("0101",)), "annas-token")
FORM = UUID(int=7)


class Intake(Answers):
    """Answers with the status that the address names; says what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str], str]]
    cut: int
    """How many connections it still breaks, with what was asked heard and not answered."""

    def do_GET(self) -> None:  # noqa: N802 - the library names it
        """``/problem/409`` is a problem, ``/broken/500`` no JSON, anything else is well."""
        _, service, kind, *rest = self.path.partition("?")[0].split("/")
        assert service == "intake"
        self.asked.append((f"{self.command} {self.path}", dict(self.headers), self._body()))
        if Intake.cut:
            Intake.cut -= 1
            self.close_connection = True
            return
        if kind == "problem":
            told = {"type": "urn:loeft:problem:a-code", "title": "A title", "status": int(rest[0]), "detail": "Do so."}
            self.say(int(rest[0]), told | {"citizen_id": "3"})
        elif kind == "broken":
            self.send_response(int(rest[0]))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.say(200, {"well": True})

    do_POST = do_GET  # noqa: N815

    def _body(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()


@pytest.fixture
async def calls() -> AsyncIterator[Calls]:
    """A page of Anna's, and a service that answers."""
    Intake.asked, Intake.cut = [], 0
    port = free_port()
    services = Services(f"http://127.0.0.1:{port}/{{service}}")
    await services.open()
    with serving(port, Intake):
        yield Calls(services, ANNA, "desk: citizen", FORM)
    await services.close()


async def test_a_service_hears_who_asks_and_why_and_no_empty_questions(calls: Calls) -> None:
    assert await calls.read("intake", "/citizens", after=None, limit=3) == {"well": True}
    ((line, headers, _),) = Intake.asked
    assert line == "GET /intake/citizens?limit=3"
    assert headers["Authorization"] == "Bearer annas-token"
    assert headers["Purpose"] == "desk: citizen"
    assert "Idempotency-Key" not in headers


async def test_the_same_form_gives_the_same_key_and_another_command_another(calls: Calls) -> None:
    for path, body in [("/a", {"x": 1}), ("/a", {"x": 1}), ("/a", {"x": 2}), ("/b", {"x": 1})]:
        await calls.send("intake", path, body, version=4)
    keys = [headers["Idempotency-Key"] for _, headers, _ in Intake.asked]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert json.loads(Intake.asked[0][2]) == {"x": 1}
    assert Intake.asked[0][1]["Expected-Version"] == "4"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, Unauthenticated), (403, Forbidden), (404, NotFound), (409, Refused), (413, TooLarge), (422, Invalid)],
)
async def test_a_problem_of_a_service_is_a_problem_of_the_page(calls: Calls, status: int, kind: type[Problem]) -> None:
    with pytest.raises(kind) as caught:
        await calls.read("intake", f"/problem/{status}")
    problem: Any = caught.value
    assert (problem.code, problem.title, problem.detail) == ("a-code", "A title", "Do so.")
    assert problem.members == {"citizen_id": "3"}


@pytest.mark.parametrize("path", ["/broken/500", "/broken/502", "/problem/500", "/broken/404"])
async def test_a_service_that_fails_is_away(calls: Calls, path: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await calls.read("intake", path)
    assert caught.value.code == "service-failed"


async def test_a_service_that_nobody_answers_for_is_away() -> None:
    services = Services(f"http://127.0.0.1:{free_port()}")
    await services.open()
    with pytest.raises(Unavailable) as caught:
        await Calls(services, ANNA, "desk: citizen").read("intake", "/citizens")
    assert (caught.value.code, caught.value.members) == ("service-away", {"service": "intake"})
    await services.close()


async def test_what_may_be_asked_again_is_asked_again_when_the_connection_broke(calls: Calls) -> None:
    Intake.cut = 1
    assert await calls.read("intake", "/citizens") == {"well": True}
    Intake.cut = 1
    assert await calls.send("intake", "/citizens", {"x": 1}) == {"well": True}
    keys = [headers.get("Idempotency-Key") for _, headers, _ in Intake.asked]
    assert keys[0] is keys[1] is None
    assert keys[2] == keys[3] is not None
    assert len(keys) == 4


async def test_a_command_without_a_key_is_sent_once_only(calls: Calls) -> None:
    Intake.cut = 1
    with pytest.raises(Unavailable, match="does not answer"):
        await replace(calls, once=None).send("intake", "/citizens", {"x": 1})
    assert len(Intake.asked) == 1


async def test_a_service_that_always_breaks_off_is_away(calls: Calls) -> None:
    Intake.cut = 3
    with pytest.raises(Unavailable, match="does not answer"):
        await calls.read("intake", "/citizens")
    assert len(Intake.asked) == 2


def test_a_service_keeps_an_idle_connection_for_longer_than_the_desk() -> None:
    (container,) = re.findall(r"UVICORN_TIMEOUT_KEEP_ALIVE=(\d+)", Path("deploy/Dockerfile").read_text("utf-8"))
    assert min(stack.KEEP_ALIVE_S, int(container)) > 2 * IDLE_S
