"""What the tests of outcomes start from: citizens that intake told of, registered companies, a planned event."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import nats
from nats.aio.client import Client

from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.web import Role
from tests.real.answers import done
from tests.real.running_service import RunningService
from tests.real_machines import RealNats
from tests.today import today, yesterday
from tests.waiting import eventually


@dataclass(slots=True)
class Jobcenter:
    """A jobcenter's use of a running outcomes."""

    service: RunningService
    bus: Client

    @classmethod
    @asynccontextmanager
    async def open(cls, service: RunningService, server: RealNats) -> AsyncIterator["Jobcenter"]:
        """Connected to the bus, to speak as other services."""
        bus = await nats.connect(server.url)
        try:
            yield cls(service, bus)
        finally:
            await bus.close()

    async def tell(self, event: Event, *, sequence: int = 1) -> None:
        """Another service's event is on the bus."""
        envelope = Envelope(
            id=new_id(),
            source=f"/loeft/{event.municipality}/{event.service}",
            type=event.type(),
            subject=event.subject,
            time=now(),
            recordedtime=now(),
            sequence=sequence,
            dataclassification=event.classification,
            data=event.data(),
        )
        await self.bus.jetstream().publish(bus_subject(envelope), encode(envelope))

    async def citizen(self, municipality: str = "0101") -> str:
        """A new citizen, as soon as outcomes knows her."""
        example = CitizenRegistered.example()
        event = CitizenRegistered(**(example.data() | {"citizen_id": new_id(), "municipality": municipality}))
        await self.tell(event)
        await self.until("SELECT true FROM known_citizen WHERE citizen_id = $1", event.citizen_id)
        return str(event.citizen_id)

    async def merged(self, kept: str, merged: str) -> None:
        """Two ids are one citizen, as soon as outcomes knows it."""
        await self.tell(CitizensMerged(municipality="0101", citizen_id=UUID(kept), merged_id=UUID(merged)), sequence=2)
        await self.until("SELECT merged_into IS NOT NULL FROM known_citizen WHERE citizen_id = $1", UUID(merged))

    async def erased(self, citizen_id: str) -> None:
        """A citizen's data were erased, as soon as outcomes knows it."""
        await self.tell(CitizenErased(municipality="0101", citizen_id=UUID(citizen_id)), sequence=3)
        await self.until("SELECT true FROM known_citizen WHERE citizen_id = $1 AND erased", UUID(citizen_id))

    async def until(self, question: str, *arguments: object) -> None:
        """Wait until the service's database says yes."""
        await eventually(lambda: self.service.database.fetchval(question, *arguments), what=question)

    async def company(self, cvr: str = "12345678", **facts: Any) -> str:
        """A new company."""
        body = {"name": f"Firma {cvr}", "cvr": cvr, "employees": 12, "industry": "Detailhandel"} | facts
        answer = await self.service.caller(Role.COMPANY_DESK).post("/companies", json=body)
        return str(done(answer, 201)["company_id"])

    async def event(self, companies: list[str], rounds: int = 3, **facts: Any) -> str:
        """A matchmaking event today."""
        body = {"cohort_ids": [str(new_id())], "companies": companies, "rounds": rounds, "online": False}
        answer = await self.service.caller(Role.COMPANY_DESK).post("/events", json=body | {"on": str(today())} | facts)
        return str(done(answer, 201)["event_id"])

    async def placement(self, citizen_id: str, **facts: Any) -> str:
        """A praktik that started yesterday."""
        body = {"citizen_id": citizen_id, "kind": "praktik", "hours_per_week": 25, "on": str(yesterday())} | facts
        answer = await self.service.caller(Role.CASEWORKER).post("/placements", json=body)
        return str(done(answer, 201)["placement_id"])
