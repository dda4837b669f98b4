"""What every request may carry: a key to repeat it by, the version it rests on, a correlation and a trace."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from shared.contracts.envelope import Envelope
from shared.telemetry.trace import trace_id
from shared.web import Role
from tests.real.running_services import RunningServices
from tests.real.web.jobcenter import COURSE, Jobcenter
from tests.real.web.routes import Route
from tests.real.web.test_access import ROUTES, problem
from tests.today import today
from tests.waiting import eventually

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
def manager(services: RunningServices) -> httpx.AsyncClient:
    return services.caller("courses")


def key() -> dict[str, str]:
    """A key that no other request has."""
    return {"Idempotency-Key": str(uuid4())}


async def offered(services: RunningServices, course_id: str) -> list[Envelope]:
    return await services.of["courses"].log(f"course/{course_id}")


class TestIdempotencyKey:
    async def test_a_repeated_request_gets_the_same_answer_and_has_one_effect(
        self, services: RunningServices, manager: httpx.AsyncClient
    ) -> None:
        before, headers = len(await services.of["courses"].log()), key()
        first, again = [await manager.post("/courses", json=COURSE, headers=headers) for _ in range(2)]
        assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
        assert ("idempotent-replayed" in first.headers, again.headers["idempotent-replayed"]) == (False, "true")
        assert again.headers["content-type"] == "application/json"
        assert len(await services.of["courses"].log()) == before + 1

    async def test_of_requests_at_once_one_has_the_effect_and_all_its_answer(
        self, services: RunningServices, manager: httpx.AsyncClient
    ) -> None:
        before, headers = len(await services.of["courses"].log()), key()
        answers = await asyncio.gather(*(manager.post("/courses", json=COURSE, headers=headers) for _ in range(5)))
        assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
        assert len(await services.of["courses"].log()) == before + 1

    @pytest.mark.parametrize(
        ("path", "body"),
        [("/courses", COURSE | {"weeks": 5}), ("/cohorts", COURSE)],
        ids=["another body", "another address"],
    )
    async def test_another_request_by_the_same_key_is_refused(
        self, manager: httpx.AsyncClient, path: str, body: dict[str, Any]
    ) -> None:
        headers = key()
        await manager.post("/courses", json=COURSE, headers=headers)
        answer = await manager.post(path, json=body, headers=headers)
        assert "Use a new key" in problem(answer, 422, "idempotency-key-reused")["detail"]

    async def test_a_refusal_is_not_remembered(self, services: RunningServices, manager: httpx.AsyncClient) -> None:
        """Who is told to try again may do so with the same key."""
        course = (await manager.post("/courses", json=COURSE)).json()["course_id"]
        headers = key() | {"Expected-Version": "2"}
        close = f"/courses/{course}/close"
        problem(await manager.post(close, json={}, headers=headers), 409, "version-conflict")
        await manager.post(f"/courses/{course}/change", json={"weeks": 9})
        assert (await manager.post(close, json={}, headers=headers)).status_code == 200
        assert [event.name for event in await offered(services, course)][-1] == "course-closed"

    async def test_a_key_is_its_callers_own(self, services: RunningServices, manager: httpx.AsyncClient) -> None:
        headers = key()
        here = await manager.post("/courses", json=COURSE, headers=headers)
        elsewhere = await services.caller("courses", municipality="0147").post("/courses", json=COURSE, headers=headers)
        assert (elsewhere.status_code, elsewhere.json() == here.json()) == (201, False)

    @pytest.mark.parametrize("given", ["", "k" * 201])
    async def test_a_key_that_is_none_is_refused(self, manager: httpx.AsyncClient, given: str) -> None:
        answer = await manager.post("/courses", json=COURSE, headers={"Idempotency-Key": given})
        assert "1 to 200 characters" in problem(answer, 422, "idempotency-key")["title"]


class TestMunicipality:
    @pytest.fixture
    def of_two(self, services: RunningServices) -> httpx.AsyncClient:
        """A manager of two municipalities."""
        courses = services.of["courses"]
        token = courses.issuer.issue("employee-9", [Role.MANAGER], ["0101", "0147"])
        return courses.caller(Authorization=f"Bearer {token}")

    async def test_who_works_for_two_acts_for_the_first_or_for_the_one_that_she_names(
        self, services: RunningServices, of_two: httpx.AsyncClient
    ) -> None:
        for named, meant in (({}, "0101"), ({"Municipality": "0147"}, "0147"), ({"Municipality": "0101"}, "0101")):
            made = (await of_two.post("/courses", json=COURSE, headers=named)).json()["course_id"]
            assert [event.municipality for event in await offered(services, made)] == [meant]
            for code in ("0101", "0147"):
                seen = await of_two.get(f"/courses/{made}", headers={"Municipality": code})
                assert (seen.status_code == 200) == (code == meant)

    async def test_a_municipality_that_is_not_hers_is_refused(self, of_two: httpx.AsyncClient) -> None:
        for path in ("/courses", f"/courses/{uuid4()}"):
            answer = await of_two.get(path, headers={"Municipality": "0370"})
            assert problem(answer, 403, "municipality-foreign")["detail"] == "Your token names: 0101, 0147."


class TestExpectedVersion:
    async def test_the_version_that_was_read_lets_a_command_through_once(self, manager: httpx.AsyncClient) -> None:
        made = (await manager.post("/courses", json=COURSE)).json()
        change, headers = f"/courses/{made['course_id']}/change", {"Expected-Version": str(made["version"])}
        assert (await manager.post(change, json={"weeks": 5}, headers=headers)).json()["version"] == 2
        late = problem(await manager.post(change, json={"weeks": 6}, headers=headers), 409, "version-conflict")
        assert late["version"] == 2
        assert late["detail"].startswith("You expected version 1; it is 2 now.")

    @pytest.mark.parametrize("given", ["", "one", "-1", "1.0", " 1 2", "9" * 5000])
    async def test_what_is_no_version_is_refused(self, manager: httpx.AsyncClient, given: str) -> None:
        answer = await manager.post("/courses", json=COURSE, headers={"Expected-Version": given})
        problem(answer, 422, "expected-version")


class TestCorrelation:
    async def test_a_given_correlation_goes_into_the_event_and_the_answer(
        self, services: RunningServices, manager: httpx.AsyncClient
    ) -> None:
        answer = await manager.post("/courses", json=COURSE, headers={"X-Correlation-Id": "case-2026.11_21"})
        (event,) = await offered(services, answer.json()["course_id"])
        assert (answer.headers["x-correlation-id"], event.correlationid) == ("case-2026.11_21", "case-2026.11_21")

    async def test_a_refusal_tells_it_too(self, manager: httpx.AsyncClient) -> None:
        headers = {"X-Correlation-Id": "case-2026.11_21"}
        for answer in (
            await manager.post("/courses", json={}, headers=headers),
            await manager.get(f"/courses/{uuid4()}", headers=headers),
        ):
            assert answer.is_client_error
            assert answer.headers["x-correlation-id"] == "case-2026.11_21"

    @pytest.mark.parametrize("given", [None, "short", "x" * 65, "with space", "010179-0001", "ab-0101790001"])
    async def test_what_cannot_be_one_is_replaced(self, manager: httpx.AsyncClient, given: str | None) -> None:
        headers = {} if given is None else {"X-Correlation-Id": given}
        answer = await manager.get("/courses", headers=headers)
        assert answer.headers["x-correlation-id"] == str(UUID(answer.headers["x-correlation-id"]))


class TestTrace:
    async def test_one_trace_leads_from_the_request_to_the_event_of_a_reaction(self, services: RunningServices) -> None:
        headers = {"traceparent": TRACEPARENT, "X-Correlation-Id": "the-first-job"}
        citizen = (await Jobcenter(services.client).furnish())["citizen_id"]
        job = {"citizen_id": citizen, "kind": "ordinary", "hours_per_week": 37, "on": str(today())}
        answer = await services.caller("outcomes").post("/placements", json=job, headers=headers)
        assert answer.status_code == 201

        async def ended() -> Envelope | None:
            told = await services.of["courses"].log(f"citizen/{citizen}")
            return next((event for event in told if event.name == "participation-ended"), None)

        effect = await eventually(ended, what="the reaction has ended the participation")
        *_, cause = await services.of["outcomes"].log(f"citizen/{citizen}")
        assert (effect.causationid, effect.correlationid) == (str(cause.id), "the-first-job")
        assert trace_id(cause.traceparent) == trace_id(effect.traceparent) == TRACE
        assert len({TRACEPARENT, cause.traceparent, effect.traceparent}) == 3, "each has a span of its own"

    @pytest.mark.parametrize(
        "given", [None, "garbage", f"00-{'0' * 32}-b7ad6b7169203331-01", f"ff-{TRACE}-b7ad6b7169203331-01"]
    )
    async def test_a_request_without_a_trace_begins_one(
        self, services: RunningServices, manager: httpx.AsyncClient, given: str | None
    ) -> None:
        answer = await manager.post("/courses", json=COURSE, headers={} if given is None else {"traceparent": given})
        (event,) = await offered(services, answer.json()["course_id"])
        assert trace_id(event.traceparent) not in (None, TRACE, "0" * 32)


class TestBodies:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", "application/json"),
            (b"{", "application/json"),
            (b"[]", "application/json"),
            (b'"text"', "application/json"),
            (b"\xff\xfe", "application/json"),
            (b'{"title": "\\ud800"}', "application/json"),
            (b"[" * 100_000, "application/json"),
            (b"title=Hold", "application/x-www-form-urlencoded"),
            (b"{}", "text/plain"),
        ],
        ids=["nothing", "half", "list", "text", "no UTF-8", "half a character", "deep", "form", "other type"],
    )
    async def test_what_cannot_be_read_is_refused_by_field(
        self, manager: httpx.AsyncClient, content: bytes, kind: str
    ) -> None:
        answer = await manager.post("/courses", content=content, headers={"Content-Type": kind})
        told = problem(answer, 422, "invalid")
        assert told["errors"]
        assert all(set(error) == {"field", "problem"} and error["problem"] for error in told["errors"])

    async def test_what_is_too_large_is_refused(self, manager: httpx.AsyncClient) -> None:
        answer = await manager.post("/courses", json=COURSE | {"title": "x" * 3_000_000})
        assert problem(answer, 413, "request-too-large")["detail"] == "It may have 2048 KiB. Send less at a time."

    async def test_what_was_sent_is_not_repeated(self, manager: httpx.AsyncClient) -> None:
        sent = COURSE | {"weeks": "Hansen", "Jens Hansen": 1, "0101790001": 2}
        answer = await manager.post("/courses", json=sent)
        fields = {error["field"] for error in problem(answer, 422, "invalid")["errors"]}
        assert fields == {"weeks", "?"}
        assert "Hansen" not in answer.text
        assert "0101790001" not in answer.text


class TestParameters:
    async def test_a_misspelt_one_is_refused_and_the_known_ones_are_named(self, services: RunningServices) -> None:
        """Without ``as_of`` the answer would be that of today."""
        question = {"indicator": "reach", "asof": "2021-12-31", "010179-0001": "x"}
        answer = await services.caller("outcomes").get("/effect", params=question)
        known = "as_of, by, contract, format, indicator, known, published, window"
        said = f"It is no parameter here; there are: {known}"
        assert problem(answer, 422, "invalid")["errors"] == [
            {"field": "asof", "problem": said},
            {"field": "?", "problem": said},
        ]

    async def test_one_that_stands_there_twice_is_refused(self, services: RunningServices) -> None:
        question = {"indicator": "reach", "as_of": ["2021-12-31", "2022-12-31"]}
        answer = await services.caller("outcomes").get("/effect", params=question)
        twice = {"field": "as_of", "problem": "It stands there twice; give one"}
        assert problem(answer, 422, "invalid")["errors"] == [twice]
        states = {"state": ["upcoming", "running"]}
        assert (await services.caller("courses").get("/cohorts", params=states)).status_code == 200

    async def test_a_command_takes_none(self, services: RunningServices, manager: httpx.AsyncClient) -> None:
        before = len(await services.of["courses"].log())
        answer = await manager.post("/courses", json=COURSE, params={"title": "Andet"})
        assert problem(answer, 422, "invalid")["errors"] == [{"field": "title", "problem": "There are none here"}]
        assert len(await services.of["courses"].log()) == before

    @pytest.mark.parametrize("route", ROUTES, ids=str)
    async def test_every_route_knows_those_that_its_description_has(
        self, services: RunningServices, route: Route
    ) -> None:
        described = [one["name"] for one in route.operation.get("parameters", []) if one["in"] == "query"]
        caller = services.caller(route.service, tuple(route.roles))
        address, body = route.address({}), route.body({})
        asked = dict.fromkeys(described, "x") | {"unheard-of": "x"}
        answer = await caller.request(route.method, address, json=body, params=asked)
        errors = problem(answer, 422, "invalid")["errors"]
        assert [error["field"] for error in errors] == ["unheard-of"]
        assert all(name in errors[0]["problem"] for name in described)
