"""What the jobcenter offers: courses with cohorts that fill, and a matchmaking event every other week."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from deploy.synthetic.efforts import EFFORTS, Effort
from deploy.synthetic.stream import DAY, EPOCH_DAYS, Stream, Told

SEATS = 24
EARLIEST = 21  # days from the day a caseworker thinks of a course to its first possible start


@dataclass(slots=True)
class Cohort:
    """A cohort with its day numbers, and the enrolments that will be on its frozen roster."""

    id: str
    course: str
    effort: Effort
    starts: int
    ends: int
    roster: list[str] = field(default_factory=list)
    taken: int = 0


class Offers:
    """Opens cohorts when the last one is full, and freezes their rosters on the day they start."""

    def __init__(self, stream: Stream, citizens: int) -> None:
        self.stream = stream
        # Few citizens meet in few cohorts, so that a small demonstration has whole classes too.
        self._weeks_between = 2 if citizens > 5000 else 4 if citizens > 1000 else 12
        self._opened, self._frozen = stream.kind("courses", "cohort-opened"), stream.kind("courses", "roster-frozen")
        self._open: dict[tuple[str, int], Cohort] = {}
        self._unfrozen: dict[int, list[Cohort]] = {}
        self.courses = {effort.title: stream.id(0) for effort in EFFORTS}
        for effort in EFFORTS:
            self._offer(effort)

    def _offer(self, effort: Effort) -> None:
        opening, course = (EPOCH_DAYS - 60) * DAY + 480, self.courses[effort.title]
        facts = {
            "course_id": course,
            "title": effort.title,
            "kind": effort.kind,
            "provider": effort.provider,
            "methods": effort.methods,
            "weeks": effort.weeks,
            "hours": effort.hours,
            "digital_areas": [{"area": area, "level": level} for area, level in effort.areas],
            "target_groups": effort.groups,
            "it_specific": effort.it_specific,
        }
        if effort.certificate:
            facts["certificate"] = effort.certificate
        prices = [facts | {"price_dkk": 150 * effort.hours}, facts | {"price_dkk": 160 * effort.hours}]
        offered, changed = self.stream.kind("courses", "course-offered"), self.stream.kind("courses", "course-changed")
        self.stream.finish(
            course,
            [
                (opening, 0, offered, opening, _json(prices[0])),
                (opening + 400 * DAY, 1, changed, opening + 400 * DAY, _json(prices[1])),
            ],
        )

    def cohort(self, effort: Effort, today: int) -> Cohort:
        """The next cohort of an effort with a seat, thought of on a day; opened when there is none."""
        step = 7 * self._weeks_between
        starts = (today + EARLIEST) // step * step + step
        while self.stream.days[starts][5:7] == "07":  # nothing starts in July
            starts += step
        cohort = self._open.get((effort.title, starts))
        if cohort is None or cohort.taken >= SEATS:
            cohort = self._opens(effort, starts, today)
        cohort.taken += 1
        return cohort

    def _opens(self, effort: Effort, starts: int, today: int) -> Cohort:
        minute = today * DAY + 360
        ends = starts + 7 * effort.weeks - 3
        cohort = Cohort(self.stream.id(minute), self.courses[effort.title], effort, starts, ends)
        self._open[effort.title, starts] = cohort
        self._unfrozen.setdefault(starts, []).append(cohort)
        online = "true" if "e-learning" in effort.methods else "false"
        self.stream.write(
            self._opened, cohort.id, 1, minute, minute,
            f'"cohort_id":"{cohort.id}","course_id":"{cohort.course}","starts":"{self.stream.days[starts]}",'
            f'"ends":"{self.stream.days[ends]}","capacity":{SEATS},"online":{online}',
        )  # fmt: skip
        return cohort

    def due(self, day: int) -> Iterator[bytes]:
        """Freeze the rosters of all cohorts that start before a day, then give the lines of all days before it."""
        for starts in sorted(s for s in self._unfrozen if s < day):
            for cohort in self._unfrozen.pop(starts):
                ids = ",".join(f'"{enrolment}"' for enrolment in cohort.roster)
                minute, facts = starts * DAY + 300, f'"cohort_id":"{cohort.id}","enrolment_ids":[{ids}]'
                self.stream.write(self._frozen, cohort.id, 2, minute, minute, facts)
        yield from self.stream.due(day)


class Matchmaking:
    """An event every other Thursday where citizens meet companies."""

    def __init__(self, stream: Stream, companies: list[str]) -> None:
        self._days: dict[int, str] = {}
        planned, held = stream.kind("outcomes", "event-planned"), stream.kind("outcomes", "event-held")
        for day in range(EPOCH_DAYS + 3, len(stream.days) - 14, 14):
            event, minute = stream.id(day * DAY), day * DAY + 540
            self._days[day] = event
            invited = ",".join(f'"{c}"' for c in stream.random.sample(companies, min(9, len(companies))))
            on = f'"event_id":"{event}","on":"{stream.days[day]}"'
            told: list[Told] = [
                (minute - 14 * DAY, 0, planned, minute - 14 * DAY,
                 f'{on},"cohort_ids":[],"companies":[{invited}],"rounds":9,"online":false'),
                (minute + 400, 1, held, minute + 400, on),
            ]  # fmt: skip
            stream.finish(event, told)

    def next(self, day: int) -> tuple[int, str] | None:
        """Day and id of the first event on or after a day."""
        on = day + (EPOCH_DAYS + 3 - day) % 14
        return (on, self._days[on]) if on in self._days else None


def _json(facts: dict[str, object]) -> str:
    """The members of a JSON object without its braces."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))[1:-1]
