"""Placements, as their events tell them."""

from datetime import datetime

from services.outcomes.state.erased import NOT_ERASED
from shared.contracts.outcomes import (
    PlacementAgreed,
    PlacementApproved,
    PlacementCorrected,
    PlacementEnded,
    PlacementStarted,
    PlacementVoided,
)
from shared.persistence import Appliers, Statement


def placement_agreed(event: PlacementAgreed, at: datetime) -> Statement:
    """A placement is to come."""
    return Statement(
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


def placement_approved(event: PlacementApproved, at: datetime) -> Statement:
    """An agreed placement may start."""
    return Statement(
        "UPDATE placement SET approved_by = $2, state = CASE state WHEN 'agreed' THEN 'approved' ELSE state END"
        " WHERE placement_id = $1",
        event.placement_id,
        event.approved_by,
    )


def placement_started(event: PlacementStarted, at: datetime) -> Statement:
    """A placement runs."""
    return Statement(
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


def placement_ended(event: PlacementEnded, at: datetime) -> Statement:
    """A placement ran until a day."""
    return Statement(
        "UPDATE placement SET state = 'ended', ended_on = $2, reason = $3 WHERE placement_id = $1",
        event.placement_id,
        event.on,
        event.reason,
    )


def placement_corrected(event: PlacementCorrected, at: datetime) -> Statement:
    """What the event carries replaces what was recorded."""
    return Statement(
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


def placement_voided(event: PlacementVoided, at: datetime) -> Statement:
    """A placement never was."""
    return Statement(
        "UPDATE placement SET state = 'voided', reason = $2 WHERE placement_id = $1", event.placement_id, event.reason
    )


APPLY: Appliers = {
    PlacementAgreed: placement_agreed,
    PlacementApproved: placement_approved,
    PlacementStarted: placement_started,
    PlacementEnded: placement_ended,
    PlacementCorrected: placement_corrected,
    PlacementVoided: placement_voided,
}
