"""One whole event of each type, the same at every run: for the history corpus, the documents and the tests."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.registry import schema_address

_SAMPLES = UUID("018f3a53-0000-7000-8000-000000000000")
_SOME_DAY = date(2026, 2, 2)


def sample(event: type[Event]) -> Envelope:
    """The event's example in an envelope, as its service would publish it."""
    payload = event.example()
    happened = _happened(payload)
    return Envelope(
        id=_id(event),
        source=f"/loeft/{payload.municipality}/{event.service}",
        type=event.type(),
        subject=payload.subject,
        time=happened,
        recordedtime=happened,
        sequence=1,
        correlationid="018f3a53-0000-7000-8000-00000000c0de",
        dataschema=schema_address(event),
        dataclassification=event.classification,
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        data=payload.data(),
    )


def _id(event: type[Event]) -> UUID:
    """A UUIDv7 that is computed from the type."""
    tail = uuid5(_SAMPLES, event.type()).int & (1 << 62) - 1
    return UUID(int=_SAMPLES.int & ~((1 << 62) - 1) | tail)


def _happened(payload: Event) -> datetime:
    moment = getattr(payload, "at", None)
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(getattr(payload, "on", None) or _SOME_DAY, time(9), UTC)
