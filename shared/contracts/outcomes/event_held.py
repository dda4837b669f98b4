"""A matchmaking event was held."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event


class EventHeld(Event, service="outcomes", entity="event", classification="public"):
    """A planned event took place; who met whom is told by ``meeting-held``."""

    event_id: UUID = Field(description="Id of the matchmaking event.")
    on: date = Field(description="Day of the event.")

    @classmethod
    def example(cls) -> "EventHeld":
        return cls.model_validate(
            {
                "municipality": "0101",
                "event_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c12",
                "on": "2026-03-24",
            },
        )
