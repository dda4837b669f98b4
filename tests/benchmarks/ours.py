"""Our own parts, as they run in production, with nothing around them but a clock."""

import asyncio
import contextlib
import json
import resource
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import services.courses.api.invitations as courses_invitations
import services.intake.api.barriers as intake_barriers
from deploy import synthetic
from services.courses.app import service as courses
from services.courses.commands import NameCitizens
from services.desk import render
from services.desk.documents import Effort
from services.desk.hub import Hub
from services.desk.signals import Changed
from services.desk.source import NatsProjections
from services.intake.app import service as intake
from services.intake.commands import RecordBarrier
from services.outcomes.projection.projector import Projector
from services.outcomes.projection.rebuild import rebuild_from_bus
from services.outcomes.projection.recount import recount_now
from shared.contracts.courses.cohort_opened import CohortOpened
from shared.contracts.courses.course_offered import CourseOffered
from shared.contracts.intake.citizen_registered import CitizenRegistered
from shared.messaging.bus import Bus
from shared.messaging.publisher import publish_atomically
from shared.messaging.relay import Relay
from shared.persistence import Database, Origin
from shared.settings import Settings
from shared.tasks import end
from shared.web import Principal, Role
from tests.benchmarks.cohorts import COHORTS

CALLER = Principal("bench", frozenset({Role.CASEWORKER}), ("0101",))


def _origin() -> Origin:
    return Origin(correlation_id=str(uuid4()), caller=CALLER)


def _database(address: str, service: str, size: int = 16) -> Database:
    appliers = {"intake": intake.appliers, "courses": courses.appliers}.get(service)
    return Database(address.replace("{service}", service), appliers, size=size)


