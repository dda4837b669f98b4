"""Checking in: by the page behind the QR code and by hand, once a page, within bounds, and forgotten after the day."""

import asyncio
import re
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from services.intake.app import service
from services.intake.closing import Closing
from services.intake.rules import check_in as rules
from shared.clock import now
from shared.settings import Settings
from shared.web import Role, links
from tests.real.answers import done, refused
from tests.real.intake.office import SITE, VISIT
from tests.real.running_service import RunningService


@pytest.fixture
def mentor(intake: RunningService) -> httpx.AsyncClient:
    """An eMentor of Copenhagen."""
    return intake.caller(Role.EMENTOR)


@pytest.fixture
async def opening(mentor: httpx.AsyncClient) -> dict[str, str]:
    """A site that was just opened: its id, and the address of its check-in page."""
    told = done(await mentor.post("/openings", json={"site": SITE}))
    return {"id": told["opening_id"], "page": told["link"]["page"]}


async def form_of(phone: httpx.AsyncClient, page: str) -> str:
    """The token of a page that was just opened."""
    html = await phone.get(page)
    assert html.status_code == 200, html.text
    (token,) = re.findall(r'name="form" value="([^"]+)"', html.text)
    return str(token)


async def check_in(phone: httpx.AsyncClient, page: str, form: str, **fields: str | list[str]) -> str:
    """The heading of the page that follows a check-in."""
    sent = await phone.post(f"{page}/numbers", data={"form": form} | fields)
    if sent.status_code == 303:
        sent = await phone.get(sent.headers["location"])
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", sent.text)
    return re.sub(r"<[^>]+>", "", heading)


async def _helped(mentor: httpx.AsyncClient, check_in_id: str) -> None:
    done(await mentor.post("/visits", json=VISIT | {"check_in_id": check_in_id}), 201)


async def _gone(mentor: httpx.AsyncClient, check_in_id: str) -> None:
    assert (await mentor.post(f"/check-ins/{check_in_id}/departure")).status_code == 204


