"""Signing in at the municipality's login service, and out: real HTTP, a real broker that keeps the sessions."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from nats.js.errors import NotFoundError

from services.desk import following, hub, live
from services.desk.app import create_app, running
from services.desk.door import doorman, issuer, sessions
from services.desk.door.session import Secret
from shared.ids import new_id
from shared.messaging.bus import Bus
from shared.messaging.provision import provision
from shared.messaging.topology import events
from shared.settings import Settings
from shared.tasks import end
from tests.real.desk.login_service import CLIENT, SECRET, LoginService
from tests.real_machines import RealNats

pytestmark = [pytest.mark.anyio, pytest.mark.real]
HTML = {"Accept": "text/html"}


@pytest.fixture
async def bus(nats: RealNats) -> AsyncIterator[Bus]:
    bus = Bus(nats.url)
    await bus.open()
    yield bus
    await bus.close()


@pytest.fixture
def service() -> LoginService:
    return LoginService()


@pytest.fixture
def settings(service: LoginService, tmp_path: Path) -> Settings:
    return Settings(
        issuer=service.url,
        client_id=CLIENT,
        client_secret=SECRET,
        data_directory=tmp_path,
        sessions_bucket=f"sessions-{new_id().hex}",
    )


@pytest.fixture
async def anna(settings: Settings, bus: Bus) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a desk."""
    async with browser_at(settings, bus) as browser:
        yield browser


def browser_at(settings: Settings, bus: Bus) -> httpx.AsyncClient:
    """A browser with no cookies at a desk that has just started."""
    transport = httpx.ASGITransport(create_app(settings, bus))
    return httpx.AsyncClient(transport=transport, base_url="http://desk", headers=HTML)


async def sent_to(browser: httpx.AsyncClient, wanted: str = "/") -> str:
    """Where the login service sends her back to, after the desk has sent her there."""
    there = (await browser.get("/login", params={"next": wanted})).headers["location"]
    async with httpx.AsyncClient() as outside:
        return str((await outside.get(there)).headers["location"])


async def signed_in(browser: httpx.AsyncClient) -> httpx.Response:
    return await browser.get(await sent_to(browser))


async def test_who_opens_a_page_is_led_through_the_login_service_and_back_to_it(
    anna: httpx.AsyncClient, service: LoginService
) -> None:
    with service.up():
        first = await anna.get("/?x=1")
        assert (first.status_code, first.headers["location"]) == (303, "/login?next=%2F%3Fx%3D1")
        back = await anna.get(await sent_to(anna, "/?x=1"))
        assert (back.status_code, back.headers["location"]) == (303, "/?x=1")
        page = await anna.get("/?x=1")
        assert page.status_code == 200
        assert "Logget ind som jobkonsulent" in page.text


async def test_the_cookie_is_for_the_desk_alone_and_is_no_token(anna: httpx.AsyncClient, service: LoginService) -> None:
    with service.up():
        cookie = (await signed_in(anna)).headers["set-cookie"]
    assert re.match(r"loeft=[A-Za-z0-9_-]{43}; HttpOnly; Max-Age=36000; Path=/; SameSite=lax,", cookie), cookie


async def test_behind_tls_the_cookie_never_travels_in_the_open(
    settings: Settings, bus: Bus, service: LoginService
) -> None:
    public = settings.model_copy(update={"page_url": "https://loeft.kommune.example"})
    with service.up():
        async with browser_at(public, bus) as browser:
            there = (await browser.get("/login")).headers["location"]
            assert "redirect_uri=https%3A%2F%2Floeft.kommune.example%2Flogin%2Fcallback" in there
            assert "; Secure" in (await browser.get("/login")).headers["set-cookie"]


async def test_what_is_kept_tells_no_token_to_who_reads_the_broker(
    anna: httpx.AsyncClient, service: LoginService, bus: Bus, settings: Settings
) -> None:
    with service.up():
        await signed_in(anna)
    bucket = await bus.jetstream().key_value(settings.sessions_bucket)
    (key,) = await bucket.keys()
    kept = (await bucket.get(key)).value or b""
    secret = Secret(anna.cookies["loeft"])
    assert secret.text not in key
    session = secret.unseal(kept)
    assert session is not None
    assert session.tokens.access.encode() not in kept
    assert Secret.new().unseal(kept) is None


