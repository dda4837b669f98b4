"""A pilot is stopped, in all services: nobody new comes, what runs finishes, referrers are told, targets restated."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import nats as nats_client
import pytest
from nats.js.errors import KeyNotFoundError

from tests.real.running_services import RunningServices, running_services
from tests.real.web.jobcenter import COURSE, PERSON
from tests.real_machines import RealNats, RealPostgres
from tests.today import today
from tests.waiting import eventually

COPENHAGEN = "0101"
PILOT = {"benchmark": 0.45, "measure": "mikrosprint_job", "window_days": 182, "first_size": 4, "planned_size": 8}
STOP = {"decision": "stop", "verdict": "stop", "reason": "Far below the benchmark"}
NOT_HERE_YET = ("urn:loeft:problem:citizen-unknown", "urn:loeft:problem:course-unknown")


def day(offset: int) -> date:
    """A day, counted from today."""
    return today() + timedelta(days=offset)


def on(offset: int) -> dict[str, str]:
    """What happened at noon of a day, counted from today."""
    return {"happened": f"{day(offset)}T11:00:00Z"}


@dataclass(slots=True)
class City:
    """A municipality that uses all services, with every role."""

    services: RunningServices
    people: list[str] = field(default_factory=list)

    async def send(self, service: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Carry out a command, as soon as the service knows whom and what it is about."""
        caller = self.services.client(service, COPENHAGEN)

        async def sent() -> dict[str, Any] | None:
            answer = await caller.post(path, json=body)
            document: dict[str, Any] = answer.json()
            if document.get("type") in NOT_HERE_YET:
                return None
            assert answer.is_success, answer.text
            return document

        return await eventually(sent, what=f"{service} knows what {path} is about")

    async def refused(self, service: str, path: str, body: dict[str, Any]) -> str:
        """Try a command that is refused, as soon as the service knows whom and what it is about; the problem's code."""
        caller = self.services.client(service, COPENHAGEN)

        async def refusal() -> str | None:
            answer = await caller.post(path, json=body)
            assert answer.status_code == 409, answer.text
            return None if answer.json()["type"] in NOT_HERE_YET else str(answer.json()["type"])

        return (await eventually(refusal, what=f"{service} knows what {path} is about")).rsplit(":", 1)[-1]

    async def read(self, service: str, path: str, **asked: str) -> Any:
        """The answer of a query."""
        answer = await self.services.client(service, COPENHAGEN).get(path, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def citizen(self) -> str:
        """One more citizen."""
        person = PERSON | {"cpr": f"010179-{len(self.people) + 1:04}"}
        self.people.append(str((await self.send("intake", "/citizens", person))["citizen_id"]))
        return self.people[-1]

    async def course(self, title: str) -> str:
        """A course of two months ago."""
        return str((await self.send("courses", "/courses", COURSE | {"title": title} | on(-60)))["course_id"])

    async def cohort(self, course_id: str, capacity: int, starts: int) -> str:
        """A cohort of four weeks."""
        body = {"course_id": course_id, "capacity": capacity, "starts": str(day(starts)), "ends": str(day(starts + 28))}
        return str((await self.send("courses", "/cohorts", body | on(-50)))["cohort_id"])

    async def enrol(self, cohort_id: str, citizen_id: str, days: int = 0) -> dict[str, Any]:
        """The citizen has a seat, or a place in line."""
        happened = on(days) if days else {}
        return await self.send("courses", f"/cohorts/{cohort_id}/enrolments", {"citizen_id": citizen_id} | happened)

    async def refer(self, citizen_id: str, course_id: str, **given: str) -> str:
        """The citizen is referred to the course."""
        body = {"offer": "course", "course_id": course_id, "reason": "Digital skills", "due": str(day(14))} | given
        return str((await self.send("intake", f"/citizens/{citizen_id}/referrals", body))["referral_id"])

    async def waiting(self) -> list[str]:
        """Whom the notices name, of the one effort that was stopped."""
        (notice,) = await self.read("intake", "/notices")
        assert notice["reason"] == STOP["reason"]
        return [referral["referral_id"] for referral in notice["referrals"]]

    async def statuses(self, cohort_id: str) -> dict[str, str]:
        """How each citizen of a cohort stands."""
        lines = await self.read("courses", f"/cohorts/{cohort_id}/roster")
        return {line["citizen_id"]: line["status"] for line in lines}


@pytest.fixture
async def city(postgres: RealPostgres, nats: RealNats, own_directory: Path) -> AsyncIterator[City]:
    async with running_services(postgres, nats, own_directory) as services:
        yield City(services)


@dataclass(frozen=True, slots=True)
class Effort:
    """A pilot with a cohort that runs, one ahead with a line, and one ahead that is empty."""

    course_id: str
    pilot_id: str
    running: str
    taking_part: list[dict[str, Any]]
    ahead: str
    enrolled: dict[str, Any]
    in_line: dict[str, Any]
    empty: str


@pytest.fixture
async def effort(city: City) -> Effort:
    course_id = await city.course("Digital koordinator")
    opened = await city.send("courses", "/pilots", PILOT | {"course_id": course_id} | on(-55))
    running = await city.cohort(course_id, 2, starts=-10)
    taking_part = [await city.enrol(running, await city.citizen(), -12) for _ in range(2)]
    await city.send("courses", f"/cohorts/{running}/freeze", {})
    ahead, empty = await city.cohort(course_id, 1, starts=10), await city.cohort(course_id, 1, starts=20)
    enrolled, in_line = [await city.enrol(ahead, await city.citizen()) for _ in range(2)]
    assert (enrolled["status"], in_line["status"]) == ("enrolled", "waitlisted")
    return Effort(course_id, str(opened["pilot_id"]), running, taking_part, ahead, enrolled, in_line, empty)


async def test_nobody_new_comes_onto_any_cohort(city: City, effort: Effort) -> None:
    newcomer = {"citizen_id": await city.citizen()}
    await city.send("courses", f"/pilots/{effort.pilot_id}/decide", STOP)
    for cohort_id, code in (
        (effort.running, "roster-frozen"),
        (effort.ahead, "pilot-stopped"),
        (effort.empty, "pilot-stopped"),
    ):
        assert await city.refused("courses", f"/cohorts/{cohort_id}/enrolments", newcomer) == code
    cohort = {"course_id": effort.course_id, "starts": str(day(30)), "ends": str(day(58)), "capacity": 1}
    assert await city.refused("courses", "/cohorts", cohort) == "course-closed"

    await city.send("courses", f"/enrolments/{effort.enrolled['enrolment_id']}/withdraw", {})
    await city.send("courses", f"/cohorts/{effort.ahead}/seat-offers/expire", {})
    assert await city.statuses(effort.ahead) == {
        effort.enrolled["citizen_id"]: "withdrawn",
        effort.in_line["citizen_id"]: "waitlisted",  # the seat that was given up is offered to nobody
    }


async def test_running_cohorts_finish_and_those_ahead_are_offered_something_else(city: City, effort: Effort) -> None:
    other = await city.cohort(await city.course("Office 365"), 2, starts=12)
    stopped = await city.send("courses", f"/pilots/{effort.pilot_id}/decide", STOP)
    assert stopped["cohorts_ahead"] == [
        {"cohort_id": effort.ahead, "starts": str(day(10)), "taken": 1, "waiting": 1},
        {"cohort_id": effort.empty, "starts": str(day(20)), "taken": 0, "waiting": 0},
    ]
    for one in effort.taking_part:
        await city.send("courses", f"/participations/{one['enrolment_id']}/end", {"reason": "completed"})
    for cohort_id in (effort.ahead, effort.empty):
        await city.send("courses", f"/cohorts/{cohort_id}/cancel", {"reason": "The pilot was stopped"})
    for one in (effort.enrolled, effort.in_line):
        assert (await city.enrol(other, one["citizen_id"]))["status"] == "enrolled"
    assert set((await city.statuses(effort.ahead)).values()) == {"withdrawn"}
    cohort = await city.read("courses", f"/cohorts/{effort.running}")
    assert (cohort["started"], cohort["running"]) == (2, 0)

    async def completed() -> bool:
        rows = await city.read("outcomes", "/effect", indicator="funnel", by="course")
        counted = {row["stage"]: row["so_far"] for row in rows if row["dimensions"]["course"] == effort.course_id}
        return (counted["started"], counted["completed"]) == (2, 2)

    await eventually(completed, what="those who finished a stopped course are counted")


async def test_referrers_are_told_until_everybody_is_offered_something_else(city: City, effort: Effort) -> None:
    other = await city.course("Office 365")
    referrals = [await city.refer(await city.citizen(), effort.course_id) for _ in range(2)]
    assert await city.read("intake", "/notices") == []
    await city.send("courses", f"/pilots/{effort.pilot_id}/decide", STOP)

    async def heard() -> bool:
        return bool(await city.services.of["intake"].database.fetchval("SELECT count(*) = 2 FROM wind_down"))

    await eventually(heard, what="intake has heard of the stop and of the closing")
    assert sorted(await city.waiting()) == sorted(referrals)
    (notice,) = await city.read("intake", "/notices", since=str(today()))
    assert (notice["course"], notice["cause"], notice["on"]) == ("Digital koordinator", "pilot-stopped", str(today()))
    late = {"offer": "course", "course_id": effort.course_id, "reason": "Digital skills", "due": str(day(14))}
    citizen_id = await city.citizen()
    assert await city.refused("intake", f"/citizens/{citizen_id}/referrals", late) == "pilot-stopped"

    await city.refer(city.people[-3], other, replaces=referrals[0])
    assert await city.waiting() == [referrals[1]]
    await city.send("intake", f"/referrals/{referrals[1]}/answer", {"answer": "refused"})
    assert await city.waiting() == []


async def test_a_restated_target_is_what_progress_is_held_against(city: City, nats: RealNats) -> None:
    target = {"indicator": "agreements", "period": str(today().year)}
    company = {"name": "Økoladen", "cvr": "12345678", "employees": 8}
    company_id = (await city.send("outcomes", "/companies", company))["company_id"]
    await city.send("outcomes", f"/companies/{company_id}/agreements", {"kind": "partner", "on": str(today())})
    client = await nats_client.connect(nats.url)
    try:
        for value, share in ((10, 0.1), (4, 0.25)):  # the second as it is restated after a stop
            await city.send("outcomes", "/targets", target | {"value": value})

            async def asked() -> bool:
                (row,) = await city.read("outcomes", "/effect", indicator="agreements")
                return (row["numerator"], row["target"], row["share"]) == (1, value, share)  # noqa: B023

            async def published() -> bool:
                try:
                    entry = await (await client.jetstream().key_value("projections")).get(f"municipality.{COPENHAGEN}")
                except KeyNotFoundError:  # not published for the first time yet
                    return False
                return f'"target":{value}' in (entry.value or b"").decode()  # noqa: B023

            await eventually(asked, what="the figure is held against the target")
            await eventually(published, what="open pages are told of the target")
    finally:
        await client.close()
