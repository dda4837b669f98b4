"""Whatever is asked in whatever order: no citizen at two tables and no table with two citizens in a round."""

from collections import Counter

from hypothesis import given as generated
from hypothesis import strategies as st

from services.outcomes.commands import CancelMeeting, HeldSeating
from services.outcomes.rules import meetings
from services.outcomes.rules.meetings import Meeting
from shared.contracts.outcomes import MeetingCancelled, MeetingHeld, MeetingScheduled
from shared.problems import Refused
from tests.unit.outcomes import given
from tests.unit.outcomes.given import COMPANY, NOON, OTHER_COMPANY, an_id
from tests.unit.outcomes.test_events import PLANNED

Told = MeetingScheduled | MeetingHeld | MeetingCancelled

SEATINGS = st.builds(
    HeldSeating,
    round=st.integers(0, 3),  # the event has rounds 0-2
    table=st.integers(0, 2),
    citizen_id=st.integers(100, 103).map(an_id),
    company_id=st.sampled_from([COMPANY, OTHER_COMPANY, an_id(99)]),  # the last is not invited
)
COMMANDS = st.lists(
    st.tuples(st.sampled_from(["schedule", "hold", "cancel"]), st.lists(SEATINGS, min_size=1, max_size=3)), max_size=25
)


def carry_out(step: str, seatings: list[HeldSeating], told: list[Told]) -> list[Told]:
    event, standing = given.event(PLANNED), given.meetings(*told)
    if step == "schedule":
        return [*meetings.schedule(event, standing, seatings)]
    if step == "hold":
        return [*meetings.hold(event, standing, seatings, moment=NOON)]
    first = seatings[0]
    return [meetings.cancel(event, standing, CancelMeeting(round=first.round, citizen_id=first.citizen_id))]


def taken(told: list[Told]) -> list[Meeting]:
    return [meeting for meeting in given.meetings(*told) if meeting.state != "cancelled"]


@generated(COMMANDS)
def test_seats_are_never_taken_twice(commands: list[tuple[str, list[HeldSeating]]]) -> None:
    told: list[Told] = []
    for step, seatings in commands:
        before = taken(told)
        try:
            told += carry_out(step, seatings, told)
        except Refused:
            assert taken(told) == before
        seats = taken(told)
        assert max(Counter((m.round, m.citizen_id) for m in seats).values(), default=0) <= 1
        assert max(Counter((m.round, m.table) for m in seats).values(), default=0) <= 1
        assert all(m.round < PLANNED.rounds and m.company_id in PLANNED.companies for m in seats)


@generated(COMMANDS)
def test_a_meeting_that_was_held_stays_held(commands: list[tuple[str, list[HeldSeating]]]) -> None:
    told: list[Told] = []
    for step, seatings in commands:
        held = {(m.round, m.citizen_id, m.company_id) for m in taken(told) if m.state == "held"}
        try:
            told += carry_out(step, seatings, told)
        except Refused:
            continue
        assert held <= {(m.round, m.citizen_id, m.company_id) for m in taken(told) if m.state == "held"}


@generated(st.lists(SEATINGS, min_size=1, max_size=6))
def test_a_timetable_is_accepted_as_a_whole_or_not_at_all(seatings: list[HeldSeating]) -> None:
    """The same timetable meeting by meeting: accepted at once exactly when each is accepted in turn."""
    one_by_one: list[Told] = []
    refusals = 0
    for seating in seatings:
        try:
            one_by_one += carry_out("schedule", [seating], one_by_one)
        except Refused:
            refusals += 1
    try:
        at_once = carry_out("schedule", seatings, [])
    except Refused:
        assert refusals
    else:
        assert not refusals
        assert at_once == one_by_one
