"""The stories of the source documents as rows that a relay would publish."""

import json
from pathlib import Path
from uuid import UUID

from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode, encode
from shared.messaging.topology import bus_subject
from shared.persistence.event_log import Row

SCENARIOS = Path(__file__).parents[2] / "deploy" / "scenarios"


def story(name: str) -> list[Envelope]:
    """The events of one scenario file, in its order."""
    return [decode(line) for line in (SCENARIOS / name).read_text(encoding="utf-8").splitlines()]


def row(envelope: Envelope, number: int = 1) -> Row:
    """The event as it stands in a log."""
    return Row(number, envelope.id, bus_subject(envelope), encode(envelope).decode())


def rows(envelopes: list[Envelope]) -> list[Row]:
    """The events as they stand in a log."""
    return [row(envelope, number) for number, envelope in enumerate(envelopes, start=1)]


def changed(envelope: Envelope, **attributes: object) -> Envelope:
    """Another event that differs from this one in some attributes."""
    return envelope.model_copy(update=attributes)


def as_json(envelope: Envelope) -> dict[str, object]:
    """The event as a dict, as a foreign reader would see it."""
    return json.loads(encode(envelope))  # type: ignore[no-any-return]


def identity(text: str) -> UUID:
    """A UUID for a test's name of a thing."""
    return UUID(bytes=text.encode().ljust(16, b"\0")[:16], version=4)
