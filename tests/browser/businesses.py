"""Companies as other systems tell of them: what a test of the company pages starts from."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from playwright.async_api import expect

from shared.clock import now
from shared.web import Role
from tests.browser.workplace import HERE, Visit, Workplace
from tests.real.answers import done
from tests.real.assessment.measured import area, finished
from tests.waiting import eventually

PHONE, DESKTOP = 375, 1280
DESK, CASEWORKER, MANAGER = "virksomhedskonsulent", "jobkonsulent", "leder"
PERSON = {"target_group": "2", "education_level": "skilled", "unemployed_since": "2026-01-12"}


@dataclass(frozen=True, slots=True)
class Businesses:
    """The companies of one municipality, by the services' own interfaces."""

    caller: httpx.AsyncClient

    @classmethod
    async def of(cls, workplace: Workplace, municipality: str = HERE) -> "Businesses":
        """As a system that may do what the company desk and caseworkers may."""
        return cls(await workplace.caller(Role.COMPANY_DESK, Role.CASEWORKER, municipality=municipality))

    async def company(self, name: str = "Nordhavn Data ApS", **facts: Any) -> str:
        """The id of a new company."""
        body = {"name": name, "cvr": new_cvr(), "employees": 12, "industry": "Detailhandel"} | facts
        return str(done(await self.caller.post("/outcomes/companies", json=body), 201)["company_id"])

    async def contact(self, company_id: str, *, wants: str = "hire", **ago: float) -> str:
        """The id of a contact that was made so long ago: ``hours=23``."""
        body = {"wants": wants, "at": (now() - timedelta(**ago)).isoformat()}
        answer = await self.caller.post(f"/outcomes/companies/{company_id}/contacts", json=body)
        return str(done(answer, 201)["contact_id"])

    async def answered(self, contact_id: str, **ago: float) -> None:
        """A contact was answered so long ago."""
        body = {"at": (now() - timedelta(**ago)).isoformat()}
        done(await self.caller.post(f"/outcomes/contacts/{contact_id}/answer", json=body))

    async def order(self, company_id: str, **facts: Any) -> str:
        """The id of a new order, as soon as assessment can screen for it."""
        body = {"title": "Butiksassistent med webshop", "kind": "praktik", "seats": 2} | facts
        told = done(await self.caller.post(f"/outcomes/companies/{company_id}/orders", json=body), 201)
        order_id = str(told["order_id"])

        async def known() -> bool:
            return order_id in (await self.caller.get("/assessment/orders")).text

        await eventually(known, what="assessment knows the order")
        return order_id

    async def read(self, order_id: str) -> dict[str, Any]:
        """An order as outcomes keeps it."""
        return done(await self.caller.get(f"/outcomes/orders/{order_id}"))

    async def tested_citizen(self, level: int, *, up_to: int = 0) -> str:
        """The id of a new citizen who was measured at this level of area 1, or between it and ``up_to``."""
        cpr = f"{secrets.randbelow(28) + 1:02}01{secrets.randbelow(30) + 60}{secrets.randbelow(4000):04}"
        told = done(await self.caller.post("/intake/citizens", json={"cpr": cpr, **PERSON}), 201)
        citizen_id = str(told["citizen_id"])
        result = finished(area(1, level, up_to or level))

        async def recorded() -> bool:
            address = f"/assessment/citizens/{citizen_id}/tests"
            return (await self.caller.post(address, json=result)).status_code == 201

        await eventually(recorded, what="assessment knows the citizen")
        return citizen_id


def new_cvr() -> str:
    """A CVR number that no company has yet."""
    return f"{secrets.randbelow(90_000_000) + 10_000_000}"


async def said(visit: Visit, text: str) -> None:
    """The page says that it was done, or why not."""
    await expect(visit.page.locator(":is(.alert-success, .alert-error) .alert-text")).to_have_text(text)
