"""The floor: written by hand for this one measurement, with the same hops and the same durability as ours.

It has no rules, no history, no order, no recovery: what is left is what the hops themselves cost.
"""

import asyncio
import json
import time
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
import nats
from nats.aio.client import Client

from tests.benchmarks.machines import Addresses, told_to_go_on

TABLES = """
CREATE TABLE IF NOT EXISTS floor_state (id uuid PRIMARY KEY, kind text, severity int);
CREATE TABLE IF NOT EXISTS floor_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject text, body text);
CREATE TABLE IF NOT EXISTS floor_figure (key text PRIMARY KEY, n bigint);
CREATE TABLE IF NOT EXISTS floor_checkpoint (only_one boolean PRIMARY KEY DEFAULT true, seen bigint);
INSERT INTO floor_checkpoint (seen) VALUES (0) ON CONFLICT DO NOTHING;
"""
COMMAND = """
WITH s AS (INSERT INTO floor_state (id, kind, severity) VALUES ($1, 'reading', 2))
INSERT INTO floor_outbox (subject, body) VALUES ($2, $3)
"""
COMMAND_OF_MANY = """
WITH s AS (INSERT INTO floor_state (id, kind, severity) SELECT id, 'reading', 2 FROM unnest($1::uuid[]) AS t (id))
INSERT INTO floor_outbox (subject, body) SELECT * FROM unnest($2::text[], $3::text[])
"""
PROJECT = """
WITH f AS (
    INSERT INTO floor_figure AS f (key, n) VALUES ('all', $1) ON CONFLICT (key) DO UPDATE SET n = f.n + excluded.n
)
UPDATE floor_checkpoint SET seen = seen + $1 RETURNING seen
"""


def _database(at: Addresses) -> str:
    return at["database_url"].replace("{service}", "naive")


