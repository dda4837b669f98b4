"""Who gets in: nobody without a valid token, nobody without the role, and nobody into another municipality."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.services import SERVICES
from shared.web import Role
from tests.real.forgery import forgeries
from tests.real.issuer import SigningKey
from tests.real.running_services import RunningServices
from tests.real.web.jobcenter import Jobcenter
from tests.real.web.routes import ID, Route, routes

ROUTES = list(routes())
SHARED_BETWEEN_MUNICIPALITIES = {"GET assessment/profiles/{profile_id}"}


def names_ids(route: Route) -> bool:
    """Whether a request names something of a municipality, in its address or in its body."""
    named = ID.search(f"{route.address({})} {route.body({})}")
    return bool(named) and str(route) not in SHARED_BETWEEN_MUNICIPALITIES


@pytest.fixture(scope="module")
async def ids(services: RunningServices) -> dict[str, str]:
    """One of everything in Copenhagen, by the name of its id."""
    return await Jobcenter(services.client).furnish()


@pytest.fixture(scope="module")
def forged(services: RunningServices) -> dict[str, str]:
    """Bad tokens of the issuer that the services take."""
    pem = (services.settings.data_directory / "local-issuer.pem").read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = key.public_key().public_bytes(serialization.Encoding.PEM, form)
    own, other = SigningKey("", "EdDSA", key), SigningKey("", "EdDSA", Ed25519PrivateKey.generate())
    return forgeries("local", own.sign, other.sign, public)


async def call(caller: httpx.AsyncClient, route: Route, ids: Mapping[str, str]) -> httpx.Response:
    """A request that the route can read."""
    return await caller.request(route.method, route.address(ids), json=route.body(ids), params=route.query())


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal; it says what it is and what to do."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    document: dict[str, Any] = answer.json()
    assert (document["type"], document["status"]) == (f"urn:loeft:problem:{code}", status)
    assert document["title"]
    assert document["detail"]
    return document


async def events(services: RunningServices) -> int:
    return sum([len(await service.log()) for service in services.of.values()])


async def reads(services: RunningServices) -> int:
    return sum([len(await service.reads()) for service in services.of.values()])


@pytest.mark.parametrize("route", ROUTES, ids=str)
async def test_every_route_says_who_is_missing_and_who_may(services: RunningServices, route: Route) -> None:
    """The same for anybody's ids, and before the request is read."""
    answer = await services.caller(route.service, []).request(route.method, route.address({}), json=[])
    problem(answer, 401, "token-missing")
    assert answer.headers["www-authenticate"] == "Bearer"
    if others := [role for role in Role if role not in route.roles]:
        answer = await services.caller(route.service, others).request(route.method, route.address({}), json=[])
        assert all(role in problem(answer, 403, "role-missing")["detail"] for role in route.roles)


@pytest.mark.parametrize("route", [route for route in ROUTES if names_ids(route)], ids=str)
async def test_another_municipality_learns_nothing(
    services: RunningServices, ids: dict[str, str], route: Route
) -> None:
    """What is somebody else's and what is nobody's are told apart by nothing in the answer."""
    elsewhere = services.caller(route.service, tuple(route.roles), municipality="0147")
    before = await events(services), await reads(services)
    theirs, nobodys = await call(elsewhere, route, ids), await call(elsewhere, route, {})
    assert (theirs.status_code, ID.sub("…", theirs.text)) == (nobodys.status_code, ID.sub("…", nobodys.text))
    assert theirs.status_code in ((404,) if "_id}" in route.path else (404, 409)), theirs.text
    assert (await events(services), await reads(services)) == before


@pytest.mark.parametrize("service", SERVICES)
async def test_forged_tokens_let_nobody_in(services: RunningServices, forged: dict[str, str], service: str) -> None:
    read = next(route for route in ROUTES if (route.service, route.method) == (service, "GET"))
    write = next(route for route in ROUTES if (route.service, route.method) == (service, "POST"))
    for what, token in forged.items():
        caller = services.caller(service, [], Authorization=f"Bearer {token}")
        for route in (read, write):
            refused = problem(await call(caller, route, {}), 401, "token-invalid")
            assert refused["title"] == "The access token does not hold", what
            assert token not in str(refused)


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer ", "bearer\tx", "token", ""])
async def test_what_is_no_bearer_token_is_none(services: RunningServices, header: str) -> None:
    answer = await services.caller("courses", [], Authorization=header).get("/courses")
    assert problem(answer, 401, "token-missing")["detail"] == "Send it as `Authorization: Bearer …`."


async def test_a_good_token_lets_in_whatever_the_case_of_its_scheme(services: RunningServices) -> None:
    token = services.of["courses"].issuer.issue("employee-7", [Role.MANAGER], ["0101"])
    assert (await services.caller("courses", [], Authorization=f"BEARER {token}").get("/courses")).status_code == 200


async def test_addresses_that_are_none_are_told_so(services: RunningServices) -> None:
    caller = services.caller("courses")
    for answer, status in ((await caller.get("/nothing"), 404), (await caller.delete("/courses"), 405)):
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert answer.json()["type"] == f"urn:loeft:problem:http-{status}"
