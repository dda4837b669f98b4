"""Every event there is: the one list from which schemas, AsyncAPI, the catalogue and every reader start."""

from shared.contracts import assessment, courses, intake, outcomes
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event

SCHEMAS = "https://loeft.example/schemas"

EVENTS: tuple[type[Event], ...] = (*intake.EVENTS, *assessment.EVENTS, *courses.EVENTS, *outcomes.EVENTS)

_BY_TYPE: dict[str, type[Event]] = {event.type(): event for event in EVENTS}


class UnknownEventType(KeyError):
    """No event class has this CloudEvents type."""

    def __init__(self, type_: str) -> None:
        super().__init__(type_)
        self.type = type_

    def __str__(self) -> str:
        return f"unknown event type {self.type!r}; docs/events.md lists the {len(EVENTS)} known ones"


def event_class(type_: str) -> type[Event]:
    """Class of a CloudEvents type, e.g. ``dk.loeft.intake.citizen-registered.v1``; else ``UnknownEventType``."""
    try:
        return _BY_TYPE[type_]
    except KeyError:
        raise UnknownEventType(type_) from None


def payload(envelope: Envelope) -> Event:
    """The typed payload of an envelope; ``UnknownEventType``, or pydantic's ``ValidationError`` naming the field."""
    return event_class(envelope.type).model_validate(envelope.data)


def schema_address(event: type[Event]) -> str:
    """Public address of the event's JSON Schema: the ``dataschema`` of its envelopes and the ``$id`` of the file."""
    return f"{SCHEMAS}/{event.service}/{event.name}.v{event.version}.json"
