"""A cohort as other programs make it: what the stories at the desk begin with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import httpx

from shared.clock import danish_day, now
from shared.web import Role
from tests.browser.workplace import Workplace
from tests.waiting import eventually

COURSE = {
    "kind": "mikrosprint",
    "provider": "Ivækst",
    "methods": ["classroom"],
    "weeks": 3,
    "hours": 60,
    "it_specific": True,
}


def day(offset: int) -> date:
    """A day, counted from today."""
    return danish_day(now()) + timedelta(days=offset)


@dataclass(slots=True)
class Programs:
    """Another system's access to the services, with the rights of everybody who plans and looks after citizens."""

    caller: httpx.AsyncClient
    people: int = 0

    @classmethod
    async def of(cls, workplace: Workplace) -> "Programs":
        """Signed in."""
        return cls(await workplace.caller(Role.CASEWORKER, Role.MANAGER))

    async def send(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A command that is carried out."""
        answer = await self.caller.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        done: dict[str, Any] = answer.json()
        return done

    async def course(self, title: str, **given: Any) -> str:
        """A course."""
        return str((await self.send("/courses/courses", COURSE | {"title": title} | given))["course_id"])

    async def cohort(self, course_id: str, starts: date, *, weeks: int = 3, capacity: int = 2) -> str:
        """A cohort."""
        body = {
            "course_id": course_id,
            "starts": str(starts),
            "ends": str(starts + timedelta(weeks=weeks, days=-1)),
            "capacity": capacity,
            "site": "Skelbækgade",
        }
        return str((await self.send("/courses/cohorts", body))["cohort_id"])

    async def citizens(self, number: int) -> list[str]:
        """New citizens whom courses knows."""
        made = []
        for _ in range(number):
            cpr = await self._new_cpr()
            person = {"cpr": cpr, "target_group": "2", "education_level": "skilled", "unemployed_since": "2026-01-12"}
            made.append(str((await self.send("/intake/citizens", person))["citizen_id"]))
        for citizen_id in made:
            await eventually(lambda citizen_id=citizen_id: self._known(citizen_id))  # type: ignore[misc]
        return made

    async def enrol(self, cohort_id: str, citizen_id: str) -> dict[str, Any]:
        """A seat, or a place in line."""
        return await self.send(f"/courses/cohorts/{cohort_id}/enrolments", {"citizen_id": citizen_id})

    async def running(self, title: str, number: int) -> tuple[str, list[dict[str, Any]]]:
        """A cohort whose roster is frozen today, with so many participants."""
        cohort_id = await self.cohort(await self.course(title), day(0), capacity=number)
        enrolled = [await self.enrol(cohort_id, citizen_id) for citizen_id in await self.citizens(number)]
        await self.send(f"/courses/cohorts/{cohort_id}/freeze", {})
        return cohort_id, enrolled

    async def _known(self, citizen_id: str) -> bool:
        return (await self.caller.get(f"/courses/citizens/{citizen_id}/participations")).status_code == 200

    async def _new_cpr(self) -> str:
        """A CPR number that no citizen of this stack has: it is asked for, since other tests register people too."""
        while True:
            self.people += 1
            cpr = f"0403{60 + self.people // 9000:02}-{self.people % 9000 + 1:04}"
            if (await self.caller.post("/intake/citizens/lookup", json={"cpr": cpr})).status_code == 404:
                return cpr