async def test_a_session_outlives_the_process(
    anna: httpx.AsyncClient, service: LoginService, settings: Settings, bus: Bus
) -> None:
    with service.up():
        await signed_in(anna)
        async with browser_at(settings, bus) as restarted:
            restarted.cookies = anna.cookies
            assert (await restarted.get("/")).status_code == 200


async def test_what_was_not_begun_here_is_refused(anna: httpx.AsyncClient, service: LoginService) -> None:
    """Another's code (CSRF on the way back), a code a second time, an answer of error."""
    with service.up():
        back = await sent_to(anna)
        stranger = httpx.AsyncClient(transport=anna._transport, base_url="http://desk", headers=HTML)
        assert (await stranger.get(back)).status_code == 401
        forged = re.sub(r"state=[^&]+", "state=forged", back)
        assert (await anna.get(forged)).status_code == 401
        assert (await anna.get(back)).status_code == 303
        await anna.get("/login")
        assert (await anna.get(back)).status_code == 401
        assert (await anna.get("/login/callback?error=access_denied")).status_code == 401


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
async def test_nobody_is_led_to_another_site(anna: httpx.AsyncClient, service: LoginService, wanted: str) -> None:
    with service.up():
        back = await anna.get(await sent_to(anna, wanted))
    assert back.headers["location"] == "/"


async def test_a_token_that_is_not_for_us_begins_no_session(anna: httpx.AsyncClient, service: LoginService) -> None:
    service.claims |= {"aud": "another-system"}
    with service.up():
        answer = await signed_in(anna)
    assert answer.status_code == 401
    assert "loeft" not in anna.cookies


async def test_a_token_that_runs_out_is_renewed_once_however_many_ask(
    anna: httpx.AsyncClient, service: LoginService
) -> None:
    service.lasts_s = 30  # less than a minute is left from the beginning
    with service.up():
        await signed_in(anna)
        service.lasts_s = 600
        answers = await asyncio.gather(*(anna.get("/") for _ in range(5)))
        assert {answer.status_code for answer in answers} == {200}
        assert service.renewals == 1


async def test_when_the_login_service_says_it_is_over_she_signs_in_again(
    anna: httpx.AsyncClient, service: LoginService
) -> None:
    service.lasts_s = 30
    with service.up():
        await signed_in(anna)
        service.over = True
        assert (await anna.get("/")).status_code in (303, 401)
        assert (await anna.get("/")).headers["location"].startswith("/login")


async def test_signing_out_ends_the_session_everywhere(
    anna: httpx.AsyncClient, service: LoginService, settings: Settings, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "FRESH_S", 0.0)
    with service.up():
        await signed_in(anna)
        async with browser_at(settings, bus) as tab:
            tab.cookies = httpx.Cookies(anna.cookies)
            assert (await tab.get("/")).status_code == 200
            without = await anna.post("/logout", data={"form_token": "guessed"})
            assert without.status_code == 403
            token = Secret(anna.cookies["loeft"]).form_token
            out = await anna.post("/logout", data={"form_token": token})
            assert out.headers["location"].startswith(f"{service.url}/end?id_token_hint=")
            assert (await tab.get("/")).status_code == 303
            assert (await tab.get("/live")).status_code in (303, 401)


async def test_a_session_ends_after_a_working_day(
    anna: httpx.AsyncClient, service: LoginService, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service.up():
        await signed_in(anna)
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + doorman.STAY_S + 1)
        assert (await anna.get("/")).status_code == 303


async def test_while_the_login_service_is_away_people_are_told_so(anna: httpx.AsyncClient) -> None:
    answer = await anna.get("/login")
    assert answer.status_code == 503
    assert "Du kan ikke logge ind lige nu" in answer.text


