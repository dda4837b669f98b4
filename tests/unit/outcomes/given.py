"""Given events: what the rules are told of a company, an event or a placement after them.

The services' tables say the same (``services/outcomes/state``); ``tests/real/outcomes/test_replay.py`` compares.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from services.outcomes.rules.agreements import Agreement
from services.outcomes.rules.companies import Company
from services.outcomes.rules.contacts import Contact
from services.outcomes.rules.events import MatchmakingEvent
from services.outcomes.rules.meetings import Meeting, MeetingState
from services.outcomes.rules.orders import Order
from services.outcomes.rules.placements import Placement
from shared.contracts.event import Event
from shared.contracts.outcomes import (
    AgreementEnded,
    AgreementSigned,
    CompanyAnswered,
    CompanyAsked,
    CompanyChanged,
    CompanyRegistered,
    EventHeld,
    EventPlanned,
    MeetingCancelled,
    MeetingHeld,
    MeetingScheduled,
    OrderChanged,
    OrderClosed,
    OrderPlaced,
    PlacementAgreed,
    PlacementApproved,
    PlacementCorrected,
    PlacementEnded,
    PlacementStarted,
    PlacementVoided,
)
from shared.moment import Moment

HERE = "0101"
NOON = Moment(datetime(2026, 3, 10, 11, 0, tzinfo=UTC))  # 10 March, noon in Denmark
TODAY = date(2026, 3, 10)
YESTERDAY, TOMORROW = date(2026, 3, 9), date(2026, 3, 11)


def an_id(number: int) -> UUID:
    """The same id for the same number."""
    return UUID(int=number)


COMPANY, OTHER_COMPANY, CITIZEN, OTHER_CITIZEN = an_id(1), an_id(2), an_id(11), an_id(12)
AGREEMENT, CONTACT, EVENT, PLACEMENT, COHORT, ENROLMENT = (an_id(n) for n in (21, 31, 41, 51, 61, 71))
ORDER, PROFILE = an_id(81), an_id(91)


def company(*events: CompanyRegistered | CompanyChanged) -> Company:
    """The company that these events tell of."""
    last = events[-1]
    return Company(
        last.company_id, last.municipality, last.company_name, last.cvr, last.p_number, last.employees, last.industry
    )


def agreement(signed: AgreementSigned, *ended: AgreementEnded) -> Agreement:
    """The agreement that these events tell of."""
    return Agreement(
        signed.agreement_id,
        signed.company_id,
        signed.municipality,
        signed.kind,
        signed.on,
        signed.until,
        ended[0].on if ended else None,
    )


def contact(asked: CompanyAsked, *answered: CompanyAnswered) -> Contact:
    """The contact that these events tell of."""
    return Contact(
        asked.contact_id,
        asked.company_id,
        asked.municipality,
        asked.wants,
        asked.at,
        answered[0].at if answered else None,
    )


def order(*events: OrderPlaced | OrderChanged | OrderClosed) -> Order:
    """The job order that these events tell of."""
    last = [told for told in events if not isinstance(told, OrderClosed)][-1]
    return Order(
        last.order_id,
        last.company_id,
        last.municipality,
        last.profile_id,
        last.title,
        last.demands,
        last.kind,
        last.seats,
        last.expectations,
        last.visible_in_app,
        closed=any(isinstance(told, OrderClosed) for told in events),
    )


def event(planned: EventPlanned, *held: EventHeld) -> MatchmakingEvent:
    """The matchmaking event that these events tell of."""
    return MatchmakingEvent(
        planned.event_id,
        planned.municipality,
        planned.cohort_ids,
        planned.companies,
        planned.rounds,
        planned.online,
        planned.on,
        held[0].on if held else None,
    )


def meetings(*events: MeetingScheduled | MeetingHeld | MeetingCancelled) -> list[Meeting]:
    """The meetings that these events tell of: the last word on each citizen and round."""
    states: dict[type[Event], MeetingState] = {
        MeetingScheduled: "scheduled",
        MeetingHeld: "held",
        MeetingCancelled: "cancelled",
    }
    told = {
        (e.round, e.citizen_id): Meeting(e.round, e.table, e.citizen_id, e.company_id, states[type(e)]) for e in events
    }
    return list(told.values())


def placement(first: PlacementAgreed | PlacementStarted, *events: Event) -> Placement:
    """The placement that these events tell of."""
    placement = Placement(
        placement_id=first.placement_id,
        citizen_id=first.citizen_id,
        municipality=first.municipality,
        company_id=first.company_id,
        kind=first.kind,
        temp_agency=False,
        hours_per_week=first.hours_per_week,
        state="agreed",
        planned_starts=first.starts if isinstance(first, PlacementAgreed) else None,
        enrolment_id=first.enrolment_id,
        timing=first.timing,
    )
    for told in (first, *events):
        placement = _after(placement, told)
    return placement


def _after(placement: Placement, told: Event) -> Placement:
    if isinstance(told, PlacementApproved):
        return replace(placement, state="approved")
    if isinstance(told, PlacementStarted):
        return replace(placement, state="started", started_on=told.on, temp_agency=told.temp_agency)
    if isinstance(told, PlacementEnded):
        return replace(placement, state="ended", ended_on=told.on)
    if isinstance(told, PlacementVoided):
        return replace(placement, state="voided")
    if isinstance(told, PlacementCorrected):
        names = {"on": "started_on"} | dict.fromkeys(["company_id", "kind", "temp_agency", "hours_per_week"])
        fields = {names[n] or n: getattr(told, n) for n in names if getattr(told, n) is not None}
        return replace(placement, **fields)
    return placement
