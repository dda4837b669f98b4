"""Placements that are agreed first: agreed by citizen, company and jobcenter, approved once, then started."""

from uuid import UUID

from services.outcomes.commands import AgreePlacement, ApprovePlacement, StartAgreedPlacement
from services.outcomes.rules.moments import not_after_today
from services.outcomes.rules.placements import Placement, linked_timing, not_voided
from shared.contracts.outcomes import PlacementAgreed, PlacementApproved, PlacementStarted
from shared.moment import Moment
from shared.problems import Refused


def agree(command: AgreePlacement, *, placement_id: UUID, municipality: str) -> PlacementAgreed:
    """A placement to come; it must be approved before it starts."""
    linked_timing(command.timing, command.enrolment_id)
    if command.ends is not None and command.ends < command.starts:
        raise Refused(
            "placement-ends-before-start",
            "The placement would end before it starts",
            f"Give an end on or after {command.starts}, or leave it out.",
        )
    return PlacementAgreed(
        municipality=municipality,
        placement_id=placement_id,
        citizen_id=command.citizen_id,
        company_id=command.company_id,
        kind=command.kind,
        hours_per_week=command.hours_per_week,
        starts=command.starts,
        ends=command.ends,
        occupation=command.occupation,
        enrolment_id=command.enrolment_id,
        timing=command.timing,
    )


def approve(placement: Placement, command: ApprovePlacement) -> PlacementApproved:
    """The approval of an agreed placement, once."""
    not_voided(placement)
    if placement.state != "agreed":
        raise Refused(
            "placement-not-agreed",
            f"The placement is {placement.state}, not waiting for approval",
            "Only an agreed placement is approved, and only once.",
        )
    return PlacementApproved(
        municipality=placement.municipality,
        placement_id=placement.placement_id,
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        approved_by=command.approved_by,
    )


def start_agreed(placement: Placement, command: StartAgreedPlacement, *, moment: Moment) -> PlacementStarted:
    """An approved placement starts, as it was agreed but for the day."""
    not_voided(placement)
    if placement.state == "agreed":
        raise Refused("placement-not-approved", "The placement has not been approved", "Have it approved first.")
    if placement.started_on is not None:
        raise Refused(
            "placement-started-already",
            f"The placement started on {placement.started_on}",
            "Correct it if the day is wrong.",
        )
    not_after_today(command.on, moment, "The placement's start")
    return PlacementStarted(
        municipality=placement.municipality,
        placement_id=placement.placement_id,
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        kind=placement.kind,
        temp_agency=placement.temp_agency,
        hours_per_week=placement.hours_per_week,
        on=command.on,
        enrolment_id=placement.enrolment_id,
        timing=placement.timing,
    )
