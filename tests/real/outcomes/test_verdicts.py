"""Verdicts over HTTP: from the events of a pilot, its participants and their jobs to what a manager reads."""

from collections import Counter
from datetime import date, timedelta
from math import exp
from typing import Any
from uuid import UUID

import pytest
from scipy.special import betaln

from services.outcomes.effect.verdict_sentence import RULE
from shared.contracts.courses import (
    CourseOffered,
    ParticipationEnded,
    ParticipationStarted,
    PilotDecided,
    PilotOpened,
)
from shared.contracts.event import Event
from shared.contracts.outcomes import PlacementStarted
from shared.ids import new_id
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.web import Role
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.pilot_story import AS_OF, KNOWN, late_pilot
from tests.real.running_service import RunningService
from tests.waiting import eventually

REGISTERED, STARTED, ENDED = date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 13)
MATURE = ENDED + timedelta(days=31)
"""The first day on which a window of 30 days has closed."""
HERE = "0101"


class Pilot:
    """A pilot whose events other services tell."""

    def __init__(self, jobcenter: Jobcenter) -> None:
        self._jobcenter = jobcenter
        self._sequences: Counter[str] = Counter()
        self.course_id, self.pilot_id, self.cohort_id = new_id(), new_id(), new_id()

    async def tell(self, example: Event, **facts: Any) -> None:
        """One event like the example, the next of its entity in its service."""
        event = type(example)(**(example.data() | {"municipality": HERE} | facts))
        self._sequences[f"{event.service} {event.subject}"] += 1
        await self._jobcenter.tell(event, sequence=self._sequences[f"{event.service} {event.subject}"])

    async def open(self) -> None:
        """The course is offered, and becomes a pilot."""
        await self.tell(CourseOffered.example(), course_id=self.course_id, kind="mikrosprint", title="Digital lager")
        plan = {"measure": "mikrosprint_job", "window_days": 30, "benchmark": 0.45, "registered_on": REGISTERED}
        sizes = {"planned_size": 30, "first_size": 24}
        ids = {"pilot_id": self.pilot_id, "course_id": self.course_id}
        await self.tell(PilotOpened.example(), **ids, **plan, **sizes)

    async def decide(self, decision: str, verdict: str) -> None:
        """A manager decides today."""
        ids = {"pilot_id": self.pilot_id, "course_id": self.course_id}
        await self.tell(PilotDecided.example(), **ids, decision=decision, verdict=verdict, reason="As it is shown")

    async def participant(self, *, started: date = STARTED, job: date | None = None) -> UUID:
        """Somebody takes part, and perhaps gets a job; her id."""
        citizen_id, enrolment_id = new_id(), new_id()
        ids = {"citizen_id": citizen_id, "enrolment_id": enrolment_id}
        course = {"cohort_id": self.cohort_id, "course_id": self.course_id}
        await self.tell(ParticipationStarted.example(), **ids, **course, on=started)
        if job is not None:
            placement = {"placement_id": new_id(), "company_id": None, "kind": "ordinary", "timing": "none"}
            await self.tell(PlacementStarted.example(), **ids, **placement, on=job)
        await self.tell(ParticipationEnded.example(), **ids, **course, on=ENDED, reason="completed")
        return citizen_id


@pytest.fixture
async def pilot(jobcenter: Jobcenter) -> Pilot:
    """A pilot with 24 mature participations, 2 of which led to a job, and one that began before it was registered."""
    pilot = Pilot(jobcenter)
    await pilot.participant(started=REGISTERED - timedelta(days=1), job=ENDED)
    for number in range(24):
        await pilot.participant(job=ENDED + timedelta(days=30) if number < 2 else None)
    await pilot.open()
    return pilot


async def verdicts(service: RunningService, role: Role = Role.MANAGER, **question: Any) -> list[dict[str, Any]]:
    """What a caller is told."""
    answer = await service.caller(role).get("/effect/verdicts", params=question)
    assert answer.status_code == 200, answer.text
    told: list[dict[str, Any]] = answer.json()
    return told


async def the_verdict(service: RunningService, *, n: int, **question: Any) -> dict[str, Any]:
    """The verdict on the one pilot, once it counts so many."""

    async def counted() -> list[dict[str, Any]]:
        found = await verdicts(service, **question)
        return found if found and found[0]["n"] == n else []

    told: dict[str, Any] = (await eventually(counted))[0]
    return told


