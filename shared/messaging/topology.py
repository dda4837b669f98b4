"""Every object on the bus, as data. ``provision`` makes the broker look like this; nothing else creates anything.

An event travels on ``evt.<municipality>.<service>.<event>.<entity id>``. The first four tokens are one event type;
the municipality is a token so that a system can be given the events of its own municipality and no other; the last
token is the entity's id, so that one citizen's events can be read, or purged, alone.
"""

from dataclasses import dataclass
from typing import Any

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event

HOUR_S = 3600
KIB = 1024
LARGEST_MESSAGE = 256 * KIB
LARGEST_EVENT = LARGEST_MESSAGE - 2 * KIB
"""Bytes of an event's JSON: beside it in the message stand the headers."""


def bus_subject(envelope: Envelope) -> str:
    """The subject that an event is published on."""
    entity_id = envelope.subject.partition("/")[2]
    return f"evt.{envelope.municipality}.{envelope.service}.{envelope.name}.{entity_id}"


def subject_filter(event: type[Event]) -> str:
    """The subjects of one event type, of every municipality and entity."""
    return f"evt.*.{event.service}.{event.name}.*"


def subjects_of(service: str) -> str:
    """The subjects of one service's events."""
    return f"evt.*.{service}.>"


@dataclass(frozen=True, slots=True)
class Stream:
    """A JetStream stream: its name and the settings that must hold, as the broker names them.

    A ``cache`` is made anew where the broker cannot change it in place: its owner fills it again.
    """

    name: str
    settings: dict[str, Any]
    cache: bool = False


def events(name: str = "EVENTS") -> Stream:
    """The stream that takes every event. A transport: the services' logs can fill it again at any time."""
    return Stream(
        name,
        {
            "description": "Every domain event; rebuilt from the services' logs by `loeft bus refill`.",
            "subjects": ["evt.>"],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "num_replicas": 1,
            "max_msg_size": LARGEST_MESSAGE,
            "duplicate_window": 24 * HOUR_S,
            "deny_delete": True,
            "allow_direct": True,
            "allow_atomic": True,
        },
    )


def inbound() -> Stream:
    """What other systems send: ``in.<municipality>.<system>.<message>``, read by the service that owns the fact."""
    return Stream(
        "INBOUND",
        {
            "description": "Messages of other systems, validated and de-duplicated by the service that owns the fact.",
            "subjects": ["in.>"],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "num_replicas": 1,
            "max_msg_size": LARGEST_MESSAGE,
            "duplicate_window": 24 * HOUR_S,
            "allow_direct": True,
        },
    )


def projections(bucket: str = "projections") -> Stream:
    """The KV bucket of the projections: a cache, in the broker's memory, that the projector fills when it is empty."""
    return Stream(
        f"KV_{bucket}",
        {
            "description": "Figures, newest value a key; filled again by the outcomes projector.",
            "subjects": [f"$KV.{bucket}.>"],
            "retention": "limits",
            "storage": "memory",  # nothing of a figure stays on disk, and no write waits for it (decision 0011)
            "discard": "new",
            "num_replicas": 1,
            "max_msgs_per_subject": 1,
            "allow_rollup_hdrs": True,
            "deny_delete": True,
            "allow_direct": True,
            "allow_atomic": True,
        },
        cache=True,
    )


def sessions(bucket: str = "sessions") -> Stream:
    """The KV bucket of who is signed in to the desk. Lost with the broker's disk: then everybody signs in again."""
    return Stream(
        f"KV_{bucket}",
        {
            "description": "Sessions of the desk, each sealed with the secret in its browser's cookie.",
            "subjects": [f"$KV.{bucket}.>"],
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "num_replicas": 1,
            "max_age": 24 * HOUR_S,  # the longest that anybody stays, and more
            "max_msgs_per_subject": 1,
            "max_msg_size": 32 * KIB,
            "allow_rollup_hdrs": True,
            "deny_delete": True,
            "allow_direct": True,
        },
    )


@dataclass(frozen=True, slots=True)
class Durable:
    """A reaction's durable consumer. Its name is for ever: another filter means another name."""

    name: str
    filter_subject: str

    @property
    def settings(self) -> dict[str, Any]:
        """Ordered and unlimited: one message at a time, never given up by the broker (we park, it does not)."""
        return {
            "durable_name": self.name,
            "filter_subject": self.filter_subject,
            "ack_policy": "explicit",
            "deliver_policy": "all",
            "ack_wait": 10,  # so long an event rests that was in the hands of a process when it was killed
            "max_ack_pending": 1,
            "max_deliver": -1,
        }
