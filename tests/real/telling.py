"""Telling: events of every service with moments of their own, numbered entity by entity."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.ids import new_id


class Telling:
    """The events of a municipality, in the order in which they were recorded."""

    def __init__(self, municipality: str) -> None:
        self.municipality = municipality
        self.told: list[Envelope] = []
        self._sequences: Counter[str] = Counter()

    def tell(self, example: Event, recorded: date, *, happened: date | None = None, **facts: Any) -> None:
        """One event like the example, recorded at noon of a day, the next of its entity in its service."""
        kind = type(example)
        event = kind(**(example.data() | {"municipality": self.municipality} | facts))
        self._sequences[f"{kind.service} {event.subject}"] += 1
        self.told.append(
            Envelope(
                id=new_id(),
                source=f"/loeft/{self.municipality}/{kind.service}",
                type=kind.type(),
                subject=event.subject,
                time=_noon(happened or recorded),
                recordedtime=_noon(recorded),
                sequence=self._sequences[f"{kind.service} {event.subject}"],
                dataclassification=kind.classification,
                data=event.data(),
            )
        )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
