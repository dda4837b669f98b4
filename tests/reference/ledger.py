"""Writes events as a producer would: valid CloudEvents with contiguous sequences per entity and service."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")
CLASSIFICATION = {"course": "public", "cohort": "public", "company": "public", "order": "public"}


class Ledger:
    """Collects what happened; ``events()`` numbers it in the order in which it was recorded."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._ids = 0
        self._told: list[tuple[datetime, int, dict[str, Any]]] = []

    def id(self) -> str:
        """A UUID of version 7, never the same twice: random in front, so that ids sort in any order."""
        self._ids += 1
        return str(UUID(int=self.random.getrandbits(48) << 80 | 7 << 76 | 2 << 62 | self._ids))

    def chance(self, share: float) -> bool:
        """True in about this share of cases."""
        return self.random.random() < share

    def late(self) -> timedelta:
        """How long after it happened something is recorded: mostly at once, sometimes more than a year."""
        return timedelta(days=self.random.choice([0, 0, 0, 0, 3, 45, 400]), minutes=self.random.choice([0, 7]))

    def moment(self, day: date) -> datetime:
        """A moment of a Danish day, often near its midnight, where UTC has another date."""
        clock = self.random.choice([time(0), time(0, 30), time(9), time(15, 20), time(23, 59, 59)])
        return datetime.combine(day, clock, DANISH).astimezone(ZoneInfo("UTC"))

    def tell(
        self,
        service: str,
        name: str,
        subject: str,
        happened: datetime,
        /,
        *,
        late: timedelta = timedelta(0),
        municipality: str = "0101",
        **data: Any,
    ) -> datetime:
        """Tell one event; ``late`` is how long after it happened it was recorded. Gives the moment of recording."""
        recorded = happened + late
        kind = subject.partition("/")[0]
        event = {
            "specversion": "1.0",
            "id": self.id(),
            "source": f"/loeft/{municipality}/{service}",
            "type": f"dk.loeft.{service}.{name}.v1",
            "subject": subject,
            "time": f"{happened:%Y-%m-%dT%H:%M:%SZ}",
            "recordedtime": f"{recorded:%Y-%m-%dT%H:%M:%SZ}",
            "datacontenttype": "application/json",
            "dataclassification": CLASSIFICATION.get(kind, "personal"),
            "data": {"municipality": municipality} | {k: _text(v) for k, v in data.items() if v is not None},
        }
        self._told.append((recorded, len(self._told), event))
        return recorded

    def events(self) -> list[dict[str, Any]]:
        """All events in the order recorded, each with its ``sequence``."""
        versions: dict[tuple[str, str], int] = {}
        events = []
        for _, _, event in sorted(self._told, key=lambda told: told[:2]):
            entity = (event["subject"], event["source"])
            versions[entity] = versions.get(entity, 0) + 1
            events.append(event | {"sequence": str(versions[entity])})
        return events


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, date) else value
