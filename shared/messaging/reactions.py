"""Reactions: what a service does when an event of another service arrives. Once in effect, in order per entity.

FastStream delivers (a durable pull consumer, one message at a time); this module decides what becomes of it:

* The effect and the event's id (``handled``) commit in one transaction, so a repeated delivery changes nothing.
* A failure never stops the others. The event is written to ``parked`` with reason, trace and payload, acknowledged,
  and tried again with a growing delay; after the last try it waits for a person (``loeft parked``).
* While an event of an entity is there, later events of that entity line up behind it, so order is kept; every other
  entity goes on.
* A broker that lost its past is found out before one event is skipped: see ``durables``.
* Only when a failure cannot even be written down (our own database is away) does a message go back to the broker, to
  come again in a second.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.message import NatsMessage
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig

from shared import crash
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.registry import payload
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import Malformed, decode
from shared.messaging.durables import Durables
from shared.messaging.feed import Position, position_of
from shared.messaging.parked import Failure, ParkingLot
from shared.messaging.topology import Durable, subject_filter
from shared.persistence.database import Database
from shared.persistence.transaction import Origin, Transaction
from shared.tasks import end
from shared.telemetry.trace import child, trace_id

log = structlog.get_logger(__name__)

Handle = Callable[[Transaction, Any, Envelope], Awaitable[None]]

COUNT_S = 2.0
COME_AGAIN_S = 1.0
HANDLED = "INSERT INTO handled (reaction, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1"


@dataclass(frozen=True, slots=True)
class Reaction:
    """One reaction: a name that never changes (it is the durable's), the event it reacts to, and what it does.

    ``decides`` says that its handler appends events. What it decided about a history is in that history already, so
    such a reaction leaves imported events alone; one that only follows with tables does not.
    """

    name: str
    event: type[Event]
    handle: Handle
    decides: bool = False

    @property
    def durable(self) -> Durable:
        """The consumer that delivers to it."""
        return Durable(self.name, subject_filter(self.event))


class Reactions:
    """All reactions of one service, with the FastStream broker that delivers to them."""

    def __init__(
        self, service: str, reactions: list[Reaction], database: Database, bus: Bus, stream: str, lot: ParkingLot
    ):
        self.service, self.reactions = service, reactions
        self._database, self._stream, self._lot = database, stream, lot
        self._tasks: list[asyncio.Task[None]] = []
        self._durables = Durables((one.durable for one in reactions), database, bus, stream, self._listen_again)
        self.broker = NatsBroker(
            bus.url,
            apply_types=False,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            ping_interval=5,
            disconnected_cb=self._durables.doubt,
            reconnected_cb=self._durables.look_again,
            logger=logging.getLogger("faststream"),
            log_level=logging.DEBUG,
            ack_policy=AckPolicy.MANUAL,  # the default throws an event away when its handler raises
        )
        self._subscribers = {reaction.name: self._subscribe(reaction) for reaction in reactions}
        self.parked = 0

    @property
    def lag(self) -> dict[str, int]:
        """How many events wait for each reaction."""
        return self._durables.lag

    def _subscribe(self, reaction: Reaction) -> Any:
        subscriber = self.broker.subscriber(
            reaction.durable.filter_subject,
            stream=JStream(self._stream, declare=False),  # declaring would reset the stream's settings
            durable=reaction.name,
            pull_sub=PullSub(batch_size=1, timeout=5),
            config=ConsumerConfig(),  # the durable is provisioned from the topology
            decoder=_whole,
            title=f"{self.service}/{reaction.name}",
        )

        async def receive(message: NatsMessage) -> None:
            await self._receive(reaction, message)

        subscriber(receive)
        return subscriber

    async def start(self) -> None:
        """Provision the durables and begin to receive."""
        if not self.reactions:
            return
        await self._durables.start()
        await self.broker.start()
        self._tasks = [
            asyncio.create_task(self._durables.watch()),
            asyncio.create_task(self._try_again()),
            asyncio.create_task(self._count_parked()),
        ]

    async def stop(self) -> None:
        """Stop receiving; a handler that runs may finish."""
        await end(*self._tasks)
        self._tasks = []
        if self.reactions:
            logging.getLogger("faststream").disabled = True  # it tells of every task that it cancels
            try:
                await self.broker.stop()
            except NatsError:  # the broker is away, and FastStream would wait for it for ever
                await (await self.broker.connect()).close()
            finally:
                logging.getLogger("faststream").disabled = False

    async def _receive(self, reaction: Reaction, message: NatsMessage) -> None:
        crash.point("reaction.received")
        body, bus_subject = bytes(message.body), message.raw_message.subject
        position = position_of(message.raw_message)
        try:
            await self._durables.believed(reaction.name, COME_AGAIN_S)
            if not await self.react(reaction, body, bus_subject, position):
                await self._durables.done_with(self._database.pool, reaction.name, position)
        except TimeoutError:
            await message.nack(delay=COME_AGAIN_S)
            return
        except Exception as failure:
            log.warning("reaction-database-lost", reaction=reaction.name, error=repr(failure))
            await message.nack(delay=COME_AGAIN_S)
            return
        crash.point("reaction.committed")
        await message.ack()
        crash.point("reaction.acked")

    async def react(self, reaction: Reaction, body: bytes, bus_subject: str, position: Position | None = None) -> bool:
        """Handle one delivery: do it, find it done, line it up, or park it. Raises only when the database is away.

        Whether it was done, and its position noted with it.
        """
        if bus_subject.split(".")[2:4] != reaction.durable.filter_subject.split(".")[2:4]:
            # a damaged broker repeats what it finds under the number of a lost message; its own durable brings it too
            log.error("event-misdelivered", reaction=reaction.name, subject=bus_subject)
            return False
        try:
            envelope, event = _read(body)
        except (Malformed, KeyError, ValueError) as failure:
            await self._lot.park_malformed(reaction.name, body, bus_subject, str(failure))
            log.error("event-malformed", reaction=reaction.name, subject=bus_subject, error=type(failure).__name__)
            return False
        if await self._lot.hold_if_queued(reaction.name, envelope, body, bus_subject):
            return False
        try:
            await self.handle(reaction, event, envelope, position=position)
        except Exception as failure:  # a lost connection too: if the database is gone, the next line raises
            await self._lot.retry_later(reaction.name, envelope, body, bus_subject, Failure.of(failure))
            log.warning("reaction-failed", reaction=reaction.name, event_id=str(envelope.id), error=repr(failure))
            return False
        return position is not None

    async def handle(
        self,
        reaction: Reaction,
        event: Event,
        envelope: Envelope,
        *,
        parked_id: int | None = None,
        position: Position | None = None,
    ) -> None:
        """The effect, the event's id and position, and leaving the parking lot: in one transaction."""
        started = time.perf_counter()
        origin = Origin(
            correlation_id=envelope.correlationid or str(envelope.id),
            causation_id=str(envelope.id),
            traceparent=child(envelope.traceparent),
        )
        async with self._database.transaction(origin) as tx:
            fresh = await tx.fetchval(HANDLED, reaction.name, envelope.id)
            if fresh:
                await reaction.handle(tx, event, envelope)
            if tx.appended and not reaction.decides:
                raise TypeError(f"{reaction.name} appends events: declare decides=True, or an import would repeat them")
            if parked_id is not None:
                await tx.execute("DELETE FROM parked WHERE id = $1", parked_id)
            if position is not None:
                await self._durables.done_with(tx.connection, reaction.name, position)
            crash.point("reaction.before-commit")
        log.info(
            "reaction",
            reaction=reaction.name,
            event_id=str(envelope.id),
            entity=envelope.subject,
            repeated=not fresh,
            events=len(tx.appended),
            correlation_id=origin.correlation_id,
            trace_id=trace_id(origin.traceparent),
            ms=round((time.perf_counter() - started) * 1000, 2),
        )

    async def _try_again(self) -> None:
        """Take the due heads of the parking lot, one an entity, until cancelled."""
        by_name = {reaction.name: reaction for reaction in self.reactions}
        while True:
            try:
                for item in await self._lot.due(list(by_name)):
                    await self._try_one(by_name[item.reaction], item.id, item.body, item.attempts)
                await self._lot.wait()
            except Exception as failure:  # the database is away: the events stay where they are
                log.warning("parked-database-lost", error=repr(failure))
                await asyncio.sleep(COME_AGAIN_S)

    async def _try_one(self, reaction: Reaction, parked_id: int, body: bytes, attempts: int) -> None:
        try:
            envelope, event = _read(body)
            await self.handle(reaction, event, envelope, parked_id=parked_id)
        except Exception as failure:
            state = await self._lot.failed_again(parked_id, attempts + 1, Failure.of(failure))
            log.warning("reaction-failed", reaction=reaction.name, parked=parked_id, state=state, error=repr(failure))

    async def _count_parked(self) -> None:
        while True:
            with contextlib.suppress(Exception):
                self.parked = await self._lot.count()
            await asyncio.sleep(COUNT_S)

    async def _listen_again(self, name: str) -> None:
        subscriber = self._subscribers[name]
        await subscriber.stop()
        await subscriber.start()


def _read(body: bytes) -> tuple[Envelope, Event]:
    """The event in a message. Raises Malformed, or ValueError or KeyError from its contract."""
    envelope = decode(body)
    event = payload(envelope)
    if event.subject != envelope.subject:
        raise Malformed(f"filed under {envelope.subject}, but it tells of {event.subject}")
    return envelope, event


async def _whole(message: NatsMessage) -> NatsMessage:
    """The message as it came: what is malformed is for the parking lot, not for the framework."""
    return message