async def test_the_events_of_a_pilot_give_its_verdict(outcomes: RunningService, pilot: Pilot) -> None:
    told = await the_verdict(outcomes, n=24, as_of=MATURE)
    low, high = told.pop("low"), told.pop("high")
    assert 0.45 > high > 2 / 24 > low > 0
    assert told.pop("said").startswith("Stop: 24 af 30 planlagte er målt. 2 af dem (8,3 %) nåede målet. ")
    assert told == {
        "pilot_id": str(pilot.pilot_id),
        "municipality": HERE,
        "course_id": str(pilot.course_id),
        "course": "Digital lager",
        "as_of": str(MATURE),
        "as_known": None,
        "measure": "mikrosprint_job",
        "window": 30,
        "benchmark": 0.45,
        "registered_on": str(REGISTERED),
        "first_size": 24,
        "planned_size": 30,
        "verdict": "stop",
        "n": 24,
        "successes": 2,
        "share": pytest.approx(2 / 24),
        "waiting": 0,
        "unsettled": 0,
        "decisions": [],
        "definition": RULE,
    }
    for end in (low, high):  # a rate at either end has an e-value of 20
        likelihood = end**2 * (1 - end) ** 22
        mixture = betaln(4.6 + 2, 5.4 + 22) - betaln(4.6, 5.4)
        assert pytest.approx(20, rel=1e-6) == exp(mixture) / likelihood


async def test_a_verdict_is_as_of_its_day(outcomes: RunningService, pilot: Pilot) -> None:
    await the_verdict(outcomes, n=24, as_of=MATURE)
    (before,) = await verdicts(outcomes, as_of=MATURE - timedelta(days=1))
    assert (before["verdict"], before["n"], before["unsettled"]) == ("cannot-tell-yet", 0, 24)
    assert before["said"] == "Kan ikke afgøres endnu: ingen af 30 planlagte er målt."
    assert await verdicts(outcomes, as_of=REGISTERED - timedelta(days=1)) == []
    (first_day,) = await verdicts(outcomes, as_of=REGISTERED)
    assert (first_day["n"], first_day["unsettled"]) == (0, 0)
    answer = await outcomes.caller(Role.MANAGER).get("/effect/verdicts", params={"as_of": "31/3-2026"})
    assert answer.status_code == 422


async def test_a_decision_stands_beside_the_verdict_from_its_day_on(outcomes: RunningService, pilot: Pilot) -> None:
    await pilot.decide("stop", "stop")

    async def decided() -> list[dict[str, Any]]:
        return [decision for one in await verdicts(outcomes) for decision in one["decisions"]]

    (decision,) = await eventually(decided)
    assert (decision["decision"], decision["verdict"], decision["reason"]) == ("stop", "stop", "As it is shown")
    (before,) = await verdicts(outcomes, as_of=MATURE)
    assert before["decisions"] == []


async def test_an_analyst_sees_no_counts_and_another_municipality_nothing(
    outcomes: RunningService, pilot: Pilot
) -> None:
    await the_verdict(outcomes, n=24, as_of=MATURE)
    (told,) = await verdicts(outcomes, Role.ANALYST, as_of=MATURE)
    assert (told["verdict"], told["said"]) == ("stop", "Stop. Kravet er 45 %.")
    hidden = ("n", "successes", "share", "low", "high", "waiting", "unsettled")
    assert [told[name] for name in hidden] == [None] * len(hidden)
    elsewhere = outcomes.caller(Role.MANAGER, municipality="0370")
    assert (await elsewhere.get("/effect/verdicts")).json() == []
    assert (await outcomes.caller(Role.COMPANY_DESK).get("/effect/verdicts")).status_code == 403


async def test_a_verdict_as_known_on_a_day_leaves_out_what_was_recorded_later(
    outcomes: RunningService, jobcenter: Jobcenter
) -> None:
    for envelope in late_pilot(HERE):
        await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))
    everything = await the_verdict(outcomes, n=24, as_of=AS_OF)

    async def all_told() -> bool:
        (told,) = await verdicts(outcomes, as_of=AS_OF)
        return told["successes"] == 2 and len(told["decisions"]) == 1

    await eventually(all_told)
    assert everything["as_known"] is None
    for known, (n, successes, waiting, unsettled, decisions) in KNOWN.items():
        (told,) = await verdicts(outcomes, as_of=AS_OF, known=known)
        assert told["as_known"] == known
        assert [told[name] for name in ("n", "successes", "waiting", "unsettled")] == [
            n,
            successes,
            waiting,
            unsettled,
        ], known
        assert len(told["decisions"]) == decisions, known
        assert told["verdict"] == ("stop" if n else "cannot-tell-yet"), known
    assert await verdicts(outcomes, as_of=AS_OF, known="2026-01-04") == []
    answer = await outcomes.caller(Role.MANAGER).get("/effect/verdicts", params={"known": "31/3-2026"})
    assert answer.status_code == 422
