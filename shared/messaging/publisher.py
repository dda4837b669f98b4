"""Puts rows of an event log on the bus, in order, and returns when the broker has them on disk.

Few rows go as plain messages, pipelined: lowest latency. Many go as atomic batches: one durable point for up to a
thousand messages, which with ``sync_interval: always`` is eight times as fast. A batch that holds an id the broker
knows already is refused whole, and goes again as single messages, which are told apart one by one.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

from nats.js.api import PubAck

from shared.messaging.bus import Bus, BusError
from shared.messaging.client import BlockClient
from shared.persistence.event_log import Row

CONTENT_TYPE = "application/cloudevents+json"
BATCH_FROM = 20
BATCH_LIMIT = 1000
ACK_TIMEOUT_S = 10
REPEATED_ID_IN_BATCH = 10201

Plain = tuple[str, bytes, Mapping[str, str] | None]
"""(subject, body, headers)."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Where the last row of a publication stands in the stream; ``repeated``: the broker had it there already."""

    sequence: int
    repeated: bool


class Publisher:
    """Publishes to one stream. ``repeated`` counts what the broker had already."""

    def __init__(self, bus: Bus, stream: str):
        self._bus, self._stream = bus, stream
        self.published = 0
        self.repeated = 0

    async def publish(self, rows: Sequence[Row]) -> Acknowledged:
        """Publish at least one row, in order. Raises when an acknowledgement does not come."""
        for start in range(0, len(rows), BATCH_LIMIT):
            chunk = rows[start : start + BATCH_LIMIT]
            last = await (self._singly(chunk) if len(chunk) < BATCH_FROM else self._at_once(chunk))
        return last

    async def _singly(self, rows: Sequence[Row]) -> Acknowledged:
        messages = [
            (row.bus_subject, row.body.encode(), {"Content-Type": CONTENT_TYPE, "Nats-Msg-Id": str(row.event_id)})
            for row in rows
        ]
        acks = await publish_pipelined(self._bus, messages)
        if acks[-1].stream != self._stream:  # told by the answer: a header that asks for it would be stored
            raise BusError(rows[-1].bus_subject, 0, f"taken by stream {acks[-1].stream}, not {self._stream}")
        repeated = sum(1 for ack in acks if ack.duplicate)
        self.repeated += repeated
        self.published += len(acks) - repeated
        return Acknowledged(acks[-1].seq, bool(acks[-1].duplicate))

    async def _at_once(self, rows: Sequence[Row]) -> Acknowledged:
        try:
            async with self._bus.answering(ACK_TIMEOUT_S):
                sequence = await publish_atomically(
                    self._bus.client, [(r.bus_subject, r.body.encode(), str(r.event_id)) for r in rows]
                )
        except BusError as refused:
            if refused.code != REPEATED_ID_IN_BATCH:
                raise
            for start in range(0, len(rows), BATCH_FROM):
                last = await self._singly(rows[start : start + BATCH_FROM])
            return last
        self.published += len(rows)
        return Acknowledged(sequence, repeated=False)


class Put(Protocol):
    """Publishes one message; its acknowledgement is awaited at the end of the block."""

    async def __call__(self, subject: str, body: bytes, headers: Mapping[str, str] | None = None) -> None: ...


@asynccontextmanager
async def publishing(bus: Bus, acks: list[PubAck] | None = None) -> AsyncIterator[Put]:
    """A block that publishes plain messages one behind the other; it ends when every one is acknowledged, in order.

    Raises when the broker refuses one or does not answer in time; some may be stored then. ``acks`` takes the answers.
    """
    jetstream = bus.publishing
    waiting: list[asyncio.Future[PubAck]] = []

    async def put(subject: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        async with bus.answering(ACK_TIMEOUT_S):
            own = dict(headers) if headers else None
            waiting.append(await jetstream.publish_async(subject, body, headers=own))

    try:
        yield put
        async with bus.answering(ACK_TIMEOUT_S):
            for acknowledged in waiting:
                ack = await acknowledged
                if acks is not None:
                    acks.append(ack)
    finally:
        for acknowledged in waiting:  # the library keeps a place for each one until it is done
            if not acknowledged.cancel() and not acknowledged.cancelled():
                acknowledged.exception()


async def publish_pipelined(bus: Bus, messages: Sequence[Plain]) -> list[PubAck]:
    """Publish plain messages as ``publishing`` does; their acknowledgements."""
    acks: list[PubAck] = []
    async with publishing(bus, acks) as put:
        for subject, body, headers in messages:
            await put(subject, body, headers)
    return acks


async def publish_atomically(client: BlockClient, messages: Sequence[tuple[str, bytes, str | None]]) -> int:
    """Publish (subject, body, message id) as one atomic batch (ADR-50): all or none; the last stream sequence.

    Raises BusError when the broker refuses the batch.
    """
    batch = uuid4().hex
    *others, (subject, body, message_id) = messages
    await client.publish_block(
        (subject, _lines(_batch_headers(batch, number, message_id)), body)
        for number, (subject, body, message_id) in enumerate(others, start=1)
    )
    headers = {**_batch_headers(batch, len(messages), message_id), "Nats-Batch-Commit": "1"}
    reply = await client.request(subject, body, timeout=ACK_TIMEOUT_S, headers=headers)
    answer = json.loads(reply.data)
    if error := answer.get("error"):
        raise BusError(subject, error.get("err_code", 0), error.get("description", ""))
    return int(answer["seq"])


def _batch_headers(batch: str, number: int, message_id: str | None) -> dict[str, str]:
    headers = {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
    return headers if message_id is None else {**headers, "Content-Type": CONTENT_TYPE, "Nats-Msg-Id": message_id}


def _lines(headers: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
