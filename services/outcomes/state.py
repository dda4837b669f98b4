"""How the events of outcomes change its tables: the only code that writes them, but for what reactions say of citizens.

An event that is in the log is always applied, whatever the tables held before: an import, a rebuild and a command
agree. Only of citizens who were erased nothing is written any more. The file is as long as the catalogue of this
service: one function an event.
"""

import json

from shared.contracts.envelope import Envelope
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
    TargetSet,
)
from shared.persistence import Appliers, Transaction

NOT_ERASED = "NOT EXISTS (SELECT FROM known_citizen AS known WHERE known.citizen_id = $2 AND known.erased)"
"""An import may bring back what a citizen's erasure took away; ``$2`` is the citizen."""


async def company_described(tx: Transaction, event: CompanyRegistered | CompanyChanged, envelope: Envelope) -> None:
    """The whole company is known, for the first time or anew."""
    await tx.execute(
        """
        INSERT INTO company (company_id, municipality, name, cvr, p_number, employees, sme, industry)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (company_id) DO UPDATE SET name = excluded.name, cvr = excluded.cvr, p_number = excluded.p_number,
            employees = excluded.employees, sme = excluded.sme, industry = excluded.industry
        """,
        event.company_id,
        event.municipality,
        event.company_name,
        event.cvr,
        event.p_number,
        event.employees,
        event.sme,
        event.industry,
    )


async def agreement_signed(tx: Transaction, event: AgreementSigned, envelope: Envelope) -> None:
    """An agreement is in force from a day."""
    await tx.execute(
        """
        INSERT INTO agreement (agreement_id, company_id, municipality, kind, signed_on, until)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (agreement_id) DO UPDATE SET kind = excluded.kind, signed_on = excluded.signed_on,
            until = excluded.until
        """,
        event.agreement_id,
        event.company_id,
        event.municipality,
        event.kind,
        event.on,
        event.until,
    )


async def agreement_ended(tx: Transaction, event: AgreementEnded, envelope: Envelope) -> None:
    """An agreement is in force no more."""
    await tx.execute("UPDATE agreement SET ended_on = $2 WHERE agreement_id = $1", event.agreement_id, event.on)


async def company_asked(tx: Transaction, event: CompanyAsked, envelope: Envelope) -> None:
    """A company awaits an answer."""
    await tx.execute(
        """
        INSERT INTO contact (contact_id, company_id, municipality, wants, asked) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (contact_id) DO UPDATE SET wants = excluded.wants, asked = excluded.asked
        """,
        event.contact_id,
        event.company_id,
        event.municipality,
        event.wants,
        event.at,
    )


async def company_answered(tx: Transaction, event: CompanyAnswered, envelope: Envelope) -> None:
    """A company has its answer; the first one counts."""
    await tx.execute(
        "UPDATE contact SET answered = least(answered, $2) WHERE contact_id = $1", event.contact_id, event.at
    )


async def order_described(tx: Transaction, event: OrderPlaced | OrderChanged, envelope: Envelope) -> None:
    """The whole order is known, for the first time or anew; ``placed`` is when it first was."""
    await tx.execute(
        """
        INSERT INTO job_order (order_id, company_id, municipality, profile_id, title, demands, kind, seats,
            expectations, visible_in_app, placed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (order_id) DO UPDATE SET company_id = excluded.company_id, profile_id = excluded.profile_id,
            title = excluded.title, demands = excluded.demands, kind = excluded.kind, seats = excluded.seats,
            expectations = excluded.expectations, visible_in_app = excluded.visible_in_app,
            placed = least(job_order.placed, excluded.placed)
        """,
        event.order_id,
        event.company_id,
        event.municipality,
        event.profile_id,
        event.title,
        json.dumps([demand.model_dump() for demand in event.demands]),
        event.kind,
        event.seats,
        event.expectations,
        event.visible_in_app,
        envelope.time,
    )


async def order_closed(tx: Transaction, event: OrderClosed, envelope: Envelope) -> None:
    """An order takes no more candidates."""
    await tx.execute(
        "UPDATE job_order SET closed = $2, closed_reason = $3 WHERE order_id = $1",
        event.order_id,
        envelope.time,
        event.reason,
    )


