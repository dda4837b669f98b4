"""What the stories of caseworkers start from: the other people and systems, and what one does on a page."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.browser.workplace import Visit
from tests.real.answers import done
from tests.today import today
from tests.waiting import eventually

PHONE, DESKTOP = 375, 1280
ALIKE = next(
    one for month in range(1, 25) if (one := date(today().year + month // 13, *[(month - 1) % 12 + 1] * 2)) > today()
)
"""The next day that is written the same with the month first, as a browser may want it typed."""
NUMBERS = count(1)
KNOWING = (
    "/assessment/citizens/{}/sessions",
    "/courses/citizens/{}/participations",
    "/outcomes/citizens/{}/placements",
)
TOO_SMALL = """() => [...document.querySelectorAll('main a.target, main button, main summary, main select, main input')]
  .filter(one => one.type !== 'hidden' && one.type !== 'checkbox' && one.type !== 'radio' && one.offsetParent)
  .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""


def soon() -> date:
    """The first day of the cohorts that are made here."""
    return today() + timedelta(days=12)


def cpr() -> str:
    """A CPR number that nobody has yet; its owner was born on 2 March 1981."""
    return f"020381-{next(NUMBERS):04}"


@dataclass(slots=True)
class Others:
    """The other side of each story: what other people and systems do meanwhile."""

    caller: httpx.AsyncClient

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until the service knows the citizen: her registration may be on its way."""

        async def answered() -> httpx.Response | None:
            answer = await self.caller.post(path, json=body)
            return None if "citizen-unknown" in answer.text else answer

        answer = await eventually(answered, what=f"{path} knows the citizen")
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def citizen(self, **given: Any) -> str:
        """A citizen of the invented caseworker's own unit, whom every service knows."""
        citizen_id = await self.registered(**given)
        for path in KNOWING:
            await eventually(lambda path=path: self._has(path.format(citizen_id)), what=f"{path} knows the citizen")  # type: ignore[misc]
        return citizen_id

    async def registered(self, **given: Any) -> str:
        """A citizen of the invented caseworker's unit; the other services may not have heard of her yet."""
        body = {
            "cpr": cpr(),
            "target_group": "1",
            "education_level": "skilled",
            "unit": "Nord",
            "unemployed_since": str(today() - timedelta(days=70)),
        }
        return str(done(await self.caller.post("/intake/citizens", json=body | given), 201)["citizen_id"])

    async def _has(self, path: str) -> bool:
        return (await self.caller.get(path)).is_success

    async def cohort(self, title: str, *, capacity: int = 5, area: int = 5) -> str:
        """A cohort that starts in twelve days, of a new course that lifts one area to level 4."""
        course = {
            "title": title,
            "kind": "mikrosprint",
            "provider": "Ivækst",
            "weeks": 4,
            "hours": 60,
            "digital_areas": [{"area": area, "level": 4}],
            "it_specific": True,
        }
        course_id = (await self.post("/courses/courses", course))["course_id"]
        cohort = {
            "course_id": course_id,
            "starts": str(soon()),
            "ends": str(soon() + timedelta(days=25)),
            "capacity": capacity,
        }
        return str((await self.post("/courses/cohorts", cohort))["cohort_id"])

    async def tested(self, citizen_id: str, *, area: int, level: int) -> None:
        """The citizen has this level, measured, in one area; in area 3 it is inferred."""
        measured = {"area": area, "ability": 0.1, "standard_error": 0.2, "level": level, "level_low": level}
        measured |= {"level_high": level, "items": 6}
        body = {
            "bank_version": "2026.1",
            "calibrated": True,
            "purpose": "entry",
            "areas": [measured, measured | {"area": 3, "items": 0}],
        }
        await self.post(f"/assessment/citizens/{citizen_id}/tests", body)

    async def profile(self, title: str, *, area: int, level: int) -> str:
        """A job that asks for a level in one area."""
        body = {
            "title": title,
            "occupation": {"scheme": "DISCO-08", "code": "4321"},
            "demands": [{"area": area, "level": level}],
            "tasks": [],
        }
        return str((await self.post("/assessment/profiles", body))["profile_id"])


async def unfold(page: Page, words: str) -> None:
    """Open a small form."""
    await page.locator("summary", has_text=words).first.click()


async def must_be_touchable(visit: Visit) -> None:
    """Whatever is pressed on a phone is 44 pixels high."""
    if (visit.page.viewport_size or {})["width"] > PHONE:
        return
    assert await visit.page.evaluate(TOO_SMALL) == []


async def step(page: Page, title: str) -> None:
    """The next step that is suggested."""
    await expect(page.locator(".step h2")).to_have_text(title)
