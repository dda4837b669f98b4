"""Tells open pages that something they show has changed: one reader of the event stream, however many pages.

A page names what it is about: the ids of the citizen, cohort or company that it shows, or a service's name for a list
of whatever that service keeps. An event is about every id in it. The page is told only *that* something changed, at
most once a second, and asks for itself again: so whoever looks is asked again who she is, and her read is logged.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
import structlog
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from shared.messaging.bus import Bus, BusError
from shared.messaging.feed import Feed, FeedLost

log = structlog.get_logger(__name__)

RETRY_S = 0.5
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
    """The reader, and the pages that listen."""

    def __init__(self, bus: Bus, stream: str) -> None:
        self._bus, self._stream = bus, stream
        self._pages: dict[Topic, set[OpenPage]] = defaultdict(set)
        self._feed: Feed | None = None
        self.following = False
        """Whether changes are being heard of now."""
        bus.on_reconnected(self._broker_came_back)

    @contextmanager
    def open(self, municipalities: Iterable[str], about: Iterable[str]) -> Iterator[OpenPage]:
        """A page that listens until the block ends."""
        page = OpenPage()
        topics = [(municipality, topic) for municipality in municipalities for topic in about]
        for topic in topics:
            self._pages[topic].add(page)
        try:
            yield page
        finally:
            for topic in topics:
                self._pages[topic].discard(page)
                if not self._pages[topic]:
                    del self._pages[topic]

    def tell(self, municipality: str, topic: str) -> None:
        """Tell the pages that are about something that it has changed, where it is not an event that says so."""
        _tell(self._pages.get((municipality, topic), ()))

    def tell_everybody(self) -> None:
        """Tell every page: something may have been missed."""
        for pages in self._pages.values():
            _tell(pages)

    def end_pages(self) -> None:
        """Let every open stream finish."""
        for page in {page for pages in self._pages.values() for page in pages}:
            page.end()

    async def run(self) -> None:
        """Follow the stream until cancelled; what may have been missed makes every page look again."""
        while True:
            try:
                await self._follow()
            except FeedLost as lost:
                log.info("changes-feed-lost", reason=str(lost))
            except (BusError, NatsError, OSError, AssertionError) as failure:
                log.warning("changes-broker-failed", error=f"{type(failure).__name__}: {failure}")
            self.following = False
            await asyncio.sleep(RETRY_S)

    async def _follow(self) -> None:
        last = (await self._bus.ask(f"STREAM.INFO.{self._stream}"))["state"]["last_seq"]
        self._feed = feed = Feed(self._bus, self._stream, start=last + 1)
        try:
            await feed.open()
            self.following = True
            self.tell_everybody()
            while True:
                for message in await feed.batch():
                    self._heard(message)
        finally:
            self._feed = None
            await feed.close()

    def _heard(self, message: Msg) -> None:
        _, municipality, service, *_ = message.subject.split(".")
        _tell(self._pages.get((municipality, service), ()))
        for known in _ids(message.data):
            _tell(self._pages.get((municipality, known), ()))

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