async def test_she_can_sign_out_while_the_login_service_is_away(
    settings: Settings, bus: Bus, service: LoginService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuer, "DOCUMENT_FRESH_S", 0.0)
    async with browser_at(settings, bus) as first, browser_at(settings, bus) as restarted:
        with service.up():
            await signed_in(first)
        restarted.cookies = httpx.Cookies(first.cookies)  # a process that has never seen the service
        out = await restarted.post("/logout", data={"form_token": Secret(first.cookies["loeft"]).form_token})
        assert (out.status_code, out.headers["location"]) == (303, "/login")
        assert (await restarted.get("/", headers={"Cookie": f"loeft={first.cookies['loeft']}"})).status_code == 303


async def test_when_the_broker_has_lost_everything_people_sign_in_again(
    anna: httpx.AsyncClient, service: LoginService, settings: Settings, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "FRESH_S", 0.0)
    with service.up():
        await signed_in(anna)
        await bus.jetstream().delete_key_value(settings.sessions_bucket)
        with pytest.raises(NotFoundError):
            await bus.jetstream().key_value(settings.sessions_bucket)
        assert (await anna.get("/")).status_code == 303
        assert (await signed_in(anna)).status_code == 303
        assert (await anna.get("/")).status_code == 200


MUCH_FASTER = 60
"""How many times faster the desk's clocks run here than they do at work."""
A_MINUTE_S = 60 / MUCH_FASTER
SURELY_S = 60
"""For what must happen, on a busy machine: its seconds are not the desk's."""


@pytest.fixture
def faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that decides how soon a session that is over is noticed, in the proportions that it has."""
    for module, names in (
        (sessions, ("FRESH_S",)),
        (live, ("ASK_EVERY_S",)),
        (hub, ("BEAT_S",)),
        (following, ("ASK_EVERY_S", "BEAT_S", "APART_S")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, getattr(module, name) / MUCH_FASTER)


STREAMS = ["/live", "/changes?about=intake"]


def test_what_decides_how_soon_a_stream_ends_adds_up_to_less_than_a_minute() -> None:
    read, asked = sessions.FRESH_S, max(live.ASK_EVERY_S, following.ASK_EVERY_S)
    assert read + asked + max(hub.BEAT_S, following.BEAT_S + following.APART_S) < 60


@asynccontextmanager
async def open_stream(
    settings: Settings, bus: Bus, path: str
) -> AsyncIterator[tuple[httpx.AsyncClient, asyncio.Task[httpx.Response]]]:
    """Somebody who has signed in, and a stream of hers that answers when it has ended."""
    await provision(bus, [events()], [])
    app = create_app(settings, bus)
    async with running(app), browser_at(settings, bus) as tab:
        tab._transport = httpx.ASGITransport(app)
        await signed_in(tab)
        stream = asyncio.create_task(tab.get(path))
        try:
            yield tab, stream
        finally:
            await end(stream)


@pytest.mark.usefixtures("empty_bus", "faster")
@pytest.mark.parametrize("path", STREAMS)
async def test_an_open_stream_ends_within_a_minute_when_she_signs_out_elsewhere(
    service: LoginService, settings: Settings, bus: Bus, path: str
) -> None:
    with service.up():
        async with open_stream(settings, bus, path) as (tab, stream), browser_at(settings, bus) as other:
            assert not (await asyncio.wait([stream], timeout=A_MINUTE_S))[0], "it goes on for as long as she is here"
            other.cookies = httpx.Cookies(tab.cookies)
            token = Secret(tab.cookies["loeft"]).form_token
            assert (await other.post("/logout", data={"form_token": token})).status_code == 303
            assert (await asyncio.wait_for(stream, SURELY_S)).status_code == 200


@pytest.mark.usefixtures("empty_bus", "faster")
@pytest.mark.parametrize("path", STREAMS)
async def test_an_open_stream_ends_within_a_minute_when_the_working_day_does(
    service: LoginService, settings: Settings, bus: Bus, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service.up():
        async with open_stream(settings, bus, path) as (_, stream):
            assert not (await asyncio.wait([stream], timeout=A_MINUTE_S))[0]
            over = time.time() + doorman.STAY_S
            monkeypatch.setattr(time, "time", lambda: over)
            assert (await asyncio.wait_for(stream, SURELY_S)).status_code == 200
