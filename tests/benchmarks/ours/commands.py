"""Commands, and the relay that brings their events to the bus."""

import asyncio
import time
from typing import Any
from uuid import UUID, uuid4

import services.intake.api.barriers as intake_barriers
from services.intake.commands import RecordBarrier
from shared.contracts.intake.citizen_registered import CitizenRegistered
from shared.messaging.relay import Relay
from shared.tasks import end
from tests.benchmarks.jobcenter import told
from tests.benchmarks.machines import Addresses
from tests.benchmarks.ours.connections import CALLER, opened_bus, opened_database, origin


async def ingest(at: Addresses, commands: int, clients: int) -> dict[str, Any]:
    """Real commands a second (record a barrier: load, rule, tables, log, commit), with so many clients at once."""
    async with opened_database(at, "intake", clients) as database:
        citizens = [uuid4() for _ in range(200)]
        example = CitizenRegistered.example()
        for citizen in citizens:
            async with database.transaction(origin()) as tx:
                await tx.append(example.model_copy(update={"citizen_id": citizen}))
        command = RecordBarrier.model_validate({"kind": "reading", "severity": "medium"})
        left = iter(range(commands))

        async def client() -> None:
            for number in left:
                async with database.transaction(origin()) as tx:
                    severity = ("low", "medium", "high")[number // len(citizens) % 3]
                    asked = command.model_copy(update={"severity": severity})
                    await intake_barriers.record_barrier(citizens[number % len(citizens)], asked, tx, CALLER)

        started = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(clients)))
        return {"rate": commands / (time.perf_counter() - started)}


async def relay(at: Addresses, events: int) -> dict[str, Any]:
    """Events a second from a full log to the bus."""
    rows = [
        (UUID(event.id), f"{number}", 1, event.subject, event.body.decode())
        for number, event in enumerate(told(events))
    ]
    async with opened_database(at, "intake") as database, opened_bus(at) as bus:
        async with database.pool.acquire() as connection:
            columns = ("event_id", "subject", "version", "bus_subject", "body")
            await connection.copy_records_to_table("event_log", records=rows, columns=columns)
        started = time.perf_counter()
        task = asyncio.create_task(Relay("intake", database, bus, "EVENTS").run())
        while await database.pool.fetchval("SELECT cursor FROM relay") < len(rows):
            await asyncio.sleep(0.005)
        rate = len(rows) / (time.perf_counter() - started)
        await end(task)
    return {"rate": rate}
