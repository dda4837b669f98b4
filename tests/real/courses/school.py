"""What the tests of courses start from: citizens, courses, cohorts, and the voices of other services."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
import nats
from nats.aio.client import Client

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import CitizenRegistered
from shared.contracts.outcomes import PlacementStarted
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.web import Role
from tests.real.answers import done
from tests.real.running_service import RunningService
from tests.real_machines import RealNats
from tests.today import today
from tests.waiting import eventually

MUNICIPALITY = "0370"

COURSE = {
    "title": "Digital koordinator",
    "kind": "mikrosprint",
    "provider": "Ivækst",
    "methods": ["classroom", "practice-near"],
    "weeks": 4,
    "hours": 120,
    "digital_areas": [{"area": 2, "level": 4}],
    "target_groups": ["1", "2"],
    "it_specific": True,
}
PILOT = {
    "benchmark": 0.45,
    "planned_size": 6,
    "first_size": 3,
    "measure": "mikrosprint_job",
    "window_days": 182,
}
STOP = {"decision": "stop", "verdict": "stop", "reason": "Far below the benchmark"}
CERTIFICATE = {
    "code": "AZ-900",
    "title": "Microsoft Certified: Azure Fundamentals",
    "type": "Certification",
    "issuer": "Microsoft",
    "workload_hours": 60,
    "participation_form": "online",
    "assessment_type": "proctored examination",
    "quality_assurance": "vendor",
    "identity_verified": True,
}


def day(offset: int) -> date:
    """A day, counted from today."""
    return today() + timedelta(days=offset)


def on(offset: int) -> str:
    """An early afternoon, counted in days from today, as a command's `happened`."""
    return datetime.combine(day(offset), time(13), UTC).isoformat()


@dataclass(slots=True)
class School:
    """A running courses service, as caseworkers, managers and other services use it."""

    service: RunningService
    bus: Client
    caseworker: httpx.AsyncClient
    manager: httpx.AsyncClient

    @classmethod
    @asynccontextmanager
    async def open(cls, service: RunningService, server: RealNats) -> AsyncIterator["School"]:
        """Connected to the bus, to speak as other services."""
        bus = await nats.connect(server.url)
        try:
            yield cls(
                service,
                bus,
                service.caller(Role.CASEWORKER, municipality=MUNICIPALITY),
                service.caller(Role.MANAGER, municipality=MUNICIPALITY),
            )
        finally:
            await bus.close()

    async def tell(self, event: Event, *, happened: datetime | None = None, event_id: UUID | None = None) -> UUID:
        """Another service's event is on the bus; its id. Told again with that id, it is the same event."""
        envelope = Envelope(
            id=event_id or new_id(),
            source=f"/loeft/{event.municipality}/{event.service}",
            type=event.type(),
            subject=event.subject,
            time=happened or now(),
            recordedtime=now(),
            sequence=1,
            dataclassification=event.classification,
            data=event.data(),
        )
        await self.bus.jetstream().publish(bus_subject(envelope), encode(envelope))
        return envelope.id

    async def until(self, sql: str, *arguments: object) -> None:
        """Wait until the query gives something true."""
        await eventually(lambda: self.service.database.fetchval(sql, *arguments), what=f"{sql} {arguments}")

    async def citizens(self, number: int, municipality: str = MUNICIPALITY) -> list[str]:
        """New citizens, as soon as courses knows them."""
        ids = [new_id() for _ in range(number)]
        example = CitizenRegistered.example().data() | {"municipality": municipality}
        for citizen_id in ids:
            await self.tell(CitizenRegistered.model_validate(example | {"citizen_id": citizen_id}))
        await self.until("SELECT count(*) = $2 FROM known_citizen WHERE citizen_id = ANY($1)", ids, number)
        return [str(citizen_id) for citizen_id in ids]

    async def citizen(self) -> str:
        """A new citizen, as soon as courses knows her."""
        (citizen_id,) = await self.citizens(1)
        return citizen_id

    async def job(self, citizen_id: str, **given: Any) -> UUID:
        """Outcomes tells that the citizen started at a company; the event's id."""
        repeated = given.pop("event_id", None)
        event = PlacementStarted.model_validate(
            PlacementStarted.example().data()
            | {"municipality": MUNICIPALITY, "citizen_id": citizen_id, "kind": "ordinary", "on": str(today())}
            | given
        )
        return await self.tell(event, event_id=repeated)

    async def course(self, **given: Any) -> str:
        """A course."""
        answer = await self.manager.post("/courses", json=COURSE | {"happened": on(-60)} | given)
        return str(done(answer, 201)["course_id"])

    async def pilot(self, course_id: str, **given: Any) -> str:
        """The course is a pilot: three seats at first, six as planned."""
        body = PILOT | {"course_id": course_id, "happened": on(-55)} | given
        return str(done(await self.manager.post("/pilots", json=body), 201)["pilot_id"])

    async def decide(self, pilot_id: str, decision: str, verdict: str = "cannot-tell-yet") -> dict[str, Any]:
        """The manager decides about the pilot."""
        body = {"decision": decision, "verdict": verdict, "reason": "So it is best"}
        return done(await self.manager.post(f"/pilots/{pilot_id}/decide", json=body))

    async def cohort(self, capacity: int = 10, starts: date | None = None, course_id: str | None = None) -> str:
        """A cohort that starts in ten days, or on this day, and lasts for three weeks."""
        first = starts or day(10)
        body = {
            "course_id": course_id or await self.course(),
            "starts": str(first),
            "ends": str(first + timedelta(days=20)),
            "capacity": capacity,
            "site": "Ringstedgade",
            "happened": on(-50),
        }
        return str(done(await self.manager.post("/cohorts", json=body), 201)["cohort_id"])

    async def enrol(self, cohort_id: str, citizen_id: str, **given: Any) -> dict[str, Any]:
        """The citizen has a seat, or a place in line."""
        answer = await self.caseworker.post(f"/cohorts/{cohort_id}/enrolments", json={"citizen_id": citizen_id} | given)
        return done(answer, 201)

    async def enrol_all(self, cohort_id: str, citizens: list[str], **given: Any) -> list[dict[str, Any]]:
        """All of them one after the other."""
        return [await self.enrol(cohort_id, citizen_id, **given) for citizen_id in citizens]

    async def running(self, number: int, starts: date) -> tuple[str, list[dict[str, Any]]]:
        """A cohort whose roster was frozen on its start day in the past, with so many citizens on it."""
        cohort_id = await self.cohort(capacity=number, starts=starts)
        early = {"happened": datetime.combine(starts - timedelta(days=2), time(9), UTC).isoformat()}
        enrolments = await self.enrol_all(cohort_id, await self.citizens(number), **early)
        done(await self.manager.post(f"/cohorts/{cohort_id}/freeze", json={}))
        return cohort_id, enrolments

    async def view(self, cohort_id: str) -> dict[str, Any]:
        """The cohort with its counts."""
        return done(await self.manager.get(f"/cohorts/{cohort_id}"))

    async def roster(self, cohort_id: str) -> list[dict[str, Any]]:
        """Everybody of the cohort."""
        answer = await self.caseworker.get(f"/cohorts/{cohort_id}/roster")
        assert answer.status_code == 200, answer.text
        lines: list[dict[str, Any]] = answer.json()
        return lines

    async def all_at_once(self, path: str, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
        """The same command for many, all in flight together."""
        return list(await asyncio.gather(*(self.caseworker.post(path, json=body) for body in bodies)))


async def names(school: School, subject: str) -> list[str]:
    """What happened to an entity."""
    return [event.name for event in await school.service.log(subject)]
