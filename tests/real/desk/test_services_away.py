"""The officer's and the operator's pages when a service is away or ill: it is named, and the others are shown."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.embedded.ports import free_port
from services.desk.access_log import reading
from services.desk.app import create_app
from shared.messaging.bus import Bus
from shared.settings import Settings
from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.real.http_server import Answers, serving

pytestmark = [pytest.mark.anyio, pytest.mark.real]

CITIZEN = "01a1ff8c-7054-7d67-8f8b-194f3f9a01b2"
READ = {
    "id": 7,
    "citizen_id": CITIZEN,
    "at": "2026-03-01T08:00:00Z",
    "caller": "employee-9",
    "what": "participations",
    "purpose": "sagsbehandling",
    "correlation_id": "corr-12345678",
}
WELL = {"database": "ok", "broker": "ok", "relay": "ok", "reactions": "ok"}
PARKED = {
    "number": 3,
    "reaction": "courses-know-citizen",
    "event_id": CITIZEN,
    "type": "citizen-registered",
    "state": "parked",
    "attempts": 6,
    "first_failed": "2026-03-01T08:00:00Z",
    "next_attempt": None,
    "reason": "RuntimeError: no",
    "can_retry": True,
}
Told = dict[str, Any]
Desk = Callable[..., Any]


def services_that_tell(told: Told, silent: str) -> type[Answers]:
    """Services that answer these documents by path; ``silent`` is one in whose place a proxy says that it is gone."""

    class Telling(Answers):
        def do_GET(self) -> None:  # noqa: N802 - the library's name
            service, _, path = urlsplit(self.path).path.strip("/").partition("/")
            found = told.get(f"{service}/{path}", told.get(path))
            if service == silent or found is None:
                self.say(502, "Bad Gateway")
            else:
                self.say(*found) if isinstance(found, tuple) else self.say(200, found)

    return Telling


@asynccontextmanager
async def visitor(directory: Path, role: Role, told: Told, silent: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at a desk whose services say this."""
    port, key = free_port(), directory / "local.pem"
    settings = Settings(
        data_directory=directory, local_issuer_key=key, services_url=f"http://127.0.0.1:{port}/{{service}}"
    )
    desk = create_app(settings, Bus("nats://nowhere"))
    await desk.state.services.open()
    token = LocalIssuer(key, "loeft").issue("x", [role], ["0101"])
    transport = httpx.ASGITransport(desk)
    with serving(port, services_that_tell(told, silent)):
        async with httpx.AsyncClient(
            transport=transport, base_url="http://desk", headers={"Authorization": f"Bearer {token}"}
        ) as client:
            yield client
    await desk.state.services.close()


LOG: Told = {"access-log": {"citizen_ids": [CITIZEN], "reads": [READ], "after": None}}


async def test_the_log_names_the_service_that_is_missing_and_shows_the_others(own_directory: Path) -> None:
    async with visitor(own_directory, Role.DPO, LOG, silent="courses") as officer:
        page = (await officer.get("/adgangslog", params={"borger": CITIZEN})).text
    assert "Listen er ikke hel: Kurser og hold svarer ikke lige nu." in page
    assert page.count("corr-12345678") == 1, "three services read in one request are one look"
    assert "Borgere og henvisninger, Test og kompetencer, Virksomheder og job" in page


async def test_what_a_citizen_is_given_is_whole_or_nothing(own_directory: Path) -> None:
    async with visitor(own_directory, Role.DPO, LOG, silent="courses") as officer:
        for file in ("udskrift", "csv"):
            answer = await officer.get(f"/adgangslog/{file}", params={"borger": CITIZEN})
            assert answer.status_code == 503
            assert "En del af systemet svarer ikke lige nu." in answer.text
            assert "corr-12345678" not in answer.text
    async with visitor(own_directory, Role.DPO, LOG) as officer:
        file = await officer.get("/adgangslog/csv", params={"borger": CITIZEN})
    assert file.text.count("\r\n") == 1 + 4, "the headings, and a line for each service"


