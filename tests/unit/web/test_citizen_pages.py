"""The pages for whoever has only a link: a failure is a page too, and nobody keeps what does not say so itself."""

from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.problems import Refused, Unavailable
from shared.web.citizen import Endpoint, Pages, Refusal, Refusals

BY_CODE = {"full": Refusal("Der er fuldt", "Kom igen i morgen.")}
BY_STATUS = {404: Refusal("Siden findes ikke", "Scan koden igen."), 409: Refusal("Nej", "Det kan ikke lade sig gøre.")}
REFUSALS = Refusals(BY_CODE, BY_STATUS, Refusal("Noget gik galt", "Det er ikke din skyld."))
FAILURES = {"full": Refused("full", "It is full"), "other": Refused("other", "No"), "away": Unavailable("away", "Away")}


@pytest.fixture
def visitor(tmp_path: Path) -> httpx.AsyncClient:
    """Somebody who has a link."""
    (tmp_path / "one.html").write_text('{% extends "base.html" %}{% block main %}{{ said }}{% endblock %}')
    pages = Pages(tmp_path, name="Prøven", style="own.css", refusals=REFUSALS)

    class Route(APIRoute):
        def get_route_handler(self) -> Endpoint:  # type: ignore[override]
            return pages.around(super().get_route_handler())

    router = APIRouter(route_class=Route)

    @router.get("/number/{number}")
    async def number(number: int, request: Request) -> Response:
        kept = {"Cache-Control": "private, max-age=60"} if number == 60 else {}
        return HTMLResponse(pages.html(request, "one.html", said=f"Nummer <{number}>"), headers=kept)

    @router.get("/fails/{how}")
    async def fails(how: str) -> Response:
        raise FAILURES.get(how) or ValueError("a secret")

    app = FastAPI()
    app.include_router(router)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here")


async def test_a_page_stands_in_the_frame_and_is_kept_by_nobody(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/number/7")
    assert page.status_code == 200
    assert "Nummer &lt;7&gt;" in page.text
    assert page.text.count("Prøven") == 2, "in the title and in the header"
    assert '"/static/own.css"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


async def test_a_page_may_say_how_long_it_holds(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/number/60")).headers["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/fails/full", 409, "Der er fuldt"),
        ("/fails/other", 409, "Nej"),
        ("/fails/away", 503, "Noget gik galt"),
        ("/fails/badly", 500, "Noget gik galt"),
        ("/number/seven", 404, "Siden findes ikke"),
    ],
)
async def test_a_failure_is_a_page_in_words_for_her(
    visitor: httpx.AsyncClient, address: str, status: int, title: str
) -> None:
    page = await visitor.get(address)
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in page.text
    assert "secret" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


async def test_a_failure_keeps_the_headers_of_its_problem(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/fails/away")).headers["Retry-After"] == "1"
