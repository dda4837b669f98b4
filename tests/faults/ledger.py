"""The ledger: what was committed, streamed and effected. It proves nothing lost, nothing twice, and nothing unsent.

*Committed* are the events in the services' logs, *streamed* those in the JetStream stream, *effected* the marks of the
reactions, what they did, and what the projector has and counts.
"""

import contextlib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from nats.errors import Error as NatsError

from deploy.embedded import EmbeddedMachines
from deploy.figures_from_logs import figures_from_logs
from deploy.services import service_of
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect_queries import figures_of
from services.outcomes.projection.rebuild import rebuild_from_bus
from shared.clock import danish_day, now
from shared.contracts.envelope import Envelope
from shared.messaging.bus import Bus, BusError
from shared.messaging.cloudevents import Malformed, decode
from shared.persistence import Database
from tests.faults.jobcenter import Jobcenter
from tests.real.delivery import sequences, stored
from tests.waiting import eventually

STREAM, BUCKET = "EVENTS", "projections"
SETTLED_WITHIN_S = 90.0
NAMED_BY = {
    "citizen-registered": "citizen_id",
    "course-offered": "course_id",
    "cohort-opened": "cohort_id",
    "citizen-enrolled": "enrolment_id",
    "roster-frozen": "cohort_id",
    "participation-started": "enrolment_id",
    "placement-started": "placement_id",
}
SHOWN = 6


