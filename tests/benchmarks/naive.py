"""The naive system: what the tutorials of SQLModel, FastStream and NATS lead to when one puts them together."""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import nats
from faststream.nats import JStream, NatsBroker, PullSub
from nats.js.api import ConsumerConfig
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shared.persistence.addresses import sqlalchemy_url
from tests.benchmarks.machines import Addresses

OUTBOX_POLL_S = 0.1
OUTBOX_BATCH = 100


class NaiveBarrier(SQLModel, table=True):
    """The state that a command writes."""

    citizen_id: UUID = Field(primary_key=True)
    kind: str
    severity: int
    version: int = 1


class NaiveOutbox(SQLModel, table=True):
    """Events to send."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: UUID
    subject: str
    body: str
    sent_at: datetime | None = Field(default=None, index=True)


class NaiveFigure(SQLModel, table=True):
    """A counted number."""

    key: str = Field(primary_key=True)
    n: int = 0


class NaiveCheckpoint(SQLModel, table=True):
    """How many events were seen."""

    name: str = Field(primary_key=True)
    seen: int = 0


class NaiveEvent(BaseModel):
    """An event as a consumer reads it."""

    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    data: dict[str, Any]


def _sessions(at: Addresses) -> tuple[Any, async_sessionmaker[AsyncSession]]:
    url, arguments = sqlalchemy_url(at["database_url"].replace("{service}", "naive"))
    engine = create_async_engine(url, connect_args=arguments, pool_size=16, max_overflow=4)
    return engine, async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def _prepared(at: Addresses) -> tuple[Any, async_sessionmaker[AsyncSession]]:
    engine, sessions = _sessions(at)
    async with engine.begin() as connection:
        await connection.run_sync(
            SQLModel.metadata.create_all,
            tables=[
                SQLModel.metadata.tables[name]
                for name in ("naivebarrier", "naiveoutbox", "naivefigure", "naivecheckpoint")
            ],
        )
    return engine, sessions


def _body(citizen: UUID) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/loeft/0101/intake",
        "type": "dk.loeft.intake.barrier-recorded.v1",
        "subject": f"citizen/{citizen}",
        "time": datetime.now(UTC).isoformat(),
        "data": {
            "municipality": "0101",
            "citizen_id": str(citizen),
            "kind": "reading",
            "severity": 2,
            "cleared": False,
        },
    }


async def _command(sessions: async_sessionmaker[AsyncSession], citizen: UUID) -> None:
    async with sessions() as session:
        barrier = await session.get(NaiveBarrier, citizen)
        if barrier is None:
            barrier = NaiveBarrier(citizen_id=citizen, kind="reading", severity=2)
        barrier.severity = 2
        session.add(barrier)
        body = _body(citizen)
        subject = f"evt.0101.intake.barrier-recorded.{citizen}"
        session.add(NaiveOutbox(event_id=UUID(body["id"]), subject=subject, body=json.dumps(body)))
        await session.commit()


async def ingest(at: Addresses, commands: int, clients: int) -> dict[str, Any]:
    """Commands a second, with so many clients at once."""
    engine, sessions = await _prepared(at)
    left = iter(range(commands))

    async def client() -> None:
        for _ in left:
            await _command(sessions, uuid4())

    await _command(sessions, uuid4())
    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    rate = commands / (time.perf_counter() - started)
    await engine.dispose()
    return {"rate": rate}


async def _relay_once(sessions: async_sessionmaker[AsyncSession], jetstream: Any) -> int:
    async with sessions() as session:
        rows = (
            await session.exec(
                select(NaiveOutbox)
                .where(col(NaiveOutbox.sent_at).is_(None))
                .order_by(col(NaiveOutbox.id))
                .limit(OUTBOX_BATCH)
                .with_for_update(skip_locked=True)
            )
        ).all()
        for row in rows:
            await jetstream.publish(row.subject, row.body.encode(), headers={"Nats-Msg-Id": str(row.event_id)})
            row.sent_at = datetime.now(UTC)
            session.add(row)
        await session.commit()
        return len(rows)


async def relay(at: Addresses, events: int) -> dict[str, Any]:
    """Events a second from a full outbox to the bus."""
    engine, sessions = await _prepared(at)
    async with sessions() as session:
        for _ in range(events):
            citizen = uuid4()
            body = _body(citizen)
            subject = f"evt.0101.intake.barrier-recorded.{citizen}"
            session.add(NaiveOutbox(event_id=UUID(body["id"]), subject=subject, body=json.dumps(body)))
        await session.commit()
    client = await nats.connect(at["nats_url"])
    started = time.perf_counter()
    while await _relay_once(sessions, client.jetstream()):
        pass
    rate = events / (time.perf_counter() - started)
    await client.close()
    await engine.dispose()
    return {"rate": rate}


async def project(at: Addresses, events: int, announce: bool = False) -> dict[str, Any]:
    """Events a second from the bus to figures in the database and on KV, one message at a time."""
    engine, sessions = await _prepared(at)
    client = await nats.connect(at["nats_url"])
    jetstream = client.jetstream()
    kv = await jetstream.key_value("projections")
    broker = NatsBroker(at["nats_url"], logger=None)
    done = asyncio.Event()
    seen = 0

    @broker.subscriber(
        "evt.>",
        stream=JStream("EVENTS", declare=False),
        durable=f"naive-{uuid4().hex[:8]}",
        pull_sub=PullSub(batch_size=1),
        config=ConsumerConfig(max_ack_pending=1),
    )
    async def on_event(body: dict[str, Any]) -> None:
        nonlocal seen
        event = NaiveEvent.model_validate(body)
        async with sessions() as session:
            key = f"{event.type}.{event.time:%Y-%m}"
            figure = await session.get(NaiveFigure, key) or NaiveFigure(key=key)
            figure.n += 1
            session.add(figure)
            checkpoint = await session.get(NaiveCheckpoint, "all") or NaiveCheckpoint(name="all")
            checkpoint.seen += 1
            session.add(checkpoint)
            await session.commit()
        await kv.put("naive", json.dumps({"figure": figure.n, "seen": checkpoint.seen}).encode())
        seen += 1
        if seen >= events:
            done.set()

    await broker.start()
    if announce:
        print("ready", flush=True)
    started = time.perf_counter()
    await done.wait()
    rate = seen / (time.perf_counter() - started)
    await broker.stop()
    await client.close()
    await engine.dispose()
    return {"rate": rate}


async def commander(at: Addresses, commands: int, rate: float) -> dict[str, Any]:
    """Issue commands at a rate, with the polled relay beside; when each was issued."""
    engine, sessions = await _prepared(at)
    client = await nats.connect(at["nats_url"])

    async def relaying() -> None:
        while True:
            if not await _relay_once(sessions, client.jetstream()):
                await asyncio.sleep(OUTBOX_POLL_S)

    task = asyncio.create_task(relaying())
    await _command(sessions, uuid4())
    issued = []
    begin = time.monotonic() + 0.5
    running = []
    for number in range(commands):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        issued.append(time.monotonic())
        running.append(asyncio.create_task(_command(sessions, uuid4())))
    await asyncio.gather(*running)
    await asyncio.sleep(OUTBOX_POLL_S * 3)
    while await _relay_once(sessions, client.jetstream()):
        pass
    task.cancel()
    await client.close()
    await engine.dispose()
    return {"issued": issued, "per_command": 1, "before": 1}