async def count(at: Addresses, events: int) -> dict[str, Any]:
    """O: nats-py's ordered consumer that only counts."""
    client = await nats.connect(at["nats_url"])
    done = asyncio.Event()
    seen = 0

    async def on_message(_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen >= events:
            done.set()

    started, used = time.perf_counter(), time.process_time()
    await client.jetstream().subscribe(
        "evt.>",
        stream="EVENTS",
        ordered_consumer=True,
        cb=on_message,
        pending_msgs_limit=-1,
        pending_bytes_limit=-1,
    )
    await done.wait()
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    await client.close()
    return {"rate": events / seconds, "seconds": seconds, "cpu_us": cpu / events * 1e6}


async def projector(at: Addresses, events: int) -> dict[str, Any]:
    """Batches from the bus into one figure and a checkpoint, then the figure on KV."""
    pool = await asyncpg.create_pool(_database(at), min_size=1, max_size=2)
    await pool.execute(TABLES)
    client = await nats.connect(at["nats_url"])
    jetstream = client.jetstream()
    kv = await jetstream.key_value("projections")
    arrived = asyncio.Event()
    waiting = 0

    async def on_message(_: Any) -> None:
        nonlocal waiting
        waiting += 1
        arrived.set()

    await jetstream.subscribe("evt.>", stream="EVENTS", ordered_consumer=True, cb=on_message)
    print("ready", flush=True)
    seen = 0
    while seen < events:
        await arrived.wait()
        arrived.clear()
        batch, waiting = waiting, 0
        seen = await pool.fetchval(PROJECT, batch)
        await kv.put("floor", json.dumps({"seen": seen}).encode())
    await client.close()
    await pool.close()
    return {}


MOST_TOGETHER = 1000
"""Messages of one atomic batch: the broker takes no more."""


class Message(NamedTuple):
    """An event as the floor tells it."""

    citizen: UUID
    subject: str
    body: str
    headers: dict[str, str]


def _message() -> Message:
    citizen, event = uuid4(), str(uuid4())
    body = {
        "specversion": "1.0",
        "id": event,
        "source": "/loeft/0101/intake",
        "type": "dk.loeft.intake.barrier-recorded.v1",
        "subject": f"citizen/{citizen}",
        "data": {"citizen_id": str(citizen), "kind": "reading", "severity": 2},
    }
    subject = f"evt.0101.intake.barrier-recorded.{citizen}"
    return Message(citizen, subject, json.dumps(body), {"Nats-Msg-Id": event})


async def commander(at: Addresses, commands: int, rate: float, per_command: int = 1) -> dict[str, Any]:
    """Issue commands of so many events at a rate: one statement, then the publish, in the same task."""
    pool = await asyncpg.create_pool(_database(at), min_size=4, max_size=16)
    client = await nats.connect(at["nats_url"])
    jetstream = client.jetstream()
    waiting: list[Message] = []
    turn = asyncio.Lock()

    async def command() -> None:
        if per_command == 1:
            citizen, subject, body, headers = _message()
            await pool.execute(COMMAND, citizen, subject, body)
            await jetstream.publish(subject, body.encode(), headers=headers)
            return
        messages = [_message() for _ in range(per_command)]
        citizens, subjects, bodies, _ = zip(*messages, strict=True)
        await pool.execute(COMMAND_OF_MANY, citizens, subjects, bodies)
        waiting.extend(messages)
        async with turn:  # whoever comes first publishes for all who waited with it
            together, waiting[:] = waiting[:MOST_TOGETHER], waiting[MOST_TOGETHER:]
            if together:
                await _publish_together(client, together)

    await command()
    issued = []
    begin = time.monotonic() + 0.5
    running = []
    for number in range(commands):
        due = begin + number / rate
        await asyncio.sleep(max(0, due - time.monotonic()))
        issued.append(time.monotonic())
        running.append(asyncio.create_task(command()))
    await asyncio.gather(*running)
    await client.close()
    await pool.close()
    return {"issued": issued, "per_command": per_command, "before": per_command}


async def _publish_together(client: Client, messages: list[Message]) -> None:
    """One atomic batch: for fifty events the fastest way to have them on disk."""
    batch = uuid4().hex
    for number, message in enumerate(messages, start=1):
        headers = {**message.headers, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
        if number < len(messages):
            await client.publish(message.subject, message.body.encode(), headers=headers)
            continue
        headers["Nats-Batch-Commit"] = "1"
        answer = json.loads((await client.request(message.subject, message.body.encode(), 10, headers=headers)).data)
        if "error" in answer:
            raise RuntimeError(answer["error"])


async def watcher(at: Addresses, key: str, events: int) -> dict[str, Any]:
    """When the value of a key first said that so many events are in it: [(seen, at)]."""
    client = await nats.connect(at["nats_url"])
    kv = await client.jetstream().key_value("projections")
    watch = await kv.watch(key)
    print("ready", flush=True)
    seen: list[tuple[int, float]] = []
    deadline = time.monotonic() + 120
    while (not seen or seen[-1][0] < events) and time.monotonic() < deadline:
        try:
            update = await watch.updates(timeout=5)
        except TimeoutError:
            continue
        if update is not None and update.value:
            seen.append((json.loads(update.value)["seen"], time.monotonic()))
    await client.close()
    return {"seen": seen}


async def fan_out(at: Addresses, port: int, size: int) -> dict[str, Any]:
    """So many bytes to every open socket when a key changes: no page, no session, no resuming."""
    sockets: set[asyncio.StreamWriter] = set()

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\ndata: \n\n")
        sockets.add(writer)

    client = await nats.connect(at["nats_url"])

    async def changed(update: Any) -> None:
        message = b"data: " + update.data + b"x" * size + b"\n\n"
        for writer in sockets:
            writer.write(message)

    await client.subscribe("$KV.projections.floor", cb=changed)
    await client.flush()
    server = await asyncio.start_server(welcome, "127.0.0.1", port, backlog=1024)
    await told_to_go_on()
    server.close()
    await client.close()
    return {}
