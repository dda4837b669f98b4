"""Fills the stream from a service's log: whatever the broker lost is published again, whatever it has is left.

The broker may have been deleted, truncated or rolled back to an older copy. Refilling reads the ids that the stream
still holds and publishes the rest in the log's order. Readers keep histories as sets, so an event that comes later
than its neighbours changes nothing.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from nats.aio.msg import Msg

from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Feed, position_of
from shared.messaging.provision import provision_stream
from shared.messaging.publisher import Publisher
from shared.messaging.topology import events, subjects_of
from shared.persistence.connection import Connection
from shared.persistence.event_log import rows_up_to

NO_MESSAGE = 10037
NO_STREAM = 10059
WAIT_S = 5

log = structlog.get_logger(__name__)


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


async def has_event(bus: Bus, stream: str, sequence: int, event_id: UUID | None, *, stored: int | None = None) -> bool:
    """Whether the stream holds that event at that sequence: how a broker that lost its past is found.

    ``stored`` is the moment that a ``Position`` told; a stream that was filled again may have the same event there,
    and others before it that are new. Without an id (the message is no event) the moment alone tells.
    """
    try:
        answer = await bus.ask(f"STREAM.MSG.GET.{stream}", {"seq": sequence})
    except BusError as error:
        if error.code in (NO_MESSAGE, NO_STREAM):
            return False
        raise
    message = answer["message"]
    if stored is not None and stored != _nanoseconds(message["time"]):
        return False
    return event_id is None or f"Nats-Msg-Id: {event_id}" in base64.b64decode(message.get("hdrs", "")).decode()


def _nanoseconds(moment: str) -> int:
    """A moment as the broker writes it (``2026-11-21T19:17:34.025720797Z``) in nanoseconds since 1970."""
    seconds, _, fraction = moment.removesuffix("Z").partition(".")
    return int(datetime.fromisoformat(f"{seconds}+00:00").timestamp()) * 10**9 + int(fraction.ljust(9, "0"))


async def is_whole(service: str, connection: Connection, bus: Bus, stream: str, *, but: int = 0) -> bool:
    """Whether the stream holds as many of the service's events as its log up to the relay's cursor, ``but`` for some.

    The mark tells of a lost end; this tells of a lost middle (a damaged file).
    """
    logged = await connection.fetchval("SELECT count(*) FROM event_log WHERE id <= (SELECT cursor FROM relay)")
    if not logged:
        return True
    name = f"count-{uuid4().hex}"
    config = {
        "name": name,
        "filter_subject": subjects_of(service),
        "ack_policy": "none",
        "inactive_threshold": 5_000_000_000,
        "mem_storage": True,
    }
    info = await bus.ask(f"CONSUMER.CREATE.{stream}.{name}", {"stream_name": stream, "config": config})
    await bus.ask(f"CONSUMER.DELETE.{stream}.{name}")
    return bool(info["num_pending"] + but >= logged)


async def refill(service: str, connection: Connection, bus: Bus, stream: str) -> Refilled:
    """Publish every event of the log that the stream does not hold, up to the relay's cursor; what was done."""
    await provision_stream(bus, events(stream))
    present, mark = await _ids_on_the_bus(service, bus, stream)
    end = await connection.fetchval("SELECT cursor FROM relay")
    publisher = Publisher(bus, stream)
    async for rows in rows_up_to(connection, end):
        missing = [row for row in rows if row.event_id.bytes not in present]
        if missing:
            last = await publisher.publish(missing)
            if not last.repeated:
                mark = missing[-1].event_id, last.sequence
    return Refilled(
        len(present), publisher.published, publisher.repeated, mark[0] if mark else None, mark[1] if mark else None
    )


async def _ids_on_the_bus(service: str, bus: Bus, stream: str) -> tuple[set[bytes], tuple[UUID, int] | None]:
    """Ids of the service's events that the stream holds, and the last of them with its sequence."""
    feed = Feed(bus, stream, subjects=(subjects_of(service),), headers_only=True)
    waiting = await feed.open()
    ids: set[bytes] = set()
    mark = None
    try:
        while waiting:
            messages = await feed.batch(wait_s=WAIT_S)
            if not messages:  # a damaged message is counted, but cannot be read: it is as good as lost
                log.warning("bus-unreadable", service=service, messages=waiting)
                break
            for message in messages:
                event_id = _id_of(message)
                if event_id is not None:
                    ids.add(event_id.bytes)
                    mark = event_id, message
            waiting = position_of(messages[-1]).pending
    finally:
        await feed.close()
    return ids, (mark[0], position_of(mark[1]).sequence) if mark else None


def _id_of(message: Msg) -> UUID | None:
    """The id that a relay gave it; None for what is none of ours."""
    try:
        return UUID((message.headers or {})["Nats-Msg-Id"])
    except (KeyError, ValueError):
        return None
