"""What the stories of a workshop start from: an opened site, who waits there, and citizens who were referred."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from shared.clock import now
from shared.web import Role
from tests.browser.workplace import HERE, Visit, Workplace
from tests.real.answers import done

PHONE, TABLET, DESKTOP = 375, 768, 1280
TOO_SMALL = """() => [...document.querySelectorAll('main :is(a, button, summary, select, .segment, .choice)')]
  .filter(one => one.getClientRects().length)
  .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
  .map(one => one.outerHTML.slice(0, 90))"""


def a_site() -> str:
    """A site that no other test uses."""
    return f"Værksted {uuid4().hex[:8]}"


async def opened(mentor: httpx.AsyncClient, site: str = "") -> dict[str, Any]:
    """A site that was just opened."""
    return done(await mentor.post("/intake/openings", json={"site": site or a_site()}))


async def written_up(mentor: httpx.AsyncClient, opening: dict[str, Any], *themes: str) -> dict[str, Any]:
    """Somebody who waits."""
    body = {"themes": list(themes)}
    return done(await mentor.post(f"/intake/openings/{opening['opening_id']}/check-ins", json=body), 201)


async def visits_at(mentor: httpx.AsyncClient, opening: dict[str, Any]) -> dict[str, Any]:
    """Today's visits at a site."""
    return done(await mentor.get("/intake/visits", params={"site": opening["site"]}))


async def a_citizen(workplace: Workplace, cpr: str, municipality: str = HERE) -> str:
    """A citizen of the municipality."""
    caseworker = await workplace.caller(Role.CASEWORKER, municipality=municipality)
    body = {"cpr": cpr, "target_group": "2", "education_level": "skilled", "unemployed_since": "2026-01-12"}
    return str(done(await caseworker.post("/intake/citizens", json=body), 201)["citizen_id"])


async def referred(workplace: Workplace, citizen_id: str, municipality: str = HERE) -> None:
    """The citizen is referred to a workshop."""
    caseworker = await workplace.caller(Role.CASEWORKER, municipality=municipality)
    due = str((now() + timedelta(days=14)).date())
    body = {"offer": "workshop", "reason": "Hjælp til MitID", "due": due}
    done(await caseworker.post(f"/intake/citizens/{citizen_id}/referrals", json=body), 201)


def reference_of(citizen_id: str) -> str:
    """The citizen's short reference."""
    return f"Borger {citizen_id[-8:-4]}-{citizen_id[-4:]}"


def list_of(opening: dict[str, Any]) -> str:
    """The address of a site's list."""
    return f"/vaerksted/{opening['opening_id']}"


async def must_be_for_everybody(visit: Visit) -> None:
    """No barrier on the page, and everything on it is large enough for a finger."""
    await visit.must_be_for_everybody()
    assert await visit.page.evaluate(TOO_SMALL) == [], visit.page.url
