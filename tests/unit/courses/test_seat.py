"""The line for seats: whatever people do, in whatever order, it stays just."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.courses.rules import enrolment as rule
from services.courses.rules.seat import Seats, expire
from shared.contracts.courses import SeatOffered
from shared.contracts.event import Event
from shared.problems import Refused
from tests.unit.courses.given import (
    BEFORE,
    citizen,
    enrolled,
    enrolment,
    expired,
    offered,
    seats,
    waitlisted,
    withdrawn,
)

LATER = BEFORE + timedelta(days=3)


def test_nothing_to_settle_changes_nothing() -> None:
    assert expire(seats(enrolled(1), enrolled(2), waitlisted(3, 1)), BEFORE) == []


def test_every_free_seat_is_offered_in_the_order_of_the_line() -> None:
    given_ = seats(
        enrolled(1), enrolled(2), waitlisted(3, 1), waitlisted(4, 2), waitlisted(5, 3), withdrawn(1), withdrawn(2)
    )
    assert expire(given_, BEFORE) == [offered(3, LATER, 1), offered(4, LATER, 2)]


def test_settling_twice_is_the_same_as_once() -> None:
    given_ = seats(enrolled(1), waitlisted(2, 1), waitlisted(3, 2), withdrawn(1), offered(2, BEFORE), capacity=1)
    once = expire(given_, BEFORE)
    assert once == [expired(2), offered(3, LATER)]
    assert expire(given_.after_all(once), BEFORE) == []


def test_after_the_start_day_offers_end_and_none_are_made() -> None:
    given_ = seats(enrolled(1), waitlisted(2, 1), waitlisted(3, 2), withdrawn(1), offered(2, LATER), capacity=1)
    assert expire(given_, BEFORE + timedelta(days=30)) == [expired(2)]


@dataclass
class Story:
    """What a cohort's people did, and a second, naive account of the line to hold the rules against."""

    capacity: int
    at: datetime = BEFORE
    events: list[Event] = field(default_factory=list)
    line: list[object] = field(default_factory=list)
    numbers: int = 0

    @property
    def seats(self) -> Seats:
        return seats(*self.events, capacity=self.capacity)

    def happened(self, events: list[Event]) -> None:
        for event in events:
            enrolment_id = event.enrolment_id  # type: ignore[attr-defined]
            if event.name == "citizen-waitlisted":
                self.line.append(enrolment_id)
                assert event.position == len(self.line)  # type: ignore[attr-defined]
            elif isinstance(event, SeatOffered):
                assert enrolment_id == self.line.pop(0), "a seat was offered past the first in line"
                assert event.expires is not None
                assert self.at < event.expires <= self.at + timedelta(days=3)
            elif event.name == "enrolment-withdrawn" and enrolment_id in self.line:
                self.line.remove(enrolment_id)
        self.events += events

    def act(self, act: str, who: int) -> None:
        claims = self.seats.claims
        chosen = claims[who % len(claims)].enrolment_id if claims else enrolment(0)
        match act:
            case "enrol":
                self.numbers += 1
                self.happened(rule.enrol(self.seats, citizen(who), enrolment(self.numbers), self.at))
            case "accept":
                self.happened(rule.accept(self.seats, chosen, self.at))
            case "withdraw":
                self.happened(rule.withdraw(self.seats, chosen, None, at=self.at, today=self.at.date()))
            case "expire":
                self.happened(expire(self.seats, self.at))
            case "wait":
                self.at += timedelta(hours=7 * who)


ACTS = st.tuples(
    st.sampled_from(["enrol", "enrol", "enrol", "accept", "withdraw", "expire", "wait"]), st.integers(0, 9)
)


@settings(max_examples=300)
@given(st.integers(1, 4), st.lists(ACTS, max_size=60))
def test_whatever_happens_seats_are_never_oversold_nobody_is_twice_and_the_first_in_line_is_first(
    capacity: int, acts: list[tuple[str, int]]
) -> None:
    story = Story(capacity)
    for act, who in acts:
        before = len(story.events)
        try:
            story.act(act, who)
        except Refused:
            assert len(story.events) == before
        now = story.seats
        has_or_holds = [claim for claim in now.claims if claim.status != "waitlisted"]
        people = [claim.citizen_id for claim in now.claims]
        assert len(has_or_holds) <= capacity
        assert len(people) == len(set(people))
        assert [claim.enrolment_id for claim in now.line] == story.line
        settled = now.after_all(expire(now, story.at))
        assert not (settled.free and settled.line) or story.at >= now.cohort.closes
