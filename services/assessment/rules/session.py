"""A test session: what its entries say, one after the other.

::

    offered -> running <-> paused
       |          |          |
       |          +----------+--> finished, abandoned, aborted, expired
       +--> routed, declined, lapsed

Finished, abandoned (the citizen stopped), aborted (something broke) and expired (24 hours) are four different ends. A
skipped question is none: the test goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any, Literal, NamedTuple
from uuid import UUID

from services.assessment.rules.entry import (
    Answered,
    Begun,
    Entry,
    Instead,
    LinksReplaced,
    Neutralised,
    Offered,
    Paused,
    Resumed,
    Routed,
    Skipped,
    TestDevice,
)
from shared.problems import Refused

Status = Literal[
    "offered", "running", "paused", "finished", "abandoned", "aborted", "expired", "routed", "declined", "lapsed"
]
OPEN: frozenset[Status] = frozenset({"offered", "running", "paused"})


class Given(NamedTuple):
    """A question that was asked and left: right, wrong, or None when it tells nothing.

    Skipped, done with help and neutralised tells nothing. What a pilot tells is not scored.
    """

    item: str
    right: bool | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stands. ``asks`` is the item of the question that stands; None before and after the test."""

    test_id: UUID
    offer: Offered
    status: Status = "offered"
    begun: Begun | None = None
    given: tuple[Given, ...] = ()
    neutralised: frozenset[str] = frozenset()
    asks: str | None = None
    device: TestDevice | None = None
    instead: Instead | None = None
    links: int = 0
    entries: int = 1
    last: datetime | None = None

    @property
    def number(self) -> int:
        """The number of the question that stands, from 1."""
        return len(self.given) + 1

    @property
    def until(self) -> datetime:
        """When its time is up: for beginning, or for finishing."""
        return self.begun.until if self.begun else self.offer.until

    @property
    def due(self) -> datetime | None:
        """The same while it is open; None when it is over."""
        return self.until if self.status in OPEN else None

    def must_have_begun(self) -> Begun:
        """What it froze. Refused before the start."""
        if self.begun is None:
            title, detail = WHY_NOT["offered"]
            raise Refused("test-offered", title, detail, status_of_test=self.status)
        return self.begun

    def must_be(self, *statuses: Status) -> None:
        """Refuse unless it stands like one of these, with what to do instead."""
        if self.status in statuses:
            return
        title, detail = WHY_NOT[self.status]
        raise Refused(f"test-{self.status}", title, detail, status_of_test=self.status)

    def after(self, entry: Entry) -> "Session":
        """The session once this has happened."""
        return replace(self, entries=self.entries + 1, last=entry.at, **self._changed(entry))

    def _changed(self, entry: Entry) -> dict[str, Any]:
        """What an entry changes."""
        changed: dict[str, Any] = {"status": entry.kind, "asks": None}
        match entry:
            case Begun():
                changed = {"status": "running", "begun": entry, "asks": entry.asks, "device": entry.device}
                changed["neutralised"] = frozenset(entry.neutralised)
            case Answered():
                changed = self._left(Given(entry.item, None if entry.alone is False else entry.right), entry.asks)
            case Skipped():
                changed = self._left(Given(entry.item, None), entry.asks)
            case Paused():
                changed = {"status": "paused"}
            case Resumed():
                changed = {"status": "running", "device": entry.device, "asks": entry.asks}
            case Neutralised():
                changed = self._without(entry)
            case Routed():
                changed = {"status": "routed", "instead": entry.offer}
            case LinksReplaced():
                changed = {"links": self.links + 1}
            case Offered():
                raise AssertionError("a test is offered once")
        return changed

    def _without(self, entry: Neutralised) -> dict[str, Any]:
        """As if nothing had been answered to the item."""
        given = tuple(Given(one.item, None) if one.item == entry.item else one for one in self.given)
        if entry.item == self.asks:
            given = (*given, Given(entry.item, None))
        status = self.status if entry.asks else "finished"
        return {
            "status": status,
            "given": given,
            "asks": entry.asks,
            "neutralised": self.neutralised | {entry.item},
        }

    def _left(self, given: Given, asks: str | None) -> dict[str, Any]:
        return {"status": "running" if asks else "finished", "given": (*self.given, given), "asks": asks}


WHY_NOT: dict[Status, tuple[str, str]] = {
    "offered": ("The test has not begun", "Begin it first: POST /sessions/{test_id}/begin."),
    "running": ("The test is running", "Answer the question that stands, or skip it."),
    "paused": ("The test is paused", "Go on with it first: POST /sessions/{test_id}/resume."),
    "finished": ("The test is finished", "Its result is at GET /sessions/{test_id}/result."),
    "abandoned": ("The test was stopped", "There is no result. Offer a new test when the citizen wants one."),
    "aborted": ("The test was broken off by a fault", "There is no result. Offer a new test; nobody is to blame."),
    "expired": ("The test ran out of time", "It had to be finished within 24 hours. Offer a new test."),
    "routed": ("Something else is offered first", "The answer of the beginning says what. The test can wait."),
    "declined": ("The test was declined", "Offer a new test when the citizen wants one."),
    "lapsed": ("The test was not begun in time", "Offer a new test."),
}


def session_of(test_id: UUID, entries: Iterable[Entry]) -> Session:
    """The session that these entries tell, the first of which offers it."""
    first, *others = entries
    assert isinstance(first, Offered), "a session begins with its offer"
    return reduce(Session.after, others, Session(test_id, first, last=first.at))