class TestByPhone:
    async def test_a_number_without_saying_who(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        phone = intake.caller()
        form = await form_of(phone, opening["page"])
        assert await check_in(phone, opening["page"], form, theme=["pdf", "mitid", "made-up"], before="no") == (
            "Du er nummer 1"
        )
        (waits,) = done(await mentor.get(f"/openings/{opening['id']}"))["waiting"]
        assert (waits["number"], waits["themes"], waits["been_before"], waits["by_phone"]) == (
            1,
            ["mitid", "pdf"],
            False,
            True,
        )
        assert not any("set-cookie" in answer.headers for answer in intake.answers)
        assert await intake.log() == [], "nothing has happened yet"

    async def test_one_page_gives_one_number_however_often_it_is_sent(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        phone = intake.caller()
        form = await form_of(phone, opening["page"])
        said = await asyncio.gather(*(check_in(phone, opening["page"], form) for _ in range(5)))
        assert set(said) == {"Du er nummer 1"}
        assert await check_in(phone, opening["page"], await form_of(phone, opening["page"])) == "Du er nummer 2"

    async def test_numbers_are_given_once_however_many_come_at_once(
        self, intake: RunningService, opening: dict[str, str]
    ) -> None:
        phone = intake.caller()
        said = await asyncio.gather(*(check_in(phone, opening["page"], str(uuid4())) for _ in range(12)))
        assert sorted(said) == sorted(f"Du er nummer {number}" for number in range(1, 13))

    async def test_it_cannot_be_flooded(
        self,
        intake: RunningService,
        mentor: httpx.AsyncClient,
        opening: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(rules, "MOST_WAITING", 2)
        phone = intake.caller()
        for _ in range(2):
            await check_in(phone, opening["page"], str(uuid4()))
        assert await check_in(phone, opening["page"], str(uuid4())) == "Der er rigtig mange lige nu"
        written = done(await mentor.post(f"/openings/{opening['id']}/check-ins"), 201)
        assert written["number"] == 3, "somebody at the site still can"
        waiting = done(await mentor.get(f"/openings/{opening['id']}"))["waiting"]
        for one in waiting[1:]:
            assert (await mentor.post(f"/check-ins/{one['check_in_id']}/departure")).status_code == 204
        assert await check_in(phone, opening["page"], str(uuid4())) == "Du er nummer 4", "no number twice"
        monkeypatch.setattr(rules, "MOST_A_DAY", 4)
        assert await check_in(phone, opening["page"], str(uuid4())) == "Der er rigtig mange lige nu"

    async def test_the_page_keeps_to_itself(self, intake: RunningService, opening: dict[str, str]) -> None:
        phone = intake.caller()
        for address, kept in ((opening["page"], "private, max-age=60"), (f"{opening['page']}x", "no-store")):
            headers = (await phone.get(address)).headers
            assert headers["content-security-policy"].startswith("default-src 'self';")
            assert (headers["referrer-policy"], headers["x-robots-tag"]) == ("no-referrer", "noindex, nofollow")
            assert headers["cache-control"] == kept

    async def test_a_number_that_is_off_the_list_says_so(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        phone = intake.caller()
        for _ in range(2):
            sent = await phone.post(f"{opening['page']}/numbers", data={"form": str(uuid4())})
            page = sent.headers["location"]
            assert "Du er den næste." in (await phone.get(page)).text
            (waits,) = done(await mentor.get(f"/openings/{opening['id']}"))["waiting"]
            assert waits["state"] == "waiting"
            await (_helped if waits["number"] == 1 else _gone)(mentor, waits["check_in_id"])
            told = (await phone.get(page)).text
            assert "Dit nummer er ikke længere på listen. Sig til en af os, hvis du stadig venter." in told
            assert not any(said in told for said in ("Du er nummer", "den næste", "Vi kalder dit nummer", "Lad siden"))

    async def test_a_key_of_the_callers_own_is_not_kept(self, intake: RunningService, opening: dict[str, str]) -> None:
        phone = intake.caller()
        for _ in range(3):
            headers = {"Idempotency-Key": str(uuid4())}
            await phone.post(f"{opening['page']}/numbers", data={"form": str(uuid4())}, headers=headers)
        assert await intake.database.fetchval("SELECT last_number FROM opening") == 3
        assert await intake.database.fetchval("SELECT count(*) FROM idempotency") == 0

    @pytest.mark.parametrize("form", ["", "x", "1"])
    async def test_what_is_no_form_is_told_kindly(
        self, intake: RunningService, opening: dict[str, str], form: str
    ) -> None:
        assert await check_in(intake.caller(), opening["page"], form) == "Vi kunne ikke læse det, du sendte"


class TestTheLink:
    async def test_it_opens_this_check_in_and_nothing_else(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        token = opening["page"].rpartition("/")[2]
        holder = intake.caller(Authorization=f"Bearer {token}")
        for path in (f"/openings/{opening['id']}", "/visits", "/visits/sites"):
            refused(await holder.get(path), 403, "link-elsewhere")
        other = done(await mentor.post("/openings", json={"site": "Jobcenter Syd"}))["opening_id"]
        waits = done(await mentor.post(f"/openings/{other}/check-ins"), 201)["check_in_id"]
        assert (await intake.caller().get(f"{opening['page']}/{waits}")).status_code == 404

    async def test_it_opens_that_day_alone(
        self,
        intake: RunningService,
        mentor: httpx.AsyncClient,
        opening: dict[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(days=1))
        page = await intake.caller().get(opening["page"])
        assert (page.status_code, "Koden er fra en anden dag" in page.text) == (401, True)

    async def test_a_changed_link_opens_nothing(self, intake: RunningService, opening: dict[str, str]) -> None:
        page = await intake.caller().get(f"{opening['page'][:-2]}AA")
        assert (page.status_code, "Koden passer ikke" in page.text) == (401, True)


class TestTheOpening:
    async def test_a_site_is_opened_once_a_day_however_it_is_written(
        self, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        for site in (SITE, f" {SITE.upper()} "):
            again = done(await mentor.post("/openings", json={"site": site}))
            assert (again["opening_id"], again["site"]) == (opening["id"], SITE)

    async def test_a_visit_ends_the_wait_once(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        waits = done(await mentor.post(f"/openings/{opening['id']}/check-ins", json={"themes": ["pdf"]}), 201)
        body = VISIT | {"check_in_id": waits["check_in_id"]}
        done(await mentor.post("/visits", json=body), 201)
        told = done(await mentor.get(f"/openings/{opening['id']}"))
        assert (told["waiting"], told["anonymous"], told["known"]) == ([], 1, 0)
        refused(await mentor.post("/visits", json=body), 409, "check-in-over")
        refused(await mentor.post(f"/check-ins/{waits['check_in_id']}/departure"), 409, "check-in-over")
        assert len(await intake.log()) == 1

    async def test_everybody_who_waits_is_let_go_at_once(
        self, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        first = done(await mentor.post(f"/openings/{opening['id']}/check-ins"), 201)
        done(await mentor.post("/visits", json=VISIT | {"check_in_id": first["check_in_id"]}), 201)
        for _ in range(3):
            done(await mentor.post(f"/openings/{opening['id']}/check-ins"), 201)
        assert (await mentor.post(f"/openings/{opening['id']}/departures")).status_code == 204
        told = done(await mentor.get(f"/openings/{opening['id']}"))
        assert (told["waiting"], told["gone"], told["anonymous"]) == ([], 3, 1)
        assert done(await mentor.post(f"/openings/{opening['id']}/check-ins"), 201)["number"] == 5

    async def test_it_is_forgotten_when_the_day_is_over(
        self, intake: RunningService, mentor: httpx.AsyncClient, opening: dict[str, str]
    ) -> None:
        done(await mentor.post(f"/openings/{opening['id']}/check-ins"), 201)
        yesterdays = done(await mentor.post("/openings", json={"site": "Jobcenter Syd"}))["opening_id"]
        done(await mentor.post(f"/openings/{yesterdays}/check-ins"), 201)
        await intake.database.execute("UPDATE opening SET day = day - 1 WHERE opening_id = $1", yesterdays)
        refused(await mentor.get(f"/openings/{yesterdays}"), 409, "opening-over")
        assert service.bus is not None
        closing = Closing(service.database, service.bus, Settings())
        assert (await closing.close_past(), await closing.close_past()) == (1, 0)
        refused(await mentor.get(f"/openings/{yesterdays}"), 404, "opening-unknown")
        assert len(done(await mentor.get(f"/openings/{opening['id']}"))["waiting"]) == 1
        assert closing.checks() == {"closing": ""}
