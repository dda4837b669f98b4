"""Events told beside the generated ones: with ids that follow from a seed, and each entity's events numbered anew."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from random import Random
from uuid import UUID

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.registry import schema_address


class Telling:
    """Tells events of one municipality; the ids are the same whenever the same is told."""

    def __init__(self, seed: int, municipality: str) -> None:
        self._random = Random(seed)
        self.municipality = municipality

    def id(self, at: datetime) -> UUID:
        """A UUID of version 7 for a moment."""
        milliseconds, bits = int(at.timestamp() * 1000), self._random.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (1 << 62) - 1)

    def event(self, kind: type[Event], at: datetime, /, **facts: object) -> Envelope:
        """An event that was recorded when it happened. Its sequence is given by ``numbered``."""
        event = kind.model_validate({"municipality": self.municipality, **facts})
        return Envelope(
            id=self.id(at),
            source=f"/loeft/{self.municipality}/{kind.service}",
            type=kind.type(),
            subject=event.subject,
            time=at,
            recordedtime=at,
            sequence=1,
            dataschema=schema_address(kind),
            dataclassification=kind.classification,
            data=event.data(),
        )


def numbered(told: Iterable[Envelope]) -> list[Envelope]:
    """The events in the order recorded, with the sequences 1, 2, 3 … of each entity in its service.

    Events of one moment stay in the order given.
    """
    versions: Counter[tuple[str, str]] = Counter()
    found = []
    for envelope in sorted(told, key=lambda one: one.recordedtime):
        entity = (envelope.service, envelope.subject)
        versions[entity] += 1
        found.append(envelope.model_copy(update={"sequence": versions[entity]}))
    return found
