"""What a service says of itself: its description, the page that shows it, and its figures. None of it needs a token."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx
import pytest
from fastapi import FastAPI

from deploy.services import SERVICES, service_of
from shared.web import Role, documentation
from tests.real.running_services import RunningServices
from tests.real.web.jobcenter import COURSE
from tests.real.web.routes import ID
from tests.waiting import eventually

ELSEWHERE = re.compile(r"(?:https?:)?//[\w.-]+")


class Links(HTMLParser):
    """Every address that a page makes a browser fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "srcset")]


@pytest.fixture(params=["", "/below"], ids=["alone", "mounted"])
async def mounted(request: pytest.FixtureRequest) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """All services' own addresses, and below a path of another app as in the embedded stack."""
    joined = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for name in SERVICES:
        joined.mount(f"{request.param}/{name}", service_of(name).app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(joined), base_url="http://here") as client:
        yield client, request.param


class TestDocumentation:
    @pytest.mark.parametrize("service", SERVICES)
    async def test_the_page_and_all_it_needs_come_from_here(
        self, mounted: tuple[httpx.AsyncClient, str], service: str
    ) -> None:
        client, below = mounted
        page = await client.get(f"{below}/{service}/docs")
        assert page.status_code == 200
        assert not ELSEWHERE.search(page.text)
        links = Links(page.text).found + re.findall(r"url: '([^']+)'", page.text)
        assert sorted(link.rsplit("/", 1)[-1] for link in links) == [
            "favicon.svg",
            "openapi.json",
            "swagger-ui-bundle.js",
            "swagger-ui.css",
        ]
        for link in links:
            address = urljoin(str(page.url), link)
            assert address.startswith(f"http://here{below}/{service}/")
            assert (await client.get(address)).status_code == 200
        assert '"validatorUrl": null' in page.text, "or the page would ask another host about the document"

    async def test_the_style_and_the_icon_fetch_nothing(self) -> None:
        for file in ("swagger-ui.css", "favicon.svg"):
            text = re.sub(r"url\(\"?data:[^)]+\)", "", (documentation.STATIC / file).read_text(encoding="utf-8"))
            assert not ELSEWHERE.search(text.replace("http://www.w3.org/2000/svg", ""))
            assert "url(" not in text
            assert "@import" not in text

    @pytest.mark.parametrize("service", SERVICES)
    async def test_the_description_names_its_own_address(
        self, mounted: tuple[httpx.AsyncClient, str], service: str
    ) -> None:
        client, below = mounted
        document = (await client.get(f"{below}/{service}/openapi.json")).json()
        assert document["openapi"].startswith("3.1")
        assert document["servers"] == [{"url": f"{below}/{service}"}]


class TestProbes:
    @pytest.mark.parametrize("service", SERVICES)
    async def test_a_service_is_alive_and_ready_and_says_why(self, services: RunningServices, service: str) -> None:
        caller = services.caller(service, [])
        assert (await caller.get("/livez")).json() == {"status": "alive"}
        own = {"intake": {"closing"}, "assessment": {"expiry"}, "outcomes": {"projector"}}
        checks = {"database", "broker", "relay", "reactions"} | own.get(service, set())

        async def ready() -> bool:
            answer = await caller.get("/readyz")
            return answer.status_code == 200 and answer.json() == {"ready": True, "checks": dict.fromkeys(checks, "ok")}

        await eventually(ready, what=f"{service} is ready")

    async def test_probes_and_figures_are_not_part_of_the_interface(self) -> None:
        for service in SERVICES:
            assert not {"/livez", "/readyz", "/metrics", "/docs"} & service_of(service).app.openapi()["paths"].keys()


class TestFigures:
    async def test_commands_queries_refusals_and_events_are_counted(self, services: RunningServices) -> None:
        before = await figures(services, "courses")
        manager = services.caller("courses")
        for _ in range(2):
            await manager.post("/courses", json=COURSE)
        await manager.get("/courses")
        await manager.post("/courses", json={})
        await services.caller("courses", [Role.ANALYST]).post("/courses", json=COURSE)
        after = await figures(services, "courses")
        counted = {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}
        requests = 'loeft_request_seconds_count{{method="{}",name="{}",service="courses",status="{}"}}'
        assert counted['loeft_events_total{event="course-offered",service="courses"}'] == 2
        assert counted[requests.format("POST", "offer_course", 201)] == 2
        assert counted[requests.format("GET", "list_courses", 200)] == 1
        assert counted[requests.format("POST", "offer_course", 422)] == 1
        assert counted[requests.format("POST", "offer_course", 403)] == 1

    @pytest.mark.parametrize("service", SERVICES)
    async def test_what_flows_is_measured_and_no_label_carries_an_id(
        self, services: RunningServices, service: str
    ) -> None:
        found = await figures(services, service)
        names = {name.partition("{")[0] for name in found}
        assert names >= {"loeft_relay_behind_seconds", "loeft_relay_published", "loeft_reaction_lag", "loeft_parked"}
        if service == "outcomes":
            assert names >= {"loeft_projector_pending", "loeft_projector_folded", "loeft_gaps"}
        assert not [name for name in found if ID.search(name)]
        assert found[f'loeft_parked{{service="{service}"}}'] == 0


async def figures(services: RunningServices, service: str) -> dict[str, float]:
    """What Prometheus would read."""
    answer = await services.caller(service, []).get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}
