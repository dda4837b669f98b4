"""The citizens of the generated year as a pilot's planner sees them: here from when, with a job when, busy when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from shared.contracts.envelope import Envelope


@dataclass(slots=True)
class Person:
    """One of them. ``courses`` are the days from each invitation to the day when nothing more was heard of it."""

    citizen_id: str
    here_since: date
    job: date | None = None
    left: date | None = None
    courses: list[date] = field(default_factory=list)

    def is_free(self, first: date, last: date) -> bool:
        """Whether she was at the jobcenter all those days, and none of her courses' events fell on them."""
        here = self.here_since < first and (self.left is None or self.left > last)
        return here and not any(first <= day <= last for day in self.courses)


def people(events: Iterable[Envelope]) -> list[Person]:
    """Everybody who was registered, in the order recorded."""
    found: dict[str, Person] = {}
    for envelope in events:
        citizen_id, day = envelope.data.get("citizen_id", ""), envelope.time.date()
        if envelope.name == "citizen-registered":
            found.setdefault(citizen_id, Person(citizen_id, day))
            continue
        person = found.get(citizen_id)
        if person is None:
            continue
        if envelope.name == "citizen-left":
            person.left = date.fromisoformat(envelope.data["on"])
        elif envelope.name == "placement-started" and envelope.data["kind"] == "ordinary":
            person.job = date.fromisoformat(envelope.data["on"])
        elif "cohort_id" in envelope.data:
            person.courses.append(day)
    return list(found.values())