@dataclass
class Books:
    """Broker and databases of a running stack, as an auditor sees them."""

    bus: Bus
    databases: dict[str, Database]

    @classmethod
    @asynccontextmanager
    async def of(cls, machines: EmbeddedMachines, services: Iterable[str]) -> AsyncIterator["Books"]:
        """Open them."""
        async with AsyncExitStack() as opened:
            bus = Bus(machines.nats.url, name="auditor")
            await bus.open()
            opened.push_async_callback(bus.close)
            databases = {}
            for service in services:
                databases[service] = Database(machines.postgres.dsn(service), size=2)
                await databases[service].open()
                opened.push_async_callback(databases[service].close)
            yield cls(bus, databases)

    async def settled(self) -> None:
        """Until nothing is on its way any more."""
        await eventually(self._at_rest, SETTLED_WITHIN_S, what="everything has come to rest")

    async def _at_rest(self) -> bool:
        try:
            before = await self._logged()
            for service, database in self.databases.items():
                await self._relayed(service, database)
            for service, database in self.databases.items():  # when all that was logged is on the bus, not before
                await self._reacted(service, database)
            await self._projected()
            assert await self._logged() == before, "events are still being made"
        except (BusError, NatsError, TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            raise AssertionError(f"{type(away).__name__}: {away}") from away
        return True

    async def _logged(self) -> list[int]:
        return [await one.pool.fetchval("SELECT count(*) FROM event_log") for one in self.databases.values()]

    async def _relayed(self, service: str, database: Database) -> None:
        row = await database.pool.fetchrow("SELECT cursor, (SELECT max(id) FROM event_log) AS newest FROM relay")
        assert row is not None
        assert row["cursor"] >= (row["newest"] or 0), f"the relay of {service} is at {dict(row)}"

    async def _reacted(self, service: str, database: Database) -> None:
        for reaction in service_of(service).reactions:
            info = await self.bus.ask(f"CONSUMER.INFO.{STREAM}.{reaction.name}")
            waiting = info["num_pending"] + info["num_ack_pending"]
            assert not waiting, f"{waiting} events wait for {reaction.name}"
        again = await database.pool.fetchval(
            "SELECT count(*) FROM parked p WHERE state <> 'parked' AND NOT EXISTS (SELECT FROM parked q"
            " WHERE q.reaction = p.reaction AND q.subject = p.subject AND q.id < p.id AND q.state = 'parked')"
        )
        assert not again, f"{again} events of {service} are being tried again"

    async def _projected(self) -> None:
        reached = await self.databases["outcomes"].pool.fetchval("SELECT sequence FROM projector")
        _, last = await sequences(self.bus)
        assert reached == last, f"the projector is at {reached} of {last}"
        assert not await self.databases["outcomes"].pool.fetchval("SELECT count(*) FROM gap"), "gaps are being healed"
        mark = await self.bus.ask(f"STREAM.MSG.GET.KV_{BUCKET}", {"last_by_subj": f"$KV.{BUCKET}.watermark"})
        assert mark["message"], "figures are on KV"

    async def committed(self) -> list[Envelope]:
        """Every event of the logs, each log in its order."""
        found = []
        for database in self.databases.values():
            rows = await database.pool.fetch("SELECT body FROM event_log ORDER BY id")
            found += [decode(row["body"]) for row in rows]
        return found

    async def streamed(self) -> tuple[list[UUID], int]:
        """Ids of the events in the stream, and how many messages there are no events."""
        found: list[UUID] = []
        messages = await stored(self.bus)
        for message in messages:
            with contextlib.suppress(Malformed):
                found.append(message.event.id)
        return found, len(messages) - len(found)

    async def without_effect(self, committed: list[Envelope]) -> Counter[str]:
        """How many events each reaction has neither handled nor parked."""
        missing: Counter[str] = Counter()
        for service, database in self.databases.items():
            rows = await database.pool.fetch(
                "SELECT reaction, event_id FROM handled UNION SELECT reaction, event_id FROM parked"
            )
            done = {(row["reaction"], row["event_id"]) for row in rows}
            for reaction in service_of(service).reactions:
                for envelope in committed:
                    if envelope.type == reaction.event.type() and (reaction.name, envelope.id) not in done:
                        missing[reaction.name] += 1
        return missing

    async def parked(self) -> list[str]:
        """Everything in the parking lots, with the reason."""
        found = []
        for database in self.databases.values():
            rows = await database.pool.fetch("SELECT reaction, subject, state, reason FROM parked ORDER BY id")
            found += [f"{row['reaction']} {row['subject']} {row['state']}: {row['reason']}" for row in rows]
        return found

    async def figures_differ(self) -> list[str]:
        """Indicators whose figures are not what the logs alone give."""
        differing = []
        for indicator in CATALOGUE:
            day = danish_day(now())
            from_logs = await figures_from_logs(self.databases, [indicator], day, (), 182)
            async with self.databases["outcomes"].pool.acquire() as connection:
                live = await figures_of(connection, indicator=indicator, as_of=day, by=(), window=182)
            if live != from_logs:
                differing.append(indicator)
        return differing


async def proves(books: Books, jobcenter: Jobcenter, *, foreign: int = 0) -> None:
    """Settle the books, and fail with everything that is wrong in them.

    So many messages on the bus are ``foreign``: the test has put them there, and they are no events.
    """
    await books.settled()
    committed = await books.committed()
    streamed, others = await books.streamed()
    faults = [
        *_told(committed, jobcenter.told),
        *_streamed(committed, streamed),
        *_versions(committed),
        *_jobs(committed, jobcenter.jobs),
        *(f"{name} has no effect of {n} events" for name, n in (await books.without_effect(committed)).items()),
        *await _projection(books, committed),
        *_compared("parked", await books.parked()),
    ]
    if others != foreign:
        faults.append(f"{others} messages on the bus are no events, expected {foreign}")
    assert not faults, "\n".join(["the ledger does not balance:", *(f"  - {fault}" for fault in faults)])
    assert committed, "an empty ledger proves nothing"


def _told(committed: list[Envelope], told: Mapping[str, list[str]]) -> list[str]:
    """Callers against logs: what they were told is there, once; and nothing is there that nobody was told."""
    faults = []
    there: dict[str, list[str]] = defaultdict(list)
    for envelope in committed:
        if envelope.name in NAMED_BY:
            there[envelope.name].append(envelope.data[NAMED_BY[envelope.name]])
    for name in NAMED_BY:
        answers = set(told.get(name, ()))
        faults += _compared(f"{name}: answered, but not in the log", answers - set(there[name]))
        faults += _compared(f"{name}: in the log twice", _twice(there[name]))
        faults += _compared(f"{name}: in the log, but no answer told it", set(there[name]) - answers)
    return faults


def _streamed(committed: list[Envelope], streamed: list[UUID]) -> list[str]:
    """Logs against stream."""
    names = {envelope.id: f"{envelope.name} {envelope.id}" for envelope in committed}
    return [
        *_compared("lost: committed, but not on the bus", [names[i] for i in names.keys() - set(streamed)]),
        *_compared("twice on the bus", [names.get(i, str(i)) for i in _twice(streamed)]),
        *_compared("unsent: on the bus, but in no log", set(streamed) - names.keys()),
    ]


def _versions(committed: list[Envelope]) -> list[str]:
    """Each entity's events are numbered 1, 2, 3 … in each log, and stand there in that order."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for envelope in committed:
        numbers[f"{envelope.service} {envelope.subject}"].append(envelope.sequence)
    wrong = [f"{entity} {found}" for entity, found in numbers.items() if found != list(range(1, len(found) + 1))]
    return _compared("not numbered 1, 2, 3 …", wrong)


def _jobs(committed: list[Envelope], jobs: Mapping[str, str]) -> list[str]:
    """Each ordinary job has ended the citizen's participation, once, with ``got_job``; nothing else has."""
    causes = {str(e.id): e.data["placement_id"] for e in committed if e.name == "placement-started"}
    ends = [e for e in committed if e.name == "participation-ended"]
    ended = [(e.data["enrolment_id"], causes.get(e.causationid or "", "nobody"), e.data["reason"]) for e in ends]
    expected = {(enrolment, placement, "got_job") for enrolment, placement in jobs.items()}
    return [
        *_compared("a job without effect", expected - set(ended)),
        *_compared("a participation ended twice", _twice([enrolment for enrolment, _, _ in ended])),
        *_compared("a participation ended by nobody's job", set(ended) - expected),
    ]


async def _projection(books: Books, committed: list[Envelope]) -> list[str]:
    """Logs against the projector: its facts, its cells against a rebuild, its figures against the logs."""
    rows = await books.databases["outcomes"].pool.fetch("SELECT DISTINCT event_id FROM fact")
    facts, ids = {row["event_id"] for row in rows}, {envelope.id for envelope in committed}
    rebuilt = await rebuild_from_bus(books.databases["outcomes"], books.bus, STREAM, swap=False)
    return [
        *_compared("the projector has not", ids - facts),
        *_compared("the projector has, and no log", facts - ids),
        *([f"{rebuilt.differences} cells differ from a rebuild"] if rebuilt.differences else []),
        *_compared("figures differ from the logs'", await books.figures_differ()),
    ]


def _twice(items: Iterable[object]) -> list[object]:
    return [item for item, count in Counter(items).items() if count > 1]


def _compared(what: str, found: Iterable[object]) -> list[str]:
    items = sorted(map(str, found))
    if not items:
        return []
    more = f" … and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return [f"{what} ({len(items)}): {', '.join(items[:SHOWN])}{more}"]
