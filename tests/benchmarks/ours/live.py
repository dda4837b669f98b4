"""From a command to the page: the projector, the desk and the commands, each in a process of its own."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import services.courses.api.invitations as courses_invitations
from services.courses.commands import NameCitizens
from services.desk import render
from services.desk.documents import Effort
from services.desk.hub import Hub
from services.desk.signals import Changed, Subscriber
from services.desk.source import NatsProjections
from shared.contracts.courses.cohort_opened import CohortOpened
from shared.contracts.courses.course_offered import CourseOffered
from shared.messaging.relay import Relay
from shared.persistence import Database
from shared.tasks import end
from tests.benchmarks.machines import Addresses, told_to_go_on
from tests.benchmarks.ours.connections import CALLER, opened_bus, opened_database, origin
from tests.benchmarks.ours.folding import projecting

COHORTS = 20
"""How many cohorts of one course the invitations go to."""
WATCHED_S = 60


async def projector(at: Addresses) -> dict[str, Any]:
    """The projector, until whoever watches has seen the last figures."""
    async with projecting(at) as working:
        while working.checks()["projector"]:
            await asyncio.sleep(0.01)
        await told_to_go_on()
    return {}


async def watcher(at: Addresses, events: int) -> dict[str, Any]:
    """When a page event first showed so many invited: [(invited, at)]. Rendered, as the desk does."""
    seen: list[tuple[int, float]] = []
    async with _desk(at) as subscriber:
        print("ready", flush=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WATCHED_S):
                async for signal in subscriber:
                    if isinstance(signal, Changed) and isinstance(signal.projection.document, Effort):
                        render.fragment(signal.projection)
                        invited = next(r.so_far for r in signal.projection.document.rows if r.stage == "invited")
                        seen.append((invited or 0, time.monotonic()))
                        if seen[-1][0] >= events:
                            break
    return {"seen": seen}


@contextlib.asynccontextmanager
async def _desk(at: Addresses) -> AsyncIterator[Subscriber]:
    render.compile_templates()
    async with opened_bus(at) as bus:
        hub = Hub(NatsProjections(bus, "projections"))
        await hub.start()
        with hub.subscribed() as subscriber:
            while not hub.standing.connected:
                await asyncio.sleep(0.01)
            yield subscriber
        await hub.stop()


async def commander(at: Addresses, commands: int, rate: float, per_command: int) -> dict[str, Any]:
    """Issue real commands (invite so many citizens to a cohort) at a rate, our relay beside; when each was issued."""
    citizens = [uuid4() for _ in range(commands * per_command)]
    async with opened_database(at, "courses", 16) as database, opened_bus(at) as bus:
        cohorts = await _offered(database, citizens)
        task = asyncio.create_task(Relay("courses", database, bus, "EVENTS").run())
        await _relayed(database, 1 + COHORTS)

        async def command(number: int) -> None:
            names = citizens[number * per_command : (number + 1) * per_command]
            async with database.transaction(origin()) as tx:
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
        await _relayed(database, 1 + COHORTS + commands * per_command)
        await end(task)
    return {"issued": issued, "per_command": per_command, "before": 0}


async def _relayed(database: Database, events: int) -> None:
    while await database.pool.fetchval("SELECT cursor FROM relay") < events:
        await asyncio.sleep(0.01)


async def _offered(database: Database, citizens: list[UUID]) -> list[UUID]:
    """A course's cohorts, to which these citizens can be invited."""
    await database.pool.executemany(
        "INSERT INTO known_citizen (citizen_id, municipality, erased) VALUES ($1, '0101', false)",
        [(citizen,) for citizen in citizens],
    )
    course, cohorts = uuid4(), [uuid4() for _ in range(COHORTS)]
    opened = CohortOpened.example().model_dump() | {
        "course_id": course,
        "municipality": "0101",
        "starts": datetime(2030, 1, 7, tzinfo=UTC).date(),
        "ends": datetime(2030, 2, 1, tzinfo=UTC).date(),
    }
    async with database.transaction(origin()) as tx:
        await tx.append(CourseOffered.example().model_copy(update={"course_id": course, "municipality": "0101"}))
        await tx.append_all([CohortOpened.model_validate(opened | {"cohort_id": cohort}) for cohort in cohorts])
    return cohorts
