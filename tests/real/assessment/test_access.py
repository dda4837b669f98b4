"""Who may what: nobody without a token, without the role, or of another municipality."""

from typing import Any
from uuid import uuid4

import httpx

from services.assessment.app import app
from shared.web import Role
from tests.real.answers import refused
from tests.real.assessment.measured import CITIZEN, area, finished, placed, profile, published
from tests.real.assessment.taking import BEGIN, offered
from tests.real.running_service import RunningService
from tests.real.web.routes import SHARED
from tests.real_machines import RealNats

# Each route with a body that is right: (method, path, body, a role that may).
# ``{c}`` is a citizen, ``{i}`` an item, ``{o}`` an order, ``{p}`` a profile, ``{t}`` a test.
ROUTES: list[tuple[str, str, Any, Role]] = [
    ("POST", "/citizens/{c}/tests", finished(area(1, 3, 4)), Role.SYSTEM),
    ("GET", "/citizens/{c}/result", None, Role.EMENTOR),
    ("POST", "/citizens/{c}/gaps", {"profile_id": "{p}"}, Role.EMENTOR),
    ("GET", "/citizens/{c}/gaps", None, Role.CASEWORKER),
    ("POST", "/citizens/{c}/sessions", {"purpose": "entry"}, Role.EMENTOR),
    ("GET", "/citizens/{c}/sessions", None, Role.CASEWORKER),
    ("POST", "/sessions/{t}/links", {}, Role.EMENTOR),
    ("GET", "/sessions/{t}", None, Role.CASEWORKER),
    ("POST", "/sessions/{t}/begin", BEGIN, Role.EMENTOR),
    ("POST", "/sessions/{t}/skip", {"question": 1}, Role.CASEWORKER),
    ("POST", "/sessions/{t}/answers", {"question": 2, "response": "a"}, Role.EMENTOR),
    ("POST", "/sessions/{t}/pause", {}, Role.EMENTOR),
    ("POST", "/sessions/{t}/resume", {}, Role.CASEWORKER),
    ("POST", "/sessions/{t}/abandon", {}, Role.EMENTOR),
    ("POST", "/sessions/{t}/abort", {"reason": "Strømmen gik"}, Role.SYSTEM),
    ("GET", "/sessions/{t}/result", None, Role.CASEWORKER),
    ("POST", "/profiles", profile((1, 3)), Role.MANAGER),
    ("PUT", "/profiles/{p}", profile((1, 3)), Role.COMPANY_DESK),
    ("GET", "/profiles", None, Role.OPERATOR),
    ("GET", "/profiles/{p}", None, Role.ANALYST),
    ("POST", "/bank/items/{i}/neutralise", {"reason": "To svar er rigtige"}, Role.MANAGER),
    ("GET", "/bank/neutralised", None, Role.MANAGER),
    ("GET", "/orders", None, Role.MANAGER),
    ("GET", "/orders/{o}/candidates", None, Role.CASEWORKER),
    ("POST", "/profiles/{p}/close", {}, Role.MANAGER),  # the last: nothing more can be done with it
]


class TestAccess:
    def test_every_route_is_tried(self) -> None:
        documented = {(method.upper(), path) for path, ways in app.openapi()["paths"].items() for method in ways}
        names = {"c": "{citizen_id}", "p": "{profile_id}", "t": "{test_id}", "o": "{order_id}", "i": "{item}"}
        assert {(method, path.format(**names)) for method, path, _, _ in ROUTES} == documented - SHARED

    async def test_who_may_and_who_may_not(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        test = await offered(assessment, caseworker)
        ids = {"c": str(CITIZEN), "p": await published(desk, (1, 3)), "t": test.test_id, "i": "1.1-search-button"}
        ids["o"] = await placed(assessment, empty_bus, demands=[{"area": 1, "level": 3}])
        for method, path, body, role in ROUTES:
            sent = {"profile_id": ids["p"]} if path.endswith("gaps") and body else body
            address = path.format(**ids)
            refused(await assessment.caller().request(method, address, json=sent), 401, "token-missing")
            if not (method == "GET" and path.startswith("/profiles")):  # profiles are public
                own = {Role.COMPANY_DESK, Role.EMENTOR, Role.MANAGER, Role.SYSTEM} if "candidates" in path else set()
                others = assessment.caller(Role.ANALYST, Role.OPERATOR, *own)
                refused(await others.request(method, address, json=sent), 403, "role-missing")
            answer = await assessment.caller(role).request(method, address, json=sent)
            allowed = {200, 201} | ({409, 422} if "sessions" in path else set())  # one test cannot take every step
            assert answer.status_code in allowed, f"{method} {path}: {answer.text}"

    async def test_a_citizen_of_another_municipality_or_not_known_yet_is_not_found(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        elsewhere = assessment.caller(Role.CASEWORKER, municipality="0147")
        for method, path, body, _ in (route for route in ROUTES if "{c}" in route[1]):
            sent = {"profile_id": str(uuid4())} if path.endswith("gaps") and body else body
            hidden = await elsewhere.request(method, path.format(c=CITIZEN), json=sent)
            unknown = await caseworker.request(method, path.format(c=uuid4()), json=sent)
            problem = refused(hidden, 404, "citizen-unknown")
            assert problem == unknown.json(), "the same words as for an id that nobody has"
            assert "a moment ago" in problem["detail"]
        assert await assessment.reads() == []

    async def test_what_cannot_be_logged_is_not_shown(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await assessment.break_access_log()
        for path in ("result", "gaps"):
            problem = refused(await caseworker.get(f"/citizens/{CITIZEN}/{path}"), 503, "access-log-unavailable")
            assert problem.keys() == {"type", "title", "status", "detail"}

    async def test_a_gap_that_cannot_be_logged_is_neither_told_nor_kept(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 3))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await assessment.break_access_log()
        found = await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        refused(found, 503, "access-log-unavailable")
        assert "gap-found" not in {envelope.name for envelope in await assessment.log()}