async def event_planned(tx: Transaction, event: EventPlanned, envelope: Envelope) -> None:
    """A matchmaking event is to come."""
    await tx.execute(
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


async def event_held(tx: Transaction, event: EventHeld, envelope: Envelope) -> None:
    """A matchmaking event took place."""
    await tx.execute("UPDATE matchmaking_event SET held_on = $2 WHERE event_id = $1", event.event_id, event.on)


async def meeting_scheduled(tx: Transaction, event: MeetingScheduled, envelope: Envelope) -> None:
    """A citizen has a seat."""
    await _meeting(tx, event, "scheduled")


async def meeting_cancelled(tx: Transaction, event: MeetingCancelled, envelope: Envelope) -> None:
    """A citizen's seat is free again."""
    await _meeting(tx, event, "cancelled")


async def meeting_held(tx: Transaction, event: MeetingHeld, envelope: Envelope) -> None:
    """A citizen and a company met."""
    await _meeting(tx, event, "held", event.interest_citizen, event.interest_company)


async def _meeting(
    tx: Transaction,
    event: MeetingScheduled | MeetingHeld | MeetingCancelled,
    state: str,
    interest_citizen: bool | None = None,
    interest_company: bool | None = None,
) -> None:
    await tx.execute(
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


async def placement_agreed(tx: Transaction, event: PlacementAgreed, envelope: Envelope) -> None:
    """A placement is to come."""
    await tx.execute(
        f"""
        INSERT INTO placement (placement_id, citizen_id, municipality, company_id, kind, temp_agency, hours_per_week,
            state, planned_starts, planned_ends, occupation, enrolment_id, timing)
        SELECT $1, $2, $3, $4, $5, false, $6, 'agreed', $7, $8, $9, $10, $11 WHERE {NOT_ERASED}
        ON CONFLICT (placement_id) DO UPDATE SET planned_starts = excluded.planned_starts,
            planned_ends = excluded.planned_ends, occupation = excluded.occupation
        """,
        event.placement_id,
        event.citizen_id,
        event.municipality,
        event.company_id,
        event.kind,
        event.hours_per_week,
        event.starts,
        event.ends,
        event.occupation and event.occupation.model_dump_json(),
        event.enrolment_id,
        event.timing,
    )


async def placement_approved(tx: Transaction, event: PlacementApproved, envelope: Envelope) -> None:
    """An agreed placement may start."""
    await tx.execute(
        "UPDATE placement SET approved_by = $2, state = CASE state WHEN 'agreed' THEN 'approved' ELSE state END"
        " WHERE placement_id = $1",
        event.placement_id,
        event.approved_by,
    )


async def placement_started(tx: Transaction, event: PlacementStarted, envelope: Envelope) -> None:
    """A placement runs."""
    await tx.execute(
        f"""
        INSERT INTO placement (placement_id, citizen_id, municipality, company_id, kind, temp_agency, hours_per_week,
            state, started_on, enrolment_id, timing)
        SELECT $1, $2, $3, $4, $5, $6, $7, 'started', $8, $9, $10 WHERE {NOT_ERASED}
        ON CONFLICT (placement_id) DO UPDATE SET company_id = excluded.company_id, kind = excluded.kind,
            temp_agency = excluded.temp_agency, hours_per_week = excluded.hours_per_week, state = 'started',
            started_on = excluded.started_on, enrolment_id = excluded.enrolment_id, timing = excluded.timing
        """,
        event.placement_id,
        event.citizen_id,
        event.municipality,
        event.company_id,
        event.kind,
        event.temp_agency,
        event.hours_per_week,
        event.on,
        event.enrolment_id,
        event.timing,
    )


async def placement_ended(tx: Transaction, event: PlacementEnded, envelope: Envelope) -> None:
    """A placement ran until a day."""
    await tx.execute(
        "UPDATE placement SET state = 'ended', ended_on = $2, reason = $3 WHERE placement_id = $1",
        event.placement_id,
        event.on,
        event.reason,
    )


async def placement_corrected(tx: Transaction, event: PlacementCorrected, envelope: Envelope) -> None:
    """What the event carries replaces what was recorded."""
    await tx.execute(
        """
        UPDATE placement SET company_id = coalesce($2, company_id), kind = coalesce($3, kind),
            temp_agency = coalesce($4, temp_agency), hours_per_week = coalesce($5, hours_per_week),
            started_on = coalesce($6, started_on), enrolment_id = coalesce($7, enrolment_id)
        WHERE placement_id = $1
        """,
        event.placement_id,
        event.company_id,
        event.kind,
        event.temp_agency,
        event.hours_per_week,
        event.on,
        event.enrolment_id,
    )


async def placement_voided(tx: Transaction, event: PlacementVoided, envelope: Envelope) -> None:
    """A placement never was."""
    await tx.execute(
        "UPDATE placement SET state = 'voided', reason = $2 WHERE placement_id = $1", event.placement_id, event.reason
    )


async def target_set(tx: Transaction, event: TargetSet, envelope: Envelope) -> None:
    """A target holds from now on."""
    await tx.execute(
        """
        INSERT INTO target (municipality, indicator, period, value) VALUES ($1, $2, $3, $4)
        ON CONFLICT (municipality, indicator, period) DO UPDATE SET value = excluded.value
        """,
        event.municipality,
        event.indicator,
        event.period,
        event.value,
    )
    await tx.execute(
        """
        INSERT INTO target_setting (municipality, indicator, period, sequence, recorded, value)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """,
        event.municipality,
        event.indicator,
        event.period,
        envelope.sequence,
        envelope.recordedtime,
        event.value,
    )


APPLY: Appliers = {
    CompanyRegistered: company_described,
    CompanyChanged: company_described,
    AgreementSigned: agreement_signed,
    AgreementEnded: agreement_ended,
    CompanyAsked: company_asked,
    CompanyAnswered: company_answered,
    OrderPlaced: order_described,
    OrderChanged: order_described,
    OrderClosed: order_closed,
    EventPlanned: event_planned,
    EventHeld: event_held,
    MeetingScheduled: meeting_scheduled,
    MeetingHeld: meeting_held,
    MeetingCancelled: meeting_cancelled,
    PlacementAgreed: placement_agreed,
    PlacementApproved: placement_approved,
    PlacementStarted: placement_started,
    PlacementEnded: placement_ended,
    PlacementCorrected: placement_corrected,
    PlacementVoided: placement_voided,
    TargetSet: target_set,
}
