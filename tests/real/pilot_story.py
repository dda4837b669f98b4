"""A pilot of which much was recorded late: what was known of it differs from day to day.

Worked by hand. 24 people took part from 2 February to 13 March 2026; a window of 30 days is over on 13 April. Recorded

- on 5 January: course and pilot, on 2 February: the starts, on 14 March: the end of 12 of them;
- on 20 March: a job from 16 March;
- on 20 April: the end of the other 12;
- on 5 May: a second job, from 1 April;
- on 10 May: that somebody had decided on 25 April to stop.

The target of the year, 20 jobs after a mikrosprint, was set on 5 January; on 10 May it was restated to 12, and on 11
May to 14.
"""

from datetime import date
from uuid import UUID

from shared.contracts.courses import (
    CourseOffered,
    ParticipationEnded,
    ParticipationStarted,
    PilotDecided,
    PilotOpened,
)
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import PlacementStarted, TargetSet
from shared.ids import new_id
from tests.real.telling import Telling

AS_OF = date(2026, 4, 30)
KNOWN: dict[str, tuple[int, int, int, int, int]] = {
    "2026-01-05": (0, 0, 0, 0, 0),
    "2026-02-02": (0, 0, 0, 24, 0),
    "2026-03-19": (0, 0, 12, 12, 0),
    "2026-04-19": (0, 0, 12, 12, 0),
    "2026-04-20": (24, 1, 0, 0, 0),
    "2026-05-04": (24, 1, 0, 0, 0),
    "2026-05-05": (24, 2, 0, 0, 0),
    "2026-05-10": (24, 2, 0, 0, 1),
}
"""By the day on which it was known, as of 30 April: counted, successes, waiting, unsettled, decisions. All started on
one day, so nobody is counted while one of them has not ended."""
TARGETS = {"2026-01-04": None, "2026-01-05": 20, "2026-05-09": 20, "2026-05-10": 12, "2026-05-11": 14}
"""By the day on which it was known, the target."""


def late_pilot(municipality: str) -> list[Envelope]:
    """The events, in the order in which they were recorded."""
    return _LatePilot(municipality).whole()


class _LatePilot(Telling):
    def __init__(self, municipality: str) -> None:
        super().__init__(municipality)
        self._course, self._cohort, self._pilot = new_id(), new_id(), new_id()
        self._people = [(new_id(), new_id()) for _ in range(24)]

    def whole(self) -> list[Envelope]:
        start, end = date(2026, 2, 2), date(2026, 3, 13)
        plan = {"measure": "mikrosprint_job", "window_days": 30, "benchmark": 0.45, "registered_on": date(2026, 1, 5)}
        pilot = {"pilot_id": self._pilot, "course_id": self._course}
        course = {"course_id": self._course, "kind": "mikrosprint", "title": "Digital lager"}
        self.tell(CourseOffered.example(), date(2026, 1, 5), **course)
        self.tell(PilotOpened.example(), date(2026, 1, 5), **pilot, **plan, planned_size=30, first_size=24)
        for person in self._people:
            self.tell(ParticipationStarted.example(), start, **self._of(person), on=start)
        for person in self._people[:12]:
            self.tell(ParticipationEnded.example(), date(2026, 3, 14), **self._of(person), on=end, reason="completed")
        self._job(self._people[0], date(2026, 3, 16), recorded=date(2026, 3, 20))
        for person in self._people[12:]:
            self.tell(ParticipationEnded.example(), date(2026, 4, 20), **self._of(person), on=end, reason="completed")
        self._job(self._people[20], date(2026, 4, 1), recorded=date(2026, 5, 5))
        decided = {"decision": "stop", "verdict": "stop", "reason": "As it is shown"}
        self.tell(PilotDecided.example(), date(2026, 5, 10), happened=date(2026, 4, 25), **pilot, **decided)
        for recorded, value in ((date(2026, 1, 5), 20), (date(2026, 5, 10), 12), (date(2026, 5, 11), 14)):
            self.tell(TargetSet.example(), recorded, indicator="mikrosprint_job", period="2026", value=value)
        return self.told

    def _of(self, person: tuple[UUID, UUID]) -> dict[str, UUID]:
        return {
            "citizen_id": person[0],
            "enrolment_id": person[1],
            "cohort_id": self._cohort,
            "course_id": self._course,
        }

    def _job(self, person: tuple[UUID, UUID], on: date, *, recorded: date) -> None:
        ids = {"citizen_id": person[0], "enrolment_id": person[1], "placement_id": new_id(), "company_id": None}
        self.tell(PlacementStarted.example(), recorded, **ids, kind="ordinary", timing="none", on=on)
