"""One of everything that commands can make, in one municipality."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from tests.today import today
from tests.waiting import eventually

ClientFor = Callable[[str, str], httpx.AsyncClient]
"""The client of a service for callers of a municipality who have every role."""

PERSON = {"target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}
COURSE = {"title": "Hold", "kind": "mikrosprint", "provider": "Ivækst", "weeks": 4, "hours": 120, "it_specific": True}
CERTIFICATE = {
    "code": "AZ-900",
    "title": "Azure Fundamentals",
    "type": "Certification",
    "issuer": "Microsoft",
    "workload_hours": 60,
    "participation_form": "online",
    "assessment_type": "examination",
    "quality_assurance": "vendor",
    "identity_verified": True,
}
PROFILE = {
    "title": "Omsorg",
    "occupation": {"scheme": "DISCO-08", "code": "5322"},
    "demands": [{"area": 1, "level": 3, "weight": 1.0}],
    "tasks": [],
}


class Jobcenter:
    """A municipality's use of the services; ``ids`` has the id of everything that was made."""

    def __init__(self, client_for: ClientFor, municipality: str = "0101") -> None:
        self._client_for, self._municipality = client_for, municipality
        self.ids: dict[str, str] = {}

    async def send(self, service: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command with every role, again until the service knows the citizen; remember the ids it answers."""
        caller = self._client_for(service, self._municipality)

        async def sent() -> dict[str, Any] | None:
            answer = await caller.post(path.format(**self.ids), json=body)
            document: dict[str, Any] = answer.json()
            if document.get("type") == "urn:loeft:problem:citizen-unknown":
                return None
            assert answer.is_success, answer.text
            return document

        answer: dict[str, Any] = await eventually(sent, what=f"{service} knows the citizen")
        self.ids |= {name: value for name, value in answer.items() if name.endswith("_id")}
        return answer

    async def citizen(self, cpr: str = "010179-0001") -> str:
        """A citizen whom every service knows."""
        made = await self.send("intake", "/citizens", PERSON | {"cpr": cpr})
        for service, kept in (("assessment", "result"), ("courses", "participations"), ("outcomes", "placements")):
            caller = self._client_for(service, self._municipality)
            address = f"/citizens/{made['citizen_id']}/{kept}"
            await eventually(lambda: _is_there(caller, address), what=f"{service} knows the citizen")  # noqa: B023
        return str(made["citizen_id"])

    async def furnish(self) -> dict[str, str]:
        """One of everything: a course that runs, an event that was planned, placements, agreements and the like."""
        start = today() - timedelta(days=10)
        citizen = {"citizen_id": await self.citizen()}
        await self.send("intake", "/citizens/{citizen_id}/barriers", {"kind": "reading", "severity": "low"})
        referral = {"offer": "workshop", "reason": "e-Boks", "due": str(today())}
        await self.send("intake", "/citizens/{citizen_id}/referrals", referral)
        await self.send("assessment", "/profiles", PROFILE)
        await self.send("assessment", "/citizens/{citizen_id}/sessions", {"purpose": "entry"})
        early = {"happened": f"{start - timedelta(days=5)}T12:00:00Z"}
        await self.send("courses", "/courses", COURSE | early)
        cohort = {"course_id": self.ids["course_id"], "starts": str(start), "ends": str(today()), "capacity": 2}
        await self.send("courses", "/cohorts", cohort | early)
        await self.send("courses", "/cohorts/{cohort_id}/enrolments", citizen | early)
        await self.send("courses", "/cohorts/{cohort_id}/freeze", {})
        await self.send("courses", "/certificates", CERTIFICATE | citizen)
        await self.send("outcomes", "/companies", {"name": "Økoladen", "cvr": "12345678", "employees": 8})
        await self.send("outcomes", "/companies/{company_id}/agreements", {"kind": "partner", "on": str(start)})
        await self.send("outcomes", "/companies/{company_id}/contacts", {"wants": "hire"})
        event = {"cohort_ids": [self.ids["cohort_id"]], "companies": [self.ids["company_id"]], "rounds": 2}
        await self.send("outcomes", "/events", event | {"online": False, "on": str(today())})
        praktik = {"kind": "praktik", "hours_per_week": 20, "on": str(today())}
        await self.send("outcomes", "/placements", praktik | citizen)
        return self.ids


async def _is_there(caller: httpx.AsyncClient, address: str) -> bool:
    return (await caller.get(address)).status_code == 200
