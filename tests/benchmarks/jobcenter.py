"""The made-up jobcenter that measurements read, as messages for the bus: the same for the same numbers."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

import msgspec

from deploy import synthetic

SEED = 1
EVENTS_A_CITIZEN = 58
"""A little less than there are, so that there are always enough."""
AS_OF = date(2026, 6, 30)
"""A day on which many participations are mature and many are not: citizens come in 2024 and 2025."""


class Told(NamedTuple):
    """An event: the subject it is published on, its JSON, and its id."""

    subject: str
    body: bytes
    id: str


class _Head(msgspec.Struct):
    id: str
    source: str
    type: str
    subject: str


_head = msgspec.json.Decoder(_Head).decode


def citizens_of(events: int) -> int:
    """How many citizens tell so many events."""
    return max(10, events // EVENTS_A_CITIZEN)


def lines(events: int, *, first: int = 0, of: int = 0, seed: int = SEED, municipality: str = "0101") -> Iterator[bytes]:
    """So many events from number ``first`` on, of a jobcenter that has ``of`` (as many as are read unless given)."""
    everything = synthetic.lines(seed, citizens_of(max(of, first + events)), municipality=municipality)
    return islice(everything, first, first + events)


def told(events: int, *, first: int = 0, of: int = 0, seed: int = SEED, municipality: str = "0101") -> Iterator[Told]:
    """The same as messages."""
    for line in lines(events, first=first, of=of, seed=seed, municipality=municipality):
        head = _head(line)
        _, _, code, service = head.source.split("/")
        name, entity = head.type.split(".")[3], head.subject.partition("/")[2]
        yield Told(f"evt.{code}.{service}.{name}.{entity}", line, head.id)