async def test_a_reference_of_several_citizens_lets_one_choose(own_directory: Path) -> None:
    other = CITIZEN.replace("01a1", "01a2")
    told = LOG | {"access-log/citizens": {"citizen_ids": [CITIZEN, other]}}
    async with visitor(own_directory, Role.DPO, told) as officer:
        answer = await officer.get("/adgangslog", params={"borger": "3f9a-01b2", "fra": "2026-03-01"})
    assert "Flere borgere har den reference. Vælg den rigtige herunder." in answer.text
    for one in (CITIZEN, other):
        assert f"/adgangslog?borger={one}&amp;fra=2026-03-01" in answer.text


@pytest.mark.parametrize(
    ("days", "field", "said"),
    [
        ({"borger": CITIZEN, "fra": "2026-03-02", "til": "2026-03-01"}, "til", "Datoerne passer ikke."),
        ({"borger": CITIZEN, "fra": "2026-02-30"}, "fra", "Datoen kunne ikke læses."),
        ({"til": "yesterday"}, "til", "Datoen kunne ikke læses."),
    ],
)
async def test_days_that_cannot_be_are_said_to_be_so(
    own_directory: Path, days: dict[str, str], field: str, said: str
) -> None:
    async with visitor(own_directory, Role.DPO, LOG) as officer:
        answer = await officer.get("/adgangslog", params=days)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="{field}-error"' in answer.text


def running(**parts: Any) -> Told:
    """Services that are well, but for these documents."""
    return {"readyz": {"ready": True, "checks": WELL}, "metrics": "", "parked": []} | {
        name.replace("__", "/"): value for name, value in parts.items()
    }


async def test_the_operator_sees_which_service_is_away_and_how_the_others_are(own_directory: Path) -> None:
    async with visitor(own_directory, Role.OPERATOR, running(intake__parked=[PARKED]), silent="courses") as operator:
        page = (await operator.get("/drift")).text
    assert page.count(">Svarer ikke</span>") == 1
    assert page.count(">Kører</span>") == 3
    assert "Listen er ikke hel: Kurser og hold svarer ikke." in page
    assert "RuntimeError: no" in page
    assert 'action="/drift/intake/3/proev-igen"' in page


async def test_the_operator_sees_what_is_wrong_with_a_service(own_directory: Path) -> None:
    ill = (503, {"ready": False, "checks": WELL | {"relay": "committed events have waited 12 s for the bus"}})
    async with visitor(own_directory, Role.OPERATOR, running(intake__readyz=ill)) as operator:
        page = (await operator.get("/drift")).text
    assert page.count(">Fejl</span>") == 1
    assert "Afsendelse af hændelser:" in page
    assert "committed events have waited 12 s for the bus" in page


async def test_what_no_retry_would_change_has_no_button(own_directory: Path) -> None:
    items = [PARKED | {"can_retry": False}, PARKED | {"number": 4, "state": "held"}]
    async with visitor(own_directory, Role.OPERATOR, running(outcomes__parked=items)) as operator:
        page = (await operator.get("/drift")).text
    assert "Det hjælper ikke at prøve igen." in page
    assert "Venter på en tidligere hændelse om det samme." in page
    assert "proev-igen" not in page


async def test_whoever_has_no_figures_is_led_to_her_own_part(own_directory: Path) -> None:
    for role, home in ((Role.OPERATOR, "/drift"), (Role.DPO, "/adgangslog")):
        async with visitor(own_directory, role, {}) as worker:
            answer = await worker.get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, home)


async def test_what_nobody_foresaw_is_told_on_a_page(own_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise KeyError("nobody foresaw this")

    monkeypatch.setattr(reading, "page", fails)
    async with visitor(own_directory, Role.DPO, LOG) as officer:
        officer._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
        answer = await officer.get("/adgangslog", params={"borger": CITIZEN})
    assert answer.status_code == 500
    assert "Noget gik galt hos os. Prøv igen om lidt." in answer.text
    assert "nobody foresaw this" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
