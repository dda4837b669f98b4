"""People who take part in mikrosprints of one municipality, and get jobs or not: who they are, and what is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from shared.contracts.courses import CourseOffered, ParticipationEnded, ParticipationStarted
from shared.contracts.intake import CitizenRegistered
from shared.contracts.outcomes import PlacementStarted, PlacementVoided
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.telling import Telling

HERE = "0101"
INDICATOR = "mikrosprint_job"
WINDOW = timedelta(days=182)
GROUPS, LEVELS = ("1", "2"), ("none", "skilled")


@dataclass(slots=True)
class Person:
    """Somebody who took part; ``job`` is the day on which one began, if it did."""

    at: tuple[str, ...]
    ended: date
    job: date | None
    placement: tuple[UUID, UUID]

    def outcome(self, day: date) -> str | None:
        """What she counts as at the end of a day; None while her window is open."""
        if self.ended + WINDOW >= day:
            return None
        return "job" if self.job is not None and self.job <= self.ended + WINDOW else "none"


class Sprints(Telling):
    """People who take part in three mikrosprints of very different sizes; some get a job, not all of it true."""

    def __init__(self, seed: int) -> None:
        super().__init__(HERE)
        self._random = Random(seed)
        self.courses = [str(new_id()) for _ in range(3)]
        self.people: list[Person] = []
        self._sent = 0
        for course in self.courses:
            self.tell(CourseOffered.example(), date(2024, 1, 2), course_id=UUID(course), kind="mikrosprint")

    def live(self, first: date, last: date, people: int) -> None:
        """So many people start in the time."""
        for _ in range(people):
            self._life(first + timedelta(days=self._random.randrange((last - first).days + 1)))

    def correct(self, on: date, jobs: int) -> None:
        """So many jobs turn out never to have been."""
        for person in self._random.sample([person for person in self.people if person.job is not None], jobs):
            placement_id, citizen_id = person.placement
            self.tell(PlacementVoided.example(), on, placement_id=placement_id, citizen_id=citizen_id)
            person.job = None

    async def heard(self, jobcenter: Jobcenter) -> None:
        """Everything told by now is counted."""
        for envelope in self.told[self._sent :]:
            await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))
        self._sent = len(self.told)
        await jobcenter.until("SELECT count(DISTINCT event_id) >= $1 FROM fact", len(self.told))

    def _life(self, start: date) -> None:
        random, citizen_id, enrolment_id = self._random, new_id(), new_id()
        course = random.choices(self.courses, [12, 5, 1])[0]
        group, level = random.choices(GROUPS, [5, 1])[0], random.choices(LEVELS, [1, 3])[0]
        ids = {"citizen_id": citizen_id, "enrolment_id": enrolment_id}
        on = {"course_id": UUID(course), "cohort_id": UUID(int=start.year * 100 + start.month)}
        registered = start - timedelta(days=60)
        self.tell(
            CitizenRegistered.example(),
            registered,
            citizen_id=citizen_id,
            target_group=group,
            education_level=level,
            unemployed_since=registered,
        )
        self.tell(ParticipationStarted.example(), start, **ids, **on, on=start)
        person = Person((course, group, level), start + timedelta(days=14), None, (new_id(), citizen_id))
        if random.random() < 0.5:
            person.job = start + timedelta(days=random.randint(5, 220))
            facts = {"placement_id": person.placement[0], "company_id": None, "kind": "ordinary", "timing": "none"}
            self.tell(PlacementStarted.example(), person.job, **ids, **facts, on=person.job)
        self.tell(ParticipationEnded.example(), person.ended, **ids, **on, on=person.ended, reason="completed")
        self.people.append(person)
