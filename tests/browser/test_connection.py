"""The broker goes away and comes back, and the bucket is made again: every page says so, and heals by itself."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from deploy.embedded import NatsServer
from services.desk.reference import reference
from shared.web import Role
from tests.browser.caseworker import Others
from tests.browser.conftest import Open, bucket_on, desk_on, environment, sign_in
from tests.browser.workplace import workplace_on
from tests.faults.servers import Servers
from tests.unit.desk import examples
from tests.waiting import eventually

pytestmark = [pytest.mark.anyio, pytest.mark.real, pytest.mark.timeout(180)]

FRESH = "● Tallene er friske og opdateres af sig selv."
"""After the broker is back; nats-py alone would be blind for up to twenty seconds."""


async def test_a_broker_restart_is_told_and_heals(own_nats: NatsServer, own_directory: Path, browser: Browser) -> None:
    settings = environment(own_nats.url, own_nats.monitor_url, "projections", own_directory / "desk")
    async with bucket_on(own_nats.url, "projections") as (client, kv), desk_on(kv, settings) as desk:
        await desk.put(examples.NAESTVED, examples.naestved())
        page = await (await browser.new_context()).new_page()
        await sign_in(page, desk)
        standing = page.get_by_role("status").first
        await expect(standing).to_have_text(FRESH)
        await asyncio.to_thread(own_nats.kill)
        await expect(standing).to_contain_text("Data er fra kl.")
        await expect(standing).to_contain_text("– forbindelsen er afbrudt.")
        await expect(page.get_by_role("article")).to_have_count(1)  # the last known figures stay
        await asyncio.to_thread(own_nats.start)
        await eventually(lambda: client.is_connected)
        await desk.put(examples.NAESTVED, examples.naestved(job=5))
        await expect(page.locator("article .so-far .count").first).to_have_text("5")
        await expect(standing).to_have_text(FRESH)


async def test_a_desk_that_is_gone_is_told_and_comes_back(
    own_nats: NatsServer, own_directory: Path, browser: Browser
) -> None:
    settings = environment(own_nats.url, own_nats.monitor_url, "projections", own_directory / "desk")
    async with bucket_on(own_nats.url, "projections") as (_, kv):
        page = await (await browser.new_context()).new_page()
        standing = page.get_by_role("status").first
        async with desk_on(kv, settings) as desk:
            await desk.put(examples.NAESTVED, examples.naestved())
            await sign_in(page, desk)
            await expect(standing).to_have_text(FRESH)
        await expect(standing).to_contain_text("– forbindelsen er afbrudt.")
        async with desk_on(kv, settings, port=desk.port) as again:
            await again.put(examples.NAESTVED, examples.naestved(job=7))
            await expect(page.locator("article .so-far .count").first).to_have_text("7")
            await expect(standing).to_have_text(FRESH)


async def test_a_bucket_that_was_made_again_is_followed(
    own_nats: NatsServer, own_directory: Path, browser: Browser
) -> None:
    settings = environment(own_nats.url, own_nats.monitor_url, "projections", own_directory / "desk")
    async with bucket_on(own_nats.url, "projections") as (client, kv), desk_on(kv, settings) as desk:
        await desk.put(examples.NAESTVED, examples.naestved())
        await desk.put(examples.AZURE, examples.azure())
        page = await (await browser.new_context()).new_page()
        await sign_in(page, desk)
        await expect(page.get_by_role("article")).to_have_count(2)
        await client.jetstream().delete_key_value("projections")
        again = await client.jetstream().create_key_value(bucket="projections")
        await again.put(examples.NAESTVED, examples.bytes_of(examples.naestved(job=6)))
        await expect(page.locator("article .so-far .count").first).to_have_text("6")
        await expect(page.get_by_role("article")).to_have_count(1)


async def test_a_page_that_was_away_gets_what_it_missed(open_page: Open) -> None:
    page = await open_page()
    await expect(page.get_by_role("status").first).to_have_text(FRESH)
    await page.context.set_offline(True)
    await page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    await page.context.set_offline(False)
    await page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await expect(page.get_by_role("status").first).to_have_text(FRESH)


async def test_a_working_page_that_hears_nothing_says_so_and_heals_with_the_broker(
    own_directory: Path, browser: Browser
) -> None:
    """Twice: what is opened anew on the way back must last."""
    async with workplace_on(own_directory / "data", browser) as workplace:
        servers, others = Servers(workplace.stack), Others(await workplace.caller(Role.CASEWORKER))
        page = (visit := await workplace.visit("jobkonsulent")).page
        try:
            await visit.go("/borgere")
            notice, listed = page.locator("#following"), page.locator("main")
            await expect(listed).to_contain_text(reference(await others.registered()))  # it hears of what happens
            for _ in range(2):
                await expect(notice).to_be_empty()
                command = await servers.kill_broker()
                await expect(notice).to_contain_text("Systemet får ikke nyt lige nu. Det, du ser, kan være gammelt.")
                meanwhile = reference(await others.registered())
                await expect(listed).not_to_contain_text(meanwhile)
                await servers.start_broker(command)
                await expect(notice).to_be_empty()
                await expect(listed).to_contain_text(meanwhile)
                await expect(listed).to_contain_text(reference(await others.registered()))
        finally:
            await others.caller.aclose()
            await workplace.close_windows()
            await servers.end()
