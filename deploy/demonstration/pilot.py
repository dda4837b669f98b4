"""A pilot that awaits its decision: its first twelve have finished, and their time to find a job is over."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from deploy.demonstration.people import Person
from deploy.demonstration.telling import Telling
from shared.contracts.courses import (
    CitizenEnrolled,
    CitizenIdentified,
    CitizenInvited,
    CohortOpened,
    CourseOffered,
    InvitationAnswered,
    ParticipationEnded,
    ParticipationStarted,
    PilotOpened,
    RosterFrozen,
)
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event

SIZE, PLANNED = 12, 48
BENCHMARK = 0.25
WINDOW_DAYS = 91
WITH_A_JOB = 8
"""So many at most of those who took part found a job in time."""
REGISTERED, INVITED, STARTS, ENDS = 150, 140, 125, 105
"""Days ago. The window after the last day is over since two weeks."""
COURSE = {
    "title": "Digitalt overblik i små virksomheder",
    "kind": "mikrosprint",
    "provider": "Ivækst",
    "methods": ["classroom", "practice-near"],
    "weeks": 3,
    "hours": 90,
    "digital_areas": [{"area": 2, "level": 4}, {"area": 3, "level": 4}],
    "target_groups": ["1", "2", "3"],
    "it_specific": True,
    "price_dkk": 14500,
}


class PilotStory:
    """The story of one pilot, told in the order in which it happened."""

    def __init__(self, telling: Telling, now: datetime) -> None:
        self._telling, self._today = telling, now.date()

    def told(self, everybody: Iterable[Person]) -> Iterator[Envelope]:
        """Its events, with these of the citizens who were free to take part."""
        offered = self._at(REGISTERED + 10)
        course, cohort = (str(self._telling.id(offered)) for _ in range(2))
        yield self._telling.event(CourseOffered, offered, course_id=course, **COURSE)
        yield self._registered(course)
        opened = self._at(REGISTERED, hour=9)
        yield self._telling.event(
            CohortOpened, opened, cohort_id=cohort, course_id=course, starts=str(self._day(STARTS)),
            ends=str(self._day(ENDS)), capacity=SIZE, site="Nord", online=False,
        )  # fmt: skip
        roster = []
        for person in self._chosen(everybody):
            enrolment = str(self._telling.id(self._at(INVITED)))
            roster.append(enrolment)
            yield from self._takes_part(person, enrolment, cohort, course)
        frozen = self._at(STARTS, hour=6)
        yield self._telling.event(RosterFrozen, frozen, cohort_id=cohort, enrolment_ids=roster)

    def _registered(self, course: str) -> Envelope:
        at = self._at(REGISTERED)
        return self._telling.event(
            PilotOpened, at, pilot_id=str(self._telling.id(at)), course_id=course, benchmark=BENCHMARK,
            planned_size=PLANNED, first_size=SIZE, measure="mikrosprint_job", window_days=WINDOW_DAYS,
            registered_on=str(at.date()),
        )  # fmt: skip

    def _chosen(self, everybody: Iterable[Person]) -> list[Person]:
        """Some who found a job in the time that counts, and some who had none until today."""
        first, last = self._day(INVITED + 1), self._day(ENDS - 1)
        free = [person for person in everybody if person.is_free(first, last)]
        over = self._day(ENDS - WINDOW_DAYS)
        found = [person for person in free if person.job and last < person.job < over][:WITH_A_JOB]
        return [*found, *(person for person in free if person.job is None)][:SIZE]

    def _takes_part(self, person: Person, enrolment: str, cohort: str, course: str) -> Iterator[Envelope]:
        invited = {"citizen_id": person.citizen_id, "cohort_id": cohort}
        enrolled = invited | {"enrolment_id": enrolment}
        taking = enrolled | {"course_id": course}
        steps: tuple[tuple[type[Event], int, Mapping[str, object]], ...] = (
            (CitizenIdentified, INVITED, invited),
            (CitizenInvited, INVITED - 1, invited),
            (InvitationAnswered, INVITED - 4, invited | {"answer": "accepted"}),
            (CitizenEnrolled, INVITED - 4, enrolled),
            (ParticipationStarted, STARTS, taking | {"on": str(self._day(STARTS))}),
            (ParticipationEnded, ENDS, taking | {"on": str(self._day(ENDS)), "reason": "completed"}),
        )
        for kind, ago, facts in steps:
            yield self._telling.event(kind, self._at(ago, hour=10), **facts)

    def _day(self, ago: int) -> date:
        return self._today - timedelta(days=ago)

    def _at(self, ago: int, hour: int = 8) -> datetime:
        return datetime.combine(self._day(ago), time(hour), UTC)
