"""Reads a stream from a sequence on, as fast as the client can: whatever arrived while the last batch was worked.

One subscription and two overlapping pull requests; no acknowledgements, because the reader keeps its own checkpoint.
A batch of one when nothing waits, thousands under a backlog, and never a linger. Every batch is checked for
continuity: a hole, a deleted consumer or silence raises FeedLost, and the reader opens again from its checkpoint.
A reader that wants small batches gives a limit; what is over it comes with the next ones.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from shared.messaging.bus import Bus
from shared.messaging.client import BodiesOnly

PULL = 16_384
EXPIRES_S = 30
HEARTBEAT_S = 2
SILENCE_S = 3 * HEARTBEAT_S
NANOSECONDS = 1_000_000_000


class FeedLost(ConnectionError):
    """The feed can no longer promise that nothing is missing; open a new one from the checkpoint."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a delivered message stands: in the stream, in this consumer's deliveries, and how many wait behind it.

    ``stored`` is when the broker stored it, in nanoseconds since 1970: with the sequence it is this message and no
    other, also where the same event was published again.
    """

    sequence: int
    delivered: int
    stored: int
    pending: int


def position_of(message: Msg) -> Position:
    """The position in a message's acknowledgement subject (both forms that servers use)."""
    tokens = message.reply.split(".")
    # $JS.ACK.<stream>.<consumer>.<count>.<sequence>.<delivered>.<time>.<pending>, or with domain and account before
    first = 5 if len(tokens) == 9 else 7
    return Position(*(int(token) for token in tokens[first : first + 4]))


class Feed:
    """An ordered, gap-checked read of one stream. Use: ``open``, then ``batch`` again and again, then ``close``."""

    def __init__(
        self,
        bus: Bus,
        stream: str,
        *,
        start: int = 1,
        subjects: tuple[str, ...] = (),
        headers_only: bool = False,
        limit: int | None = None,
    ):
        if limit is not None and limit < 1:
            raise ValueError(f"a batch has at least one message, not {limit}")
        self._bus, self._stream, self._start = bus, stream, start
        self._subjects, self._headers_only, self._limit = subjects, headers_only, limit
        self._arrived: list[Msg] = []
        self._wake = asyncio.Event()
        self._outstanding = 0
        self._delivered = 0
        self._broken: str | None = None
        self._subscription: Subscription | None = None
        self._inbox = self._next_subject = ""

    async def open(self) -> int:
        """Create the consumer and ask for the first messages; how many messages wait."""
        config: dict[str, Any] = {
            "name": f"feed-{uuid4().hex}",
            "ack_policy": "none",
            "deliver_policy": "by_start_sequence",
            "opt_start_seq": max(1, self._start),
            "inactive_threshold": 60 * NANOSECONDS,
            "mem_storage": True,
            "num_replicas": 1,
            "headers_only": self._headers_only,
        }
        if self._subjects:
            config["filter_subjects"] = list(self._subjects)
        info = await self._bus.ask(
            f"CONSUMER.CREATE.{self._stream}.{config['name']}", {"stream_name": self._stream, "config": config}
        )
        client = self._bus.client
        self._next_subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{config['name']}"
        self._inbox = client.new_inbox()
        self._subscription = await client.subscribe(
            self._inbox, cb=self._receive, pending_msgs_limit=-1, pending_bytes_limit=-1
        )
        if isinstance(client, BodiesOnly):
            client.follow(self._subscription, self._take)
        await self._pull()
        await self._pull()
        return int(info["num_pending"])

    async def batch(self, *, wait_s: float | None = None) -> list[Msg]:
        """The messages that have arrived, in order, at most ``limit``; waits for the first.

        Empty only when ``wait_s`` has passed. Raises FeedLost when something may be missing.
        """
        deadline = None if wait_s is None else asyncio.get_running_loop().time() + wait_s
        while self._broken or not self._arrived:
            if self._broken:
                raise FeedLost(self._broken)
            timeout = SILENCE_S if deadline is None else min(SILENCE_S, deadline - asyncio.get_running_loop().time())
            if timeout <= 0:
                return []
            self._wake.clear()
            try:
                async with asyncio.timeout(timeout):  # wait_for may swallow a cancellation that comes with the event
                    await self._wake.wait()
            except TimeoutError:
                if timeout == SILENCE_S:
                    raise FeedLost(f"no message and no heartbeat for {SILENCE_S} s") from None
        messages = self._next()
        self._outstanding -= len(messages)
        while self._outstanding <= PULL:
            await self._pull()
        first, last = position_of(messages[0]).delivered, position_of(messages[-1]).delivered
        if first != self._delivered + 1 or last - first + 1 != len(messages):
            raise FeedLost(f"deliveries {self._delivered + 1} to {last} are not whole")
        self._delivered = last
        return messages

    def _next(self) -> list[Msg]:
        if self._limit is None or len(self._arrived) <= self._limit:
            messages, self._arrived = self._arrived, []
        else:
            messages = self._arrived[: self._limit]
            del self._arrived[: self._limit]
        return messages

    def abandon(self, reason: str) -> None:
        """Make the reader open again: what it waits for may not be what comes."""
        self._broken = reason
        self._wake.set()

    async def close(self) -> None:
        """Stop listening; the broker forgets the consumer by itself."""
        if self._subscription is not None and self._bus.connected:
            if isinstance(self._bus.client, BodiesOnly):
                self._bus.client.unfollow(self._subscription)
            await self._subscription.unsubscribe()
        self._subscription = None

    async def _pull(self) -> None:
        request = {
            "batch": PULL,
            "expires": int(EXPIRES_S * NANOSECONDS),
            "idle_heartbeat": int(HEARTBEAT_S * NANOSECONDS),
        }
        self._outstanding += PULL
        await self._bus.client.publish(self._next_subject, json.dumps(request).encode(), reply=self._inbox)

    def _take(self, message: Msg) -> None:
        self._arrived.append(message)
        if len(self._arrived) == 1:
            self._wake.set()

    async def _receive(self, message: Msg) -> None:
        if message.reply:
            self._take(message)
            return
        headers = message.headers or {}
        status = headers.get("Status")
        if status in ("408", "404"):  # a pull request ran out; what it did not deliver can be asked for again
            self._outstanding -= int(headers.get("Nats-Pending-Messages", PULL))
            await self._pull()
        elif status not in ("100", None):
            self._broken = f"{status} {headers.get('Description', '')}".strip()
        self._wake.set()
