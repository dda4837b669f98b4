"""Tells open pages that something they show has changed: one reader of the event stream, however many pages.

A page names what it is about: the ids of the citizen, cohort or company that it shows, or a service's name for a list
of whatever that service keeps. An event is about every id in it. The page is told only *that* something changed, at
most once a second, and asks for itself again: so whoever looks is asked again who she is, and her read is logged.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Feed, FeedLost, position_of

log = structlog.get_logger(__name__)

RETRY_S = 0.5
REMEMBERED = 20_000
"""Topics that changed lately."""
Topic = tuple[str, str]
"""A municipality, and an id or the name of a service."""


class Change(msgspec.Struct):
    """As much of an event as is needed to know what it is about."""

    data: dict[str, object]


_decoder = msgspec.json.Decoder(Change)


class OpenPage:
    """One of them. ``changed`` is set when it should look again; it ends when ``over`` is."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.over = False

    def end(self) -> None:
        """Let whoever waits for changes stop."""
        self.over = True
        self.changed.set()


class Changes:
    """The reader, and the pages that listen. While there are none it does not read."""

    def __init__(self, bus: Bus, stream: str) -> None:
        self._bus, self._stream = bus, stream
        self._pages: dict[Topic, set[OpenPage]] = defaultdict(set)
        self._wanted = asyncio.Event()
        self._following = asyncio.Event()
        self._feed: Feed | None = None
        self._recent: dict[Topic, int] = {}
        """Up to which sequence each topic has changed, the newest last."""
        self._gapless_from = 0
        """Changes since this sequence are all in ``_recent``."""
        self.position = 0
        """The sequence up to which changes have been heard; 0 before any."""
        bus.on_reconnected(self._broker_came_back)

    @property
    def following(self) -> bool:
        """Whether changes are being heard of now."""
        return self._following.is_set()

    async def ready(self, within_s: float) -> None:
        """Until changes are heard of, or that time has passed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._following.wait()

    @contextmanager
    def open(self, municipalities: Iterable[str], about: Iterable[str], after: int) -> Iterator[OpenPage]:
        """A page that listens until the block ends. What changed since ``after``, when it was made, is told at once."""
        page = OpenPage()
        topics = [(municipality, topic) for municipality in municipalities for topic in about]
        if after < self._gapless_from or any(self._recent.get(topic, 0) > after for topic in topics):
            page.changed.set()
        for topic in topics:
            self._pages[topic].add(page)
        self._wanted.set()
        try:
            yield page
        finally:
            for topic in topics:
                self._pages[topic].discard(page)
                if not self._pages[topic]:
                    del self._pages[topic]

    def end_pages(self) -> None:
        """Let every open stream finish."""
        for page in {page for pages in self._pages.values() for page in pages}:
            page.end()

    async def run(self) -> None:
        """Follow the stream until cancelled; what may have been missed makes every page look again."""
        while True:
            await self._wanted.wait()
            try:
                await self._follow()
                continue
            except FeedLost as lost:
                log.info("changes-feed-lost", reason=str(lost))
            except (BusError, NatsError, OSError, AssertionError) as failure:
                log.warning("changes-broker-failed", error=f"{type(failure).__name__}: {failure}")
            finally:
                self._following.clear()
            await asyncio.sleep(RETRY_S)

    async def _follow(self) -> None:
        """Until nobody listens any more."""
        last = int((await self._bus.ask(f"STREAM.INFO.{self._stream}"))["state"]["last_seq"])
        self._feed = feed = Feed(self._bus, self._stream, start=last + 1)
        try:
            await feed.open()
            if last != self.position:
                self.position = self._gapless_from = last
                self._recent.clear()
                for pages in self._pages.values():
                    _tell(pages)
            self._following.set()
            while self._pages:
                messages = await feed.batch()
                self.position = position_of(messages[-1]).sequence
                for message in messages:
                    self._heard(message)
            self._wanted.clear()
        finally:
            self._feed = None
            await feed.close()

    def _heard(self, message: Msg) -> None:
        _, municipality, service, *_ = message.subject.split(".")
        for topic in (service, *_ids(message.data)):
            self._recent.pop((municipality, topic), None)
            self._recent[municipality, topic] = self.position
            _tell(self._pages.get((municipality, topic), ()))
        while len(self._recent) > REMEMBERED:
            oldest = next(iter(self._recent))
            self._gapless_from = self._recent.pop(oldest)

    async def _broker_came_back(self) -> None:
        if self._feed is not None:
            self._feed.abandon("the broker came back")


def _tell(pages: Iterable[OpenPage]) -> None:
    for page in pages:
        page.changed.set()


def _ids(body: bytes) -> Iterator[str]:
    """Every id in an event."""
    try:
        data = _decoder.decode(body).data
    except msgspec.MsgspecError:
        return
    for name, value in data.items():
        if name.endswith("_id") and isinstance(value, str):
            yield value
        elif name.endswith("_ids") and isinstance(value, list):
            yield from (one for one in value if isinstance(one, str))
