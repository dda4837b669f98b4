"""The stream of server-sent events as any client sees it: who may read it, from where it goes on, and how it ends."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from shared.web import Role
from shared.web.tokens import LocalIssuer
from tests.browser.conftest import Desk, bucket_on, desk_on, environment
from tests.real_machines import RealNats
from tests.unit.desk import examples

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

KEY_FILE = "local-issuer.pem"
CARD = "effort-0370-ac36ce32-3149-5bf7-81dc-384a3e4d0450"


class Stream:
    """An open stream, message by message."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[str, str]:
        """Id ("" when it has none) and data of the next message; StopAsyncIteration when the stream ended."""
        ident, data = "", []
        async with asyncio.timeout(60):
            async for line in self._lines:
                field, _, value = line.partition(": ")
                if field == "id":
                    ident = value
                elif field == "data":
                    data.append(value)
                elif not line and data:
                    return ident, "\n".join(data)
        raise StopAsyncIteration

    async def card(self) -> tuple[str, str]:
        """The next message that changes a card: those that only say how fresh the figures are have no id."""
        while True:
            ident, data = await self.next()
            if ident:
                return ident, data

    async def until(self, text: str) -> tuple[str, str]:
        """The first message with the text."""
        while True:
            ident, data = await self.next()
            if text in data:
                return ident, data


@asynccontextmanager
async def listening(url: str, **headers: str) -> AsyncIterator[Stream]:
    """The stream of a desk."""
    async with (
        httpx.AsyncClient(timeout=60, headers=headers) as client,
        client.stream("GET", f"{url}/live") as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)


@pytest.fixture
async def guarded(nats: RealNats, bucket: str, own_directory: Path) -> AsyncIterator[Desk]:
    """A desk that signs nobody in by itself."""
    settings = environment(nats.url, nats.monitor_url, bucket, own_directory, LOEFT_PAGE_SIGN_IN="false")
    async with bucket_on(nats.url, bucket) as (_, kv), desk_on(kv, settings) as running:
        yield running


async def cookie_of(desk: Desk) -> dict[str, str]:
    """The headers of a manager's browser."""
    async with await desk.visitor() as client:
        return {"Cookie": f"loeft={client.cookies['loeft']}"}


def token(directory: Path, role: Role, *municipalities: str) -> str:
    """A token of the desk's own issuer."""
    return LocalIssuer(directory / KEY_FILE, "loeft").issue("somebody", [role], list(municipalities))


async def test_a_client_goes_on_after_the_last_message_it_got(desk: Desk) -> None:
    await desk.put(examples.NAESTVED, examples.naestved())
    cookie = await cookie_of(desk)
    async with listening(desk.url, **cookie) as stream:
        ident, _ = await stream.until(CARD + '" data-list')
    await desk.put(examples.AZURE, examples.azure())
    async with listening(desk.url, **{"Last-Event-ID": ident}, **cookie) as stream:
        _, greeting = await stream.next()
        assert "data-present" in greeting
        later, data = await stream.card()
        assert "Azure Fundamentals" in data
        assert CARD not in data
        assert 'id="standing"' in data  # every message says how fresh the figures are
        assert int(later.rpartition("-")[2]) > int(ident.rpartition("-")[2])


async def test_a_caller_sees_the_municipalities_of_the_token(guarded: Desk, own_directory: Path) -> None:
    await guarded.put(examples.AZURE, examples.azure())
    naestved = {"Authorization": f"Bearer {token(own_directory, Role.CASEWORKER, '0370')}"}
    both = {"Authorization": f"Bearer {token(own_directory, Role.MANAGER, '0370', '0101')}"}
    async with listening(guarded.url, **naestved) as stream:
        await guarded.put(examples.NAESTVED, examples.naestved())
        _, greeting = await stream.next()
        _, first = await stream.card()
        assert "Digital koordinator" in first
        assert "Azure" not in greeting + first
        assert "effort-0101" not in greeting + first
    async with httpx.AsyncClient(base_url=guarded.url) as client:
        page = (await client.get("/", headers=naestved)).text
        assert "Digital koordinator" in page
        assert "Azure" not in page
        assert "Logget ind som jobkonsulent" in page
        whole = (await client.get("/", headers=both)).text
        assert "Azure Fundamentals" in whole
        assert "Næstved Kommune" in whole


@pytest.mark.parametrize("path", ["/", "/live"])
async def test_nobody_else_is_let_in(guarded: Desk, own_directory: Path, path: str) -> None:
    system = token(own_directory, Role.SYSTEM, "0370")
    async with httpx.AsyncClient(base_url=guarded.url) as client:
        nobody = await client.get(path)
        assert nobody.status_code == 401
        assert "Du er ikke logget ind" in nobody.text
        forged = await client.get(path, headers={"Cookie": "loeft=forged"})
        assert forged.status_code == 401
        wrong = await client.get(path, headers={"Authorization": f"Bearer {system}"})
        assert wrong.status_code == 403
        assert "Du har ikke adgang til denne side" in wrong.text


async def test_a_page_opened_by_nobody_leads_to_the_sign_in(desk: Desk) -> None:
    async with httpx.AsyncClient(base_url=desk.url, headers={"Accept": "text/html"}) as client:
        first = await client.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/login?next=%2F")
        choices = await client.get(first.headers["location"])
        for user in ("Jobkonsulent", "eMentor", "Leder", "Analytiker"):
            assert user in choices.text
        assert (await client.post("/login", data={"user": "nobody"})).status_code == 422
        evil = await client.post("/login", data={"user": "leder"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert evil.status_code == 403


async def test_open_streams_do_not_hold_a_process_that_stops(guarded: Desk, own_directory: Path) -> None:
    desk, manager = guarded, token(own_directory, Role.MANAGER, "0370")
    async with listening(desk.url, Authorization=f"Bearer {manager}") as stream:
        await stream.next()
        desk.process.send_signal(signal.SIGTERM)
        with pytest.raises(StopAsyncIteration):
            await stream.until("nothing says this")
        assert await asyncio.to_thread(desk.process.wait, 60) in {0, -signal.SIGTERM}
