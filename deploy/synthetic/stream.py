"""Writes events as JSON lines in the order recorded, holding only those that are yet to come.

Moments are whole minutes since ``EPOCH_DAYS`` before the start, days are numbered from the same day: adding numbers is
what makes a hundred thousand events a second possible, and dates are looked up.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from random import Random

from shared.contracts.registry import event_class, schema_address

EPOCH_DAYS = 400
SERVICES = ("intake", "assessment", "courses", "outcomes")
DAY = 1440  # minutes

Kind = tuple[int, str, str]  # number of the service, text before the subject's id, text between times and data
Told = tuple[int, int, Kind, int, str]  # minute recorded, place in the telling, kind, minute happened, payload's JSON


class Stream:
    """Numbers, dates and orders what is told; ``due`` gives the lines of the days that are complete."""

    def __init__(self, random: Random, municipality: str, start: date, days: int) -> None:
        self.random, self.municipality = random, municipality
        first = start - timedelta(days=EPOCH_DAYS)
        self.days = [(first + timedelta(days=n)).isoformat() for n in range(days + EPOCH_DAYS)]
        self._minutes = [f"T{n // 60:02d}:{n % 60:02d}:00Z" for n in range(DAY)]
        self._epoch = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()) * 1000
        self._kinds: dict[tuple[str, str], Kind] = {}
        self._waiting: dict[int, list[tuple[int, bytes]]] = {}
        self._next = 0

    def kind(self, service: str, name: str) -> Kind:
        """What all events of one type have in common."""
        if (service, name) in self._kinds:
            return self._kinds[service, name]
        event = event_class(f"dk.loeft.{service}.{name}.v1")
        before = f'","source":"/loeft/{self.municipality}/{service}","type":"{event.type()}","subject":"'
        after = (
            f'","datacontenttype":"application/json","dataschema":"{schema_address(event)}",'
            f'"dataclassification":"{event.classification}","data":{{"municipality":"{self.municipality}",'
        )
        kind = self._kinds[service, name] = SERVICES.index(service), f"{before}{event.entity}/", after
        return kind

    def moment(self, minute: int) -> str:
        """A minute as RFC 3339."""
        return self.days[minute // DAY] + self._minutes[minute % DAY]

    def id(self, minute: int) -> str:
        """A UUID of version 7 for a minute."""
        bits = self.random.getrandbits(90)
        at = f"{self._epoch + minute * 60000 + bits % 59999:012x}"
        tail = f"{bits >> 16:019x}"
        return f"{at[:8]}-{at[8:]}-7{tail[:3]}-{'89ab'[bits & 3]}{tail[3:6]}-{tail[6:18]}"

    def finish(self, subject: str, told: list[Told]) -> None:
        """Give the story of one entity its sequences (by service, in the order recorded) and put it in its place."""
        told.sort(key=itemgetter(0, 1))
        versions = [0] * len(SERVICES)
        for recorded, _, kind, happened, payload in told:
            versions[kind[0]] += 1
            self.write(kind, subject, versions[kind[0]], recorded, happened, payload)

    def write(self, kind: Kind, subject: str, sequence: int, recorded: int, happened: int, payload: str) -> None:
        """Put one event in its place."""
        day, minute = divmod(recorded, DAY)
        learnt = self.days[day] + self._minutes[minute]
        at = learnt if happened == recorded else self.days[happened // DAY] + self._minutes[happened % DAY]
        line = (
            f'{{"specversion":"1.0","id":"{self.id(recorded)}{kind[1]}{subject}","time":"{at}","recordedtime":"{learnt}",'
            f'"sequence":"{sequence}{kind[2]}{payload}}}}}'
        ).encode()
        waiting = self._waiting.get(day)
        if waiting is None:
            self._waiting[day] = [(recorded, line)]
        else:
            waiting.append((recorded, line))

    def due(self, day: int) -> Iterator[bytes]:
        """The lines of all days before ``day`` that were not given yet, in the order recorded."""
        while self._next < day and self._waiting:
            waiting = self._waiting.pop(self._next, [])
            waiting.sort(key=itemgetter(0))  # stable: the order within an entity stays
            self._next += 1
            for _, line in waiting:
                yield line
