"""Default deny: every address of every app says which roles may call it, or is one of the few for everybody."""

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from deploy.local_tokens import local_tokens
from deploy.services import SERVICES
from services.desk.app import create_app
from services.desk.door.access import PageRoute
from shared.messaging.bus import Bus
from shared.settings import Settings
from shared.web import Role, design, router
from shared.web.route import TransactionRoute, declared_link, declared_roles
from shared.web.tokens import LocalIssuer

PUBLIC = {"/livez", "/readyz", "/metrics", "/docs", "/docs/static", "/openapi.json"}
"""Probes, and the interface's description."""
OF_THE_DESK = {"/livez", "/readyz", "/login", "/login/callback", "/logout", "/kalender/{link}.ics", *design.PATHS}
OF_PAGES = {
    "intake": set(design.PATHS),
    "assessment": {*design.PATHS, "/open/{token:path}", "/tests/{test_id}/close", "/tests/{test_id}/{step:path}"},
}
"""They read the link themselves, or show nothing of a test."""
OF_THE_LOCAL_ISSUER = {"/local/token"}


def flattened(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route, those of included routers and mounted apps too."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from flattened(included.routes)
        elif isinstance(route, Mount) and not isinstance(route.app, StaticFiles):
            yield from flattened(route.routes)
        else:
            yield route


def open_to_everybody(app: FastAPI) -> set[str]:
    """The paths of routes that let in callers without asking for a role."""
    return {
        getattr(route, "path", "?")
        for route in flattened(app.routes)
        if not (isinstance(route, TransactionRoute | PageRoute) and (declared_roles(route) or declared_link(route)))
    }


def app_of(service: str) -> FastAPI:
    app: FastAPI = importlib.import_module(f"services.{service}.app").app
    return app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_directory=tmp_path, local_issuer_key=tmp_path / "key.pem")


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_of_a_service_declares_roles_or_is_public(service: str) -> None:
    app = app_of(service)
    assert open_to_everybody(app) == PUBLIC | OF_PAGES.get(service, set())
    declared = [r for r in flattened(app.routes) if isinstance(r, TransactionRoute) and r.include_in_schema]
    documented = {(path, method.upper()) for path, methods in app.openapi()["paths"].items() for method in methods}
    assert {(route.path, method) for route in declared for method in route.methods or ()} == documented
    assert len(documented) >= 8


def test_every_route_of_the_desk_declares_roles_or_is_public(settings: Settings) -> None:
    desk = create_app(settings, Bus("nats://nowhere"))
    assert open_to_everybody(desk) == OF_THE_DESK
    pages = {route.path for route in flattened(desk.routes) if isinstance(route, PageRoute)}
    assert pages >= {"/", "/live", "/changes", "/adgangslog", "/drift"}


def test_a_route_that_declares_nobody_is_found_and_lets_nobody_in() -> None:
    api = router()

    @api.get("/forgotten")
    async def forgotten() -> None:
        """Nobody was declared."""

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(api)
    assert open_to_everybody(app) == {"/forgotten"}
    assert not declared_roles(api.routes[0])  # type: ignore[arg-type]


def test_the_local_issuer_is_served_on_ones_own_machine_and_nowhere_else(settings: Settings) -> None:
    embedded = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    embedded.include_router(local_tokens(settings))
    assert open_to_everybody(embedded) == OF_THE_LOCAL_ISSUER
    foreign = {"issuer": "https://login.example"}
    assert not local_tokens(settings.model_copy(update=foreign)).routes
    assert not local_tokens(settings.model_copy(update={"profile": "production", **foreign})).routes
    with pytest.raises(ValueError, match="production takes no local tokens: set LOEFT_ISSUER"):
        local_tokens(settings.model_copy(update={"profile": "production"}))


def test_no_service_of_its_own_issues_tokens() -> None:
    for service in SERVICES:
        assert "/local/token" not in app_of(service).openapi()["paths"]


def test_the_local_issuers_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "local.pem"
    token = LocalIssuer(file, "loeft").issue("someone", [Role.ANALYST], ["0101"])
    assert file.stat().st_mode & 0o777 == 0o600
    made = file.read_bytes()
    assert LocalIssuer(file, "loeft").issue("someone", [Role.ANALYST], ["0101"]).split(".")[0] == token.split(".")[0]
    assert file.read_bytes() == made
