"""Matchmaking events: planned for a day to come with registered companies, held once."""

from datetime import UTC, date, datetime

from services.outcomes.commands import HoldEvent, PlanEvent
from services.outcomes.rules import events
from shared.contracts.outcomes import EventHeld, EventPlanned
from shared.moment import Moment
from tests.unit.outcomes.given import (
    COHORT,
    COMPANY,
    EVENT,
    HERE,
    NOON,
    OTHER_COMPANY,
    TODAY,
    TOMORROW,
    YESTERDAY,
    event,
)
from tests.unit.outcomes.refusal import refused

BOTH = {COMPANY, OTHER_COMPANY}
PLAN = PlanEvent(cohort_ids=[COHORT], companies=[COMPANY, OTHER_COMPANY], rounds=3, online=False, on=TODAY)
PLANNED = EventPlanned(
    municipality=HERE,
    event_id=EVENT,
    cohort_ids=(COHORT,),
    companies=(COMPANY, OTHER_COMPANY),
    rounds=3,
    online=False,
    on=TODAY,
)
HELD = EventHeld(municipality=HERE, event_id=EVENT, on=TODAY)


def plan(command: PlanEvent, known: set[object] | None = None, moment: Moment = NOON) -> EventPlanned:
    known_companies = BOTH if known is None else known
    return events.plan(
        command,
        event_id=EVENT,
        municipality=HERE,
        known_companies=known_companies,
        moment=moment,  # type: ignore[arg-type]
    )


def test_an_event_is_planned() -> None:
    assert plan(PLAN) == PLANNED


def test_a_company_named_twice_takes_part_once() -> None:
    command = PLAN.model_copy(update={"companies": [COMPANY, OTHER_COMPANY, COMPANY], "cohort_ids": [COHORT, COHORT]})
    assert plan(command) == PLANNED


def test_companies_that_are_not_registered_are_named_in_the_refusal() -> None:
    with refused("company-unknown") as refusal:
        plan(PLAN, known={COMPANY})
    assert refusal.value.members == {"companies": [str(OTHER_COMPANY)]}


def test_an_event_is_not_planned_for_the_past_but_a_past_planning_can_be_told() -> None:
    past = PLAN.model_copy(update={"on": YESTERDAY})
    with refused("event-in-the-past"):
        plan(past)
    assert plan(past, moment=Moment(datetime(2026, 3, 1, 8, 0, tzinfo=UTC), told=True)).on == YESTERDAY


def test_an_event_is_held_on_the_planned_day_unless_another_is_said() -> None:
    assert events.hold(event(PLANNED), HoldEvent(), moment=NOON) == HELD
    assert events.hold(event(PLANNED), HoldEvent(on=YESTERDAY), moment=NOON).on == YESTERDAY


def test_an_event_is_held_once() -> None:
    with refused("event-held-already"):
        events.hold(event(PLANNED, HELD), HoldEvent(), moment=NOON)


def test_an_event_is_not_held_before_its_day_has_come() -> None:
    with refused("not-yet"):
        events.hold(event(PLANNED.model_copy(update={"on": TOMORROW})), HoldEvent(), moment=NOON)
    with refused("not-yet"):
        events.hold(event(PLANNED), HoldEvent(on=date(2027, 1, 1)), moment=NOON)
