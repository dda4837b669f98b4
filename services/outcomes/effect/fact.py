"""One event as the indicators see it."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from services.outcomes.effect.days import microseconds


class Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one event said. A history is a *set* of facts: the same ``id`` twice is one fact.

    ``time`` (when it happened) and ``recorded`` (when it was learnt) are microseconds since 1970-01-01 UTC:
    whole numbers compare and store cheaply. ``data`` is the payload as JSON gave it: dates stay ISO texts.
    """

    id: str
    type: str
    """Name of the event without service and version, e.g. ``participation-started``."""
    service: str
    subject: str
    """Entity the event belongs to, e.g. ``citizen/018f…``."""
    sequence: int
    """Version of the entity in its service: 1, 2, 3 …"""
    time: int
    recorded: int
    municipality: str
    data: dict[str, Any]


class _CloudEvent(msgspec.Struct):
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: str
    data: dict[str, Any]
    recordedtime: datetime | None = None


_decode = msgspec.json.Decoder(_CloudEvent).decode


def fact_from_json(body: bytes | str) -> Fact:
    """The fact in a structured CloudEvent (JSON).

    Raises ``ValueError`` with the reason when the body is no CloudEvent of this system.
    """
    try:
        event = _decode(body)
        service, name = _names(event.type)
        time = microseconds(event.time)
        return Fact(
            event.id,
            name,
            service,
            event.subject,
            int(event.sequence),
            time,
            time if event.recordedtime is None else microseconds(event.recordedtime),
            _municipality(event.source),
            event.data,
        )
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(f"not an event of this system: {error}") from error


@cache
def _names(event_type: str) -> tuple[str, str]:
    """Service and name in ``dk.loeft.<service>.<event>.v<n>``; there are as many as there are event types."""
    parts = event_type.split(".")
    if len(parts) != 5 or parts[:2] != ["dk", "loeft"]:
        raise ValueError(f"type {event_type!r} is not dk.loeft.<service>.<event>.v<n>")
    return parts[2], parts[3]


@cache
def _municipality(source: str) -> str:
    """Municipality code in ``/loeft/<municipality>/<service>``."""
    parts = source.split("/")
    if len(parts) != 4 or parts[1] != "loeft":
        raise ValueError(f"source {source!r} is not /loeft/<municipality>/<service>")
    return parts[2]
