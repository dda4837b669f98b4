"""Meetings: one table a citizen, one citizen a table in a round; scheduled, held or cancelled."""

from typing import Any
from uuid import UUID

from services.outcomes.commands import CancelMeeting, HeldSeating, Seating
from services.outcomes.rules import meetings
from shared.contracts.outcomes import MeetingCancelled, MeetingHeld, MeetingScheduled
from tests.unit.outcomes import given
from tests.unit.outcomes.given import CITIZEN, COMPANY, EVENT, HERE, NOON, OTHER_CITIZEN, OTHER_COMPANY, TOMORROW, an_id
from tests.unit.outcomes.refusal import refused
from tests.unit.outcomes.test_events import HELD as EVENT_HELD
from tests.unit.outcomes.test_events import PLANNED

FACTS: dict[str, Any] = {"round": 0, "table": 0, "citizen_id": CITIZEN, "company_id": COMPANY}
SCHEDULED = MeetingScheduled(municipality=HERE, event_id=EVENT, **FACTS)
HELD = MeetingHeld(municipality=HERE, event_id=EVENT, interest_citizen=True, interest_company=False, **FACTS)
CANCELLED = MeetingCancelled(municipality=HERE, event_id=EVENT, **FACTS)


def seat(
    round_number: int = 0, table: int = 0, citizen_id: UUID = CITIZEN, company_id: UUID = COMPANY, **interest: bool
) -> HeldSeating:
    return HeldSeating(round=round_number, table=table, citizen_id=citizen_id, company_id=company_id, **interest)


def schedule(told: list[Any], *seatings: Seating, planned: Any = PLANNED, held: Any = ()) -> list[MeetingScheduled]:
    return meetings.schedule(given.event(planned, *held), given.meetings(*told), seatings)


def hold(told: list[Any], *seatings: HeldSeating, planned: Any = PLANNED, held: Any = ()) -> list[MeetingHeld]:
    return meetings.hold(given.event(planned, *held), given.meetings(*told), seatings, moment=NOON)


def test_a_timetable_is_scheduled_at_once() -> None:
    told = schedule([], seat(), seat(1, 0, OTHER_CITIZEN), seat(1, 1, CITIZEN, OTHER_COMPANY))
    assert told[0] == SCHEDULED
    assert [(m.round, m.table, m.citizen_id, m.company_id) for m in told[1:]] == [
        (1, 0, OTHER_CITIZEN, COMPANY),
        (1, 1, CITIZEN, OTHER_COMPANY),
    ]


def test_a_citizen_sits_at_one_table_in_a_round() -> None:
    elsewhere = seat(0, 1, CITIZEN, OTHER_COMPANY)
    with refused("citizen-seated-already") as refusal:
        schedule([SCHEDULED], elsewhere)
    assert refusal.value.members["citizen_id"] == str(CITIZEN)
    with refused("citizen-seated-already"):
        schedule([], seat(), elsewhere)
    with refused("citizen-seated-already"):
        schedule([HELD], elsewhere)


def test_a_table_has_one_citizen_in_a_round() -> None:
    with refused("table-taken"):
        schedule([SCHEDULED], seat(0, 0, OTHER_CITIZEN))
    with refused("table-taken"):
        schedule([], seat(), seat(0, 0, OTHER_CITIZEN, OTHER_COMPANY))


def test_a_company_may_have_two_tables_in_a_round() -> None:
    assert len(schedule([SCHEDULED], seat(0, 1, OTHER_CITIZEN))) == 1


def test_only_rounds_and_companies_of_the_event_can_be_scheduled() -> None:
    assert schedule([], seat(2))[0].round == 2
    with refused("round-unknown"):
        schedule([], seat(3))
    with refused("company-not-invited"):
        schedule([], seat(company_id=an_id(99)))


def test_a_cancelled_meeting_frees_both_seats() -> None:
    assert schedule([SCHEDULED, CANCELLED], seat(0, 1), seat(0, 0, OTHER_CITIZEN))


def test_after_the_event_nothing_is_scheduled_or_cancelled_but_what_happened_can_be_told() -> None:
    with refused("event-held-already"):
        schedule([], seat(), held=[EVENT_HELD])
    with refused("event-held-already"):
        meetings.cancel(
            given.event(PLANNED, EVENT_HELD), given.meetings(SCHEDULED), CancelMeeting(round=0, citizen_id=CITIZEN)
        )
    assert hold([SCHEDULED], seat(), held=[EVENT_HELD])


def test_a_scheduled_meeting_is_held_with_what_both_said() -> None:
    assert hold([SCHEDULED], seat(interest_citizen=True, interest_company=False)) == [HELD]


def test_people_walk_in_where_a_seat_is_free() -> None:
    assert hold([], seat(interest_citizen=True, interest_company=False)) == [HELD]
    with refused("table-taken"):
        hold([SCHEDULED], seat(0, 0, OTHER_CITIZEN))


def test_a_meeting_is_held_once() -> None:
    with refused("meeting-held-already"):
        hold([SCHEDULED, HELD], seat())
    with refused("meeting-held-already"):
        hold([], seat(), seat())


def test_a_scheduled_meeting_is_held_as_it_was_scheduled() -> None:
    with refused("meeting-other"):
        hold([SCHEDULED], seat(company_id=OTHER_COMPANY))
    with refused("meeting-other"):
        hold([SCHEDULED], seat(table=1))


def test_no_meeting_is_held_before_the_event() -> None:
    with refused("event-not-yet"):
        hold([], seat(), planned=PLANNED.model_copy(update={"on": TOMORROW}))


def test_a_scheduled_meeting_is_cancelled() -> None:
    command = CancelMeeting(round=0, citizen_id=CITIZEN)
    assert meetings.cancel(given.event(PLANNED), given.meetings(SCHEDULED), command) == CANCELLED


def test_only_a_scheduled_meeting_is_cancelled() -> None:
    for told in ([], [HELD], [SCHEDULED, CANCELLED]):
        with refused("meeting-not-scheduled"):
            meetings.cancel(given.event(PLANNED), given.meetings(*told), CancelMeeting(round=0, citizen_id=CITIZEN))
