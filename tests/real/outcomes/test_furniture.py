"""What every command of outcomes has: roles, expected versions, idempotency; and no route is open to everybody."""

import re
from typing import Any

import httpx
from fastapi.routing import APIRoute

from services.outcomes.api import NOUNS
from shared.ids import new_id
from shared.web import Role
from shared.web.route import declared_roles
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.today import today

ROUTES = [route for noun in NOUNS for route in noun.api.routes if isinstance(route, APIRoute)]
WRITES = [route for route in ROUTES if "GET" not in route.methods]


def test_every_route_says_who_may_call_it_and_none_is_for_analysts_to_write() -> None:
    assert len(ROUTES) == 36
    for route in ROUTES:
        assert declared_roles(route), route.path
    for route in WRITES:
        assert not declared_roles(route) & {Role.ANALYST, Role.EMENTOR, Role.OPERATOR}, route.path


async def test_nobody_without_token_or_role_gets_through(outcomes: RunningService) -> None:
    """The answer is the same whether or not there is such an entity, and whatever the body says."""
    for route in ROUTES:
        address = re.sub(r"{\w+}", str(new_id()), route.path)
        (method,) = route.methods
        refused(await outcomes.caller().request(method, address, json={}), 401, "token-missing")
        (other, *_) = [role for role in Role if role not in declared_roles(route)]
        refused(await outcomes.caller(other).request(method, address, json={}), 403, "role-missing")


async def test_an_expected_version_is_compared_with_the_entity(outcomes: RunningService, jobcenter: Jobcenter) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    event_id, placement = await jobcenter.event([company]), await jobcenter.placement(citizen)
    stale = outcomes.caller(Role.CASEWORKER, Role.COMPANY_DESK, Role.MANAGER, **{"Expected-Version": "7"})
    meeting = {"meetings": [{"round": 0, "table": 0, "citizen_id": citizen, "company_id": company}]}
    start: dict[str, Any] = {"citizen_id": citizen, "kind": "ordinary", "hours_per_week": 37, "on": str(today())}
    before = len(await outcomes.log())
    for address, body, version in (
        (f"/companies/{company}/agreements", {"kind": "x", "on": str(today())}, 1),
        (f"/companies/{company}/contacts", {"wants": "hire"}, 1),
        (f"/events/{event_id}/meetings", meeting, 1),
        (f"/events/{event_id}/meetings/held", meeting, 1),
        (f"/events/{event_id}/hold", {}, 1),
        (f"/placements/{placement}/end", {"on": str(today())}, 1),
        (f"/placements/{placement}/correct", {"kind": "ordinary"}, 1),
        (f"/placements/{placement}/void", {"reason": "x"}, 1),
        ("/placements", start, 1),
        ("/targets", {"indicator": "agreements", "period": "2026", "value": 1}, 0),
    ):
        assert refused(await stale.post(address, json=body), 409, "version-conflict")["version"] == version
    refused(await stale.patch(f"/companies/{company}", json={"employees": 1}), 409, "version-conflict")
    assert len(await outcomes.log()) == before
    fresh = outcomes.caller(Role.CASEWORKER, **{"Expected-Version": "1"})
    assert done(await fresh.post("/placements", json=start), 201)["version"] == 2


async def test_a_repeated_request_gets_its_answer_again_and_does_nothing(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen = await jobcenter.citizen()
    body = {"citizen_id": citizen, "kind": "praktik", "hours_per_week": 20, "on": str(today())}
    key = {"Idempotency-Key": "start-1"}
    first = await caseworker.post("/placements", json=body, headers=key)
    again = await caseworker.post("/placements", json=body, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(await outcomes.log(f"citizen/{citizen}")) == 1
    other = await caseworker.post("/placements", json=body | {"hours_per_week": 30}, headers=key)
    refused(other, 422, "idempotency-key-reused")


async def test_a_refused_request_may_succeed_later_under_the_same_key(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    """A refusal is not remembered: it left nothing behind, and what stood against it may pass."""
    company_id = await jobcenter.company()
    cohort, key = str(new_id()), {"Idempotency-Key": "plan-1"}
    plan = {"cohort_ids": [cohort], "companies": [company_id], "rounds": 1, "online": True, "on": "2020-01-01"}
    refused(await desk.post("/events", json=plan, headers=key), 409, "event-in-the-past")
    done(await desk.post("/events", json=plan | {"on": str(today())}, headers=key), 201)