async def ingest(database_url: str, commands: int, clients: int) -> dict[str, Any]:
    """Real commands a second (record a barrier: load, rule, tables, log, commit), with so many clients at once."""
    database = _database(database_url, "intake", clients)
    await database.open()
    citizens = [uuid4() for _ in range(200)]
    example = CitizenRegistered.example()
    for citizen in citizens:
        async with database.transaction(_origin()) as tx:
            await tx.append(example.model_copy(update={"citizen_id": citizen}))
    command = RecordBarrier.model_validate({"kind": "reading", "severity": "medium"})
    left = iter(range(commands))

    async def client() -> None:
        for number in left:
            async with database.transaction(_origin()) as tx:
                severity = ("low", "medium", "high")[number // len(citizens) % 3]
                asked = command.model_copy(update={"severity": severity})
                await intake_barriers.record_barrier(citizens[number % len(citizens)], asked, tx, CALLER)

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    rate = commands / (time.perf_counter() - started)
    await database.close()
    return {"rate": rate}


async def relay(database_url: str, nats_url: str, events: int) -> dict[str, Any]:
    """Events a second from a full log to the bus."""
    database = _database(database_url, "intake")
    await database.open()
    lines = synthetic.lines(1, max(10, events // 60))
    rows = []
    for number, line in enumerate(lines):
        if number == events:
            break
        event = json.loads(line)
        _, _, municipality, service = event["source"].split("/")
        subject = f"evt.{municipality}.{service}.{event['type'].split('.')[3]}.{event['subject'].split('/')[1]}"
        rows.append((UUID(event["id"]), f"{number}", 1, subject, line.decode().strip()))
    async with database.pool.acquire() as connection:
        await connection.copy_records_to_table(
            "event_log", records=rows, columns=("event_id", "subject", "version", "bus_subject", "body")
        )
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    started = time.perf_counter()
    task = asyncio.create_task(Relay("intake", database, bus, "EVENTS").run())
    while await database.pool.fetchval("SELECT cursor FROM relay") < len(rows):
        await asyncio.sleep(0.005)
    rate = len(rows) / (time.perf_counter() - started)
    await end(task)
    await bus.close()
    await database.close()
    return {"rate": rate}


async def fill(nats_url: str, events: int) -> dict[str, Any]:
    """Put so many synthetic events on the bus; how many it were."""
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    waiting: list[tuple[str, bytes, str | None]] = []
    count = 0
    for line in synthetic.lines(1, max(10, events // 58)):
        if count == events:
            break
        event = json.loads(line)
        _, _, municipality, service = event["source"].split("/")
        subject = f"evt.{municipality}.{service}.{event['type'].split('.')[3]}.{event['subject'].split('/')[1]}"
        waiting.append((subject, line.strip(), event["id"]))
        count += 1
        if len(waiting) == 1000:
            await publish_atomically(bus.client, waiting)
            waiting = []
    if waiting:
        await publish_atomically(bus.client, waiting)
    await bus.close()
    return {"events": count}


async def project(database_url: str, nats_url: str, events: int) -> dict[str, Any]:
    """Events a second from a backlog on the bus to histories, cells and published figures."""
    database = _database(database_url, "outcomes", 4)
    await database.open()
    for table in ("fact", "cell", "alias", "projector", "gap"):
        await database.pool.execute(f"TRUNCATE {table}")
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    projector = Projector(database, bus, Settings(nats_url=nats_url))
    started, used = time.perf_counter(), time.process_time()
    task = asyncio.create_task(projector.run())
    while projector.folded < events:
        await asyncio.sleep(0.01)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    await end(task)
    await bus.close()
    await database.close()
    return {"rate": events / seconds, "cpu_us": cpu / events * 1e6}


async def rebuild(database_url: str, nats_url: str) -> dict[str, Any]:
    """The whole projection from nothing; seconds, events and the peak of memory."""
    database = _database(database_url, "outcomes", 4)
    await database.open()
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    started, used = time.perf_counter(), time.process_time()
    done = await rebuild_from_bus(database, bus, "EVENTS")
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    await bus.close()
    await database.close()
    return {
        "rate": done.events / seconds,
        "seconds": seconds,
        "events": done.events,
        "cells": done.cells,
        "peak_mib": peak,
        "cpu_us": cpu / done.events * 1e6,
    }


async def recount(database_url: str) -> dict[str, Any]:
    """All cells again from the stored histories."""
    database = _database(database_url, "outcomes", 4)
    await database.open()
    started = time.perf_counter()
    cells = await recount_now(database)
    seconds = time.perf_counter() - started
    await database.close()
    return {"seconds": seconds, "cells": cells}


async def projector(database_url: str, nats_url: str, events: int) -> dict[str, Any]:
    """The projector in a process of its own, until so many events are folded and published."""
    database = _database(database_url, "outcomes", 4)
    await database.open()
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    working = Projector(database, bus, Settings(nats_url=nats_url))
    task = asyncio.create_task(working.run())
    while working.checks()["projector"]:
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    while working.folded < events:
        await asyncio.sleep(0.05)
    await asyncio.sleep(2)  # the last figures go out
    await end(task)
    await bus.close()
    await database.close()
    return {}


async def watcher(nats_url: str, events: int) -> dict[str, Any]:
    """When a page event first showed so many invited: [(invited, at)]. Rendered, as the desk does."""
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    hub = Hub(NatsProjections(bus, "projections"))
    await hub.start()
    seen: list[tuple[int, float]] = []
    with hub.subscribed() as subscriber:
        while not hub.standing.connected:
            await asyncio.sleep(0.01)
        print("ready", flush=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(60):
                async for signal in subscriber:
                    if isinstance(signal, Changed) and isinstance(signal.projection.document, Effort):
                        render.fragment(signal.projection)
                        invited = next(r.so_far for r in signal.projection.document.rows if r.stage == "invited")
                        seen.append((invited or 0, time.monotonic()))
                        if seen[-1][0] >= events:
                            break
    await hub.stop()
    await bus.close()
    return {"seen": seen}


async def commander(database_url: str, nats_url: str, commands: int, rate: float, per_command: int) -> dict[str, Any]:
    """Issue real commands (invite so many citizens to a cohort) at a rate, our relay beside; when each was issued."""
    database = _database(database_url, "courses", 16)
    await database.open()
    bus = Bus(nats_url)
    await bus.open(allow_unsafe=True)
    course, cohorts = uuid4(), [uuid4() for _ in range(COHORTS)]
    citizens = [uuid4() for _ in range(commands * per_command)]
    await database.pool.executemany(
        "INSERT INTO known_citizen (citizen_id, municipality, erased) VALUES ($1, '0101', false)",
        [(citizen,) for citizen in citizens],
    )
    async with database.transaction(_origin()) as tx:
        await tx.append(CourseOffered.example().model_copy(update={"course_id": course, "municipality": "0101"}))
        opened = CohortOpened.example().model_dump() | {
            "course_id": course,
            "municipality": "0101",
            "starts": datetime(2030, 1, 7, tzinfo=UTC).date(),
            "ends": datetime(2030, 2, 1, tzinfo=UTC).date(),
        }
        await tx.append_all([CohortOpened.model_validate(opened | {"cohort_id": cohort}) for cohort in cohorts])
    task = asyncio.create_task(Relay("courses", database, bus, "EVENTS").run())
    before = 1 + COHORTS
    while await database.pool.fetchval("SELECT cursor FROM relay") < before:
        await asyncio.sleep(0.01)

    async def command(number: int) -> None:
        names = citizens[number * per_command : (number + 1) * per_command]
        async with database.transaction(_origin()) as tx:
            cohort = cohorts[number % COHORTS]  # a command holds its cohort until it commits
            await courses_invitations.invite_citizens(cohort, NameCitizens(citizen_ids=names), tx, CALLER)

    issued = []
    begin = time.monotonic() + 1.0
    running = []
    for number in range(commands):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        issued.append(time.monotonic())
        running.append(asyncio.create_task(command(number)))
    await asyncio.gather(*running)
    last = before + commands * per_command
    while await database.pool.fetchval("SELECT cursor FROM relay") < last:
        await asyncio.sleep(0.01)
    await end(task)
    await bus.close()
    await database.close()
    return {"issued": issued, "per_command": per_command, "before": 0}
