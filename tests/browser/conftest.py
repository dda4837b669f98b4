"""A desk as it runs alone in a container, on a real broker, and Debian's chromium to look at it."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
from nats.aio.client import Client
from nats.js.errors import NoKeysError
from nats.js.kv import KeyValue
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from deploy.embedded.ports import free_port
from shared.web import Role
from tests.browser.caseworker import Others
from tests.browser.workplace import Workplace, workplace_on
from tests.real_machines import RealNats, machine_directory
from tests.unit.desk import examples
from tests.waiting import eventually

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=30_000)  # a deadline for busy machines, not a wait; a page and a click have as long
REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk: its port, its process, and the bucket that it follows."""

    port: int
    process: subprocess.Popen[bytes]
    bucket: KeyValue

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def put(self, key: str, document: dict[str, Any]) -> None:
        """Publish a projection, as outcomes does."""
        await self.bucket.put(key, examples.bytes_of(document))

    async def shows(self, text: str, *, not_any_more: bool = False) -> None:
        """Wait until a page that is opened now has the text (or has it no more)."""
        async with await self.visitor() as client:
            await eventually(lambda: _has(client, text, wanted=not not_any_more), what=text)

    async def visitor(self, user: str = "leder") -> httpx.AsyncClient:
        """Somebody without a browser who has signed in as one of the invented people."""
        async with httpx.AsyncClient(base_url=self.url) as client:
            assert (await client.post("/login", data={"user": user})).status_code == 303
            return httpx.AsyncClient(base_url=self.url, cookies=client.cookies)

    async def is_ready(self) -> bool:
        """Whether it follows the projections; RuntimeError when it has stopped."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the desk stopped with {self.process.returncode}")
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"{self.url}/readyz")).status_code == 200
            except httpx.TransportError:
                return False


async def _has(client: httpx.AsyncClient, text: str, *, wanted: bool) -> bool:
    page = (await client.get("/")).text.replace("\N{NO-BREAK SPACE}", " ")
    return (text in page) is wanted


def environment(nats_url: str, monitor_url: str, bucket: str, directory: Path, **more: str) -> dict[str, str]:
    """The settings of a desk, and nothing else that this process has set for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOEFT_")}
    return kept | {
        "LOEFT_NATS_URL": nats_url,
        "LOEFT_NATS_MONITOR_URL": monitor_url,
        "LOEFT_BUCKET": bucket,
        "LOEFT_DATA_DIRECTORY": str(directory),
        **more,
    }


@asynccontextmanager
async def bucket_on(url: str, name: str) -> AsyncIterator[tuple[Client, KeyValue]]:
    """A new KV bucket, and the connection that it is written by."""
    client = await nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.1)
    try:
        yield client, await client.jetstream().create_key_value(bucket=name)
    finally:
        await client.close()


@asynccontextmanager
async def desk_on(bucket: KeyValue, settings: dict[str, str], port: int = 0) -> AsyncIterator[Desk]:
    """A desk in a process of its own."""
    port = port or free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "services.desk.app:alone", "--port", str(port)]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=settings)
    desk = Desk(port, process, bucket)
    try:
        await eventually(desk.is_ready)
        yield desk
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, 60)


@pytest.fixture(scope="session")
async def session_desk(nats: RealNats) -> AsyncIterator[Desk]:
    """A desk on the session's broker."""
    bucket = f"test-{secrets.token_hex(6)}"
    with machine_directory() as directory:
        settings = environment(nats.url, nats.monitor_url, bucket, directory)
        async with bucket_on(nats.url, bucket) as (client, kv), desk_on(kv, settings) as running:
            yield running
            await client.jetstream().delete_key_value(bucket)


@pytest.fixture
async def desk(session_desk: Desk) -> AsyncIterator[Desk]:
    """A desk whose bucket is empty."""
    yield session_desk
    for key in await _keys(session_desk.bucket):
        await session_desk.bucket.delete(key)
    for shown in ("<article", 'class="summary"'):
        await session_desk.shows(shown, not_any_more=True)


async def _keys(bucket: KeyValue) -> list[str]:
    try:
        return await bucket.keys()
    except NoKeysError:
        return []


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium that asks nobody for anything by itself."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def session_workplace(browser: Browser) -> AsyncIterator[Workplace]:
    """The whole system, for all tests that need more of it than figures."""
    with machine_directory() as directory:
        async with workplace_on(directory, browser) as running:
            yield running


@pytest.fixture
async def workplace(session_workplace: Workplace) -> AsyncIterator[Workplace]:
    """The whole system; its windows are closed after the test. Whatever a test makes stays: count on your own."""
    yield session_workplace
    await session_workplace.close_windows()


@pytest.fixture
async def others(workplace: Workplace) -> AsyncIterator[Others]:
    """Everybody but who sits at the page."""
    roles = (Role.CASEWORKER, Role.MANAGER, Role.COMPANY_DESK, Role.SYSTEM)
    caller = await workplace.caller(*roles)
    yield Others(caller)
    await caller.aclose()


async def sign_in(page: Page, desk: Desk, user: str = "Leder") -> None:
    """Open the desk as one of the invented people."""
    await page.goto(desk.url)
    await page.get_by_role("button", name=user, exact=True).click()
    await page.get_by_role("heading", name="Hvad virker?").wait_for()


Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def open_page(desk: Desk, browser: Browser) -> AsyncIterator[Open]:
    """``await open_page(width=320, java_script_enabled=False)`` is the desk's page in a window of its own."""

    contexts: list[BrowserContext] = []

    async def open_(width: int = 1280, **options: Any) -> Page:
        context = await browser.new_context(viewport={"width": width, "height": 800}, locale="da-DK", **options)
        contexts.append(context)
        page = await context.new_page()
        await sign_in(page, desk)
        return page

    yield open_
    for context in contexts:
        await context.close()
