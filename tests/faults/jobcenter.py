"""People at work over HTTP while everything falls down around them. They note what they were told.

Whoever gets no answer, or one that says nothing (5xx), sends the same request with the same Idempotency-Key again until
there is an answer. So in the end every command is known to have happened, once, and its ids are known too.
"""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx

from tests.today import today
from tests.waiting import eventually

MUNICIPALITY = "0101"
ANSWERED_WITHIN_S = 90.0
STARTED, ENDS = today() - timedelta(days=30), today() - timedelta(days=2)

COURSE = {
    "title": "Digital koordinator",
    "kind": "mikrosprint",
    "provider": "Ivækst",
    "methods": ["classroom"],
    "weeks": 4,
    "hours": 120,
    "digital_areas": [{"area": 2, "level": 4}],
    "target_groups": ["1", "2"],
    "it_specific": True,
}
PERSON = {"target_group": "2", "education_level": "unskilled", "unemployed_since": str(today() - timedelta(days=90))}


class Jobcenter:
    """Caseworkers and managers of one municipality. ``told`` has the ids that answers named, by event."""

    def __init__(self, urls: Mapping[str, str], token: str) -> None:
        self._urls = urls
        self._client = httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=30)
        self._numbers = itertools.count(1)
        self.told: dict[str, list[str]] = defaultdict(list)
        self.jobs: dict[str, str] = {}
        """Enrolment that a job must end → the placement."""
        self.unanswered = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(self, service: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """One command, sent until it is answered. A citizen who is not known there yet is waited for."""
        key = str(uuid4())

        async def once() -> httpx.Response | None:
            try:
                answer = await self._client.post(
                    f"{self._urls[service]}{path}", json=body, headers={"Idempotency-Key": key}
                )
            except httpx.HTTPError:
                self.unanswered += 1
                return None
            if answer.status_code >= 500:
                self.unanswered += 1
                return None
            if answer.status_code in {404, 409} and "citizen-unknown" in answer.text:
                return None
            return answer

        answer = await eventually(once, ANSWERED_WITHIN_S, what=f"{service}{path} is answered")
        assert answer.is_success, f"{service}{path}: {answer.status_code} {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    async def register(self) -> str:
        """A new citizen."""
        number = next(self._numbers)
        cpr = f"{number % 28 + 1:02}0180{number:04}"
        citizen_id = str((await self.ask("intake", "/citizens", {"cpr": cpr, **PERSON}))["citizen_id"])
        self.told["citizen-registered"].append(citizen_id)
        return citizen_id

    async def open_cohort(self, capacity: int) -> str:
        """A course with a cohort that started a month ago."""
        course = (await self.ask("courses", "/courses", COURSE | {"happened": _on(STARTED, -30)}))["course_id"]
        body = {"course_id": course, "starts": str(STARTED), "ends": str(ENDS), "capacity": capacity, "online": False}
        cohort = (await self.ask("courses", "/cohorts", body | {"happened": _on(STARTED, -20)}))["cohort_id"]
        self.told["course-offered"].append(course)
        self.told["cohort-opened"].append(cohort)
        return str(cohort)

    async def enrol(self, cohort: str, citizen: str) -> str:
        """A seat for a citizen."""
        body = {"citizen_id": citizen, "happened": _on(STARTED, -10)}
        enrolment = (await self.ask("courses", f"/cohorts/{cohort}/enrolments", body))["enrolment_id"]
        self.told["citizen-enrolled"].append(enrolment)
        return str(enrolment)

    async def freeze(self, cohort: str) -> None:
        """Everybody with a seat starts."""
        started = (await self.ask("courses", f"/cohorts/{cohort}/freeze", {}))["enrolment_ids"]
        self.told["roster-frozen"].append(cohort)
        self.told["participation-started"] += started

    async def place(self, citizen: str, enrolment: str, kind: str) -> None:
        """A citizen starts at a company; an ordinary job ends her participation."""
        body = {"citizen_id": citizen, "kind": kind, "hours_per_week": 37, "on": str(today() - timedelta(days=5))}
        placement = str((await self.ask("outcomes", "/placements", body))["placement_id"])
        self.told["placement-started"].append(placement)
        if kind == "ordinary":
            self.jobs[enrolment] = placement

    async def term(self, citizens: int = 6) -> None:
        """A cohort from its opening to jobs (every other citizen) and praktik, many of them at once."""
        cohort = await self.open_cohort(citizens)
        people = await asyncio.gather(*(self.register() for _ in range(citizens)))
        enrolments = await asyncio.gather(*(self.enrol(cohort, citizen) for citizen in people))
        await self.freeze(cohort)
        kinds = itertools.cycle(["ordinary", "praktik"])
        await asyncio.gather(*(self.place(*case) for case in zip(people, enrolments, kinds, strict=False)))


def _on(day: date, offset: int) -> str:
    return datetime.combine(day + timedelta(days=offset), time(13), UTC).isoformat()
