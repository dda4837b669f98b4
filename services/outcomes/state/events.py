"""Matchmaking events and their meetings, as their events tell them."""

from datetime import datetime

from services.outcomes.state.erased import NOT_ERASED
from shared.contracts.outcomes import EventHeld, EventPlanned, MeetingCancelled, MeetingHeld, MeetingScheduled
from shared.persistence import Appliers, Statement


def event_planned(event: EventPlanned, at: datetime) -> Statement:
    """A matchmaking event is to come."""
    return Statement(
        """
        INSERT INTO matchmaking_event (event_id, municipality, cohort_ids, companies, rounds, online, planned_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (event_id) DO UPDATE SET cohort_ids = excluded.cohort_ids, companies = excluded.companies,
            rounds = excluded.rounds, online = excluded.online, planned_on = excluded.planned_on
        """,
        event.event_id,
        event.municipality,
        list(event.cohort_ids),
        list(event.companies),
        event.rounds,
        event.online,
        event.on,
    )


def event_held(event: EventHeld, at: datetime) -> Statement:
    """A matchmaking event took place."""
    return Statement("UPDATE matchmaking_event SET held_on = $2 WHERE event_id = $1", event.event_id, event.on)


def meeting_scheduled(event: MeetingScheduled, at: datetime) -> Statement:
    """A citizen has a seat."""
    return _meeting(event, "scheduled")


def meeting_cancelled(event: MeetingCancelled, at: datetime) -> Statement:
    """A citizen's seat is free again."""
    return _meeting(event, "cancelled")


def meeting_held(event: MeetingHeld, at: datetime) -> Statement:
    """A citizen and a company met."""
    return _meeting(event, "held", event.interest_citizen, event.interest_company)


def _meeting(
    event: MeetingScheduled | MeetingHeld | MeetingCancelled,
    state: str,
    interest_citizen: bool | None = None,
    interest_company: bool | None = None,
) -> Statement:
    return Statement(
        f"""
        INSERT INTO meeting (event_id, citizen_id, round, municipality, table_number, company_id, state,
            interest_citizen, interest_company)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE {NOT_ERASED}
        ON CONFLICT (event_id, round, citizen_id) DO UPDATE SET table_number = excluded.table_number,
            company_id = excluded.company_id, state = excluded.state, interest_citizen = excluded.interest_citizen,
            interest_company = excluded.interest_company
        """,
        event.event_id,
        event.citizen_id,
        event.round,
        event.municipality,
        event.table,
        event.company_id,
        state,
        interest_citizen,
        interest_company,
    )


APPLY: Appliers = {
    EventPlanned: event_planned,
    EventHeld: event_held,
    MeetingScheduled: meeting_scheduled,
    MeetingHeld: meeting_held,
    MeetingCancelled: meeting_cancelled,
}
