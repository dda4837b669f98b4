"""Fills the stream from a service's log: whatever the broker lost is published again, whatever it has is left.

The broker may have been deleted, truncated or rolled back to an older copy. Refilling reads the ids that the stream
still holds and publishes the rest in the log's order. Readers keep histories as sets, so an event that comes later
than its neighbours changes nothing.
"""

import base64
from dataclasses import dataclass
from uuid import UUID

from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Feed, position_of
from shared.messaging.provision import provision_stream
from shared.messaging.publisher import Publisher
from shared.messaging.topology import events
from shared.persistence.connection import Connection
from shared.persistence.event_log import rows_up_to

NO_MESSAGE = 10037
NO_STREAM = 10059


@dataclass(frozen=True, slots=True)
class Refilled:
    """What a refill did: events the stream had, events published, and one event to know the stream by.

    ``refused`` are events that the broker took for repeated although it no longer has them: they were purged, and it
    forgets their ids only with its duplicate window.
    """

    present: int
    published: int
    refused: int
    mark_event: UUID | None
    mark_sequence: int | None


async def has_event(bus: Bus, stream: str, sequence: int, event_id: UUID) -> bool:
    """Whether the stream holds that event at that sequence: how a broker that lost its past is found."""
    try:
        answer = await bus.ask(f"STREAM.MSG.GET.{stream}", {"seq": sequence})
    except BusError as error:
        if error.code in (NO_MESSAGE, NO_STREAM):
            return False
        raise
    headers = base64.b64decode(answer["message"].get("hdrs", "")).decode()
    return f"Nats-Msg-Id: {event_id}" in headers


async def refill(service: str, connection: Connection, bus: Bus, stream: str) -> Refilled:
    """Publish every event of the log that the stream does not hold, up to the relay's cursor; what was done."""
    await provision_stream(bus, events(stream))
    present, mark = await _ids_on_the_bus(service, bus, stream)
    end = await connection.fetchval("SELECT cursor FROM relay")
    publisher = Publisher(bus, stream)
    last: tuple[UUID, int] | None = mark
    async for rows in rows_up_to(connection, end):
        missing = [row for row in rows if row.event_id.bytes not in present]
        if missing:
            last = (missing[-1].event_id, await publisher.publish(missing))
    return Refilled(
        len(present), publisher.published, publisher.repeated, last[0] if last else None, last[1] if last else None
    )


async def _ids_on_the_bus(service: str, bus: Bus, stream: str) -> tuple[set[bytes], tuple[UUID, int] | None]:
    """Ids of the service's events that the stream holds, and the last of them with its sequence."""
    feed = Feed(bus, stream, subjects=(f"evt.*.{service}.>",), headers_only=True)
    waiting = await feed.open()
    ids: set[bytes] = set()
    last = None
    try:
        while waiting > 0:
            messages = await feed.batch()
            ids.update(UUID(message.headers["Nats-Msg-Id"]).bytes for message in messages if message.headers)
            waiting -= len(messages)
            last = messages[-1]
    finally:
        await feed.close()
    if last is None or not last.headers:
        return ids, None
    return ids, (UUID(last.headers["Nats-Msg-Id"]), position_of(last).sequence)
