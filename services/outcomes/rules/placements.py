"""Placements: ordinary job, løntilskud, praktik or flexjob, from start to end.

A placement starts at once or by an agreement (``placement_agreements.py``) and ends once. What was recorded wrongly is
corrected; what never was is voided, and a voided placement stays so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.outcomes.commands import CorrectPlacement, EndPlacement, StartPlacement, VoidPlacement
from services.outcomes.rules.moments import not_after_today
from shared.contracts.outcomes import PlacementCorrected, PlacementEnded, PlacementStarted, PlacementVoided
from shared.contracts.vocabulary import PlacementKind, Timing
from shared.moment import Moment
from shared.problems import Refused

PlacementState = Literal["agreed", "approved", "started", "ended", "voided"]


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement as the commands see it. ``started_on`` is None until it starts."""

    placement_id: UUID
    citizen_id: UUID
    municipality: str
    company_id: UUID | None
    kind: PlacementKind
    temp_agency: bool
    hours_per_week: float
    state: PlacementState
    planned_starts: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    enrolment_id: UUID | None = None
    timing: Timing = "none"


def start(
    command: StartPlacement, others: Iterable[Placement], *, placement_id: UUID, municipality: str, moment: Moment
) -> PlacementStarted:
    """A placement without an agreement made here. ``others`` are the citizen's placements: none is recorded twice."""
    not_after_today(command.on, moment, "The placement's start")
    _temp_agency_fits(command.kind, command.temp_agency)
    linked_timing(command.timing, command.enrolment_id)
    for other in others:
        facts = (other.kind, other.company_id, other.started_on)
        if other.state != "voided" and facts == (command.kind, command.company_id, command.on):
            raise Refused(
                "placement-known",
                "This placement is recorded already",
                f"It has the id {other.placement_id}. Correct it if something in it is wrong.",
                placement_id=str(other.placement_id),
            )
    return PlacementStarted(
        municipality=municipality,
        placement_id=placement_id,
        citizen_id=command.citizen_id,
        company_id=command.company_id,
        kind=command.kind,
        temp_agency=command.temp_agency,
        hours_per_week=command.hours_per_week,
        on=command.on,
        enrolment_id=command.enrolment_id,
        timing=command.timing,
    )


def end(placement: Placement, command: EndPlacement, *, moment: Moment) -> PlacementEnded:
    """The last day of a running placement."""
    started_on = _started(placement)
    if placement.ended_on is not None:
        raise Refused(
            "placement-ended-already",
            f"The placement ended on {placement.ended_on}",
            "A placement ends once. A new placement at the same company is recorded as such.",
        )
    not_after_today(command.on, moment, "The placement's end")
    if command.on < started_on:
        raise Refused(
            "placement-ends-before-start",
            "The placement would end before it started",
            f"It started on {started_on}: give that day or a later one.",
        )
    return PlacementEnded(
        municipality=placement.municipality,
        placement_id=placement.placement_id,
        citizen_id=placement.citizen_id,
        on=command.on,
        company_id=placement.company_id,
        kind=placement.kind,
        enrolment_id=placement.enrolment_id,
        reason=command.reason,
    )


def correct(placement: Placement, command: CorrectPlacement, *, moment: Moment) -> PlacementCorrected:
    """The fields that were recorded wrongly, and only those; the corrected placement must make sense as a whole."""
    _started(placement)
    standing = {
        "company_id": placement.company_id,
        "kind": placement.kind,
        "temp_agency": placement.temp_agency,
        "hours_per_week": placement.hours_per_week,
        "on": placement.started_on,
        "enrolment_id": placement.enrolment_id,
    }
    given = {name: getattr(command, name) for name in standing if getattr(command, name) is not None}
    wrong = {name: value for name, value in given.items() if value != standing[name]}
    if not wrong:
        raise Refused("nothing-changed", "Nothing would change", "Give at least one field that was recorded wrongly.")
    _temp_agency_fits(wrong.get("kind", placement.kind), wrong.get("temp_agency", placement.temp_agency))
    if command.on is not None:
        not_after_today(command.on, moment, "The placement's start")
        if placement.ended_on is not None and command.on > placement.ended_on:
            raise Refused(
                "placement-ends-before-start",
                "The placement would start after it ended",
                f"It ended on {placement.ended_on}: give that day or an earlier one.",
            )
    return PlacementCorrected(
        municipality=placement.municipality,
        placement_id=placement.placement_id,
        citizen_id=placement.citizen_id,
        reason=command.reason,
        **wrong,
    )


def void(placement: Placement, command: VoidPlacement) -> PlacementVoided:
    """The placement never was, whatever its state: it counts nowhere."""
    not_voided(placement)
    return PlacementVoided(
        municipality=placement.municipality,
        placement_id=placement.placement_id,
        citizen_id=placement.citizen_id,
        reason=command.reason,
    )


def not_voided(placement: Placement) -> None:
    """Refuse what cannot be done to a voided placement."""
    if placement.state == "voided":
        raise Refused("placement-voided", "The placement was voided", "Record a new placement if there is one.")


def _started(placement: Placement) -> date:
    not_voided(placement)
    if placement.started_on is None:
        raise Refused("placement-not-started", "The placement has not started", "Record its start first, or void it.")
    return placement.started_on


def _temp_agency_fits(kind: PlacementKind, temp_agency: bool) -> None:
    if temp_agency and kind != "ordinary":
        raise Refused(
            "temp-agency-only-ordinary",
            "Only an ordinary job can be through a temp agency",
            "Give temp_agency false, or kind ordinary.",
        )


def linked_timing(timing: Timing, enrolment_id: UUID | None) -> None:
    """Refuse a timing against a course that is not named."""
    if timing != "none" and enrolment_id is None:
        raise Refused(
            "timing-without-course",
            "before, during and after are said against a course",
            "Give the enrolment_id of the course too, or timing none.",
        )
