"""Agreed placements: agreed, approved once, started; a change means voiding it and agreeing anew."""

from datetime import date
from typing import Any

from services.outcomes.commands import (
    AgreePlacement,
    ApprovePlacement,
    CorrectPlacement,
    EndPlacement,
    StartAgreedPlacement,
    VoidPlacement,
)
from services.outcomes.rules import placement_agreements, placements
from shared.contracts.event import Event
from shared.contracts.outcomes import PlacementAgreed, PlacementApproved, PlacementStarted
from shared.contracts.vocabulary import Occupation
from tests.unit.outcomes.given import (
    CITIZEN,
    COMPANY,
    ENROLMENT,
    HERE,
    NOON,
    PLACEMENT,
    TODAY,
    TOMORROW,
    YESTERDAY,
    placement,
)
from tests.unit.outcomes.refusal import refused
from tests.unit.outcomes.test_placements import ENDED, VOIDED

FACTS: dict[str, Any] = {
    "citizen_id": CITIZEN,
    "company_id": COMPANY,
    "kind": "praktik",
    "hours_per_week": 37,
    "enrolment_id": ENROLMENT,
    "timing": "during",
}
OCCUPATION = Occupation(scheme="DISCO-08", code="4110")
AGREED = PlacementAgreed(
    municipality=HERE, placement_id=PLACEMENT, starts=TODAY, ends=date(2026, 4, 10), occupation=OCCUPATION, **FACTS
)
APPROVED = PlacementApproved(
    municipality=HERE, placement_id=PLACEMENT, citizen_id=CITIZEN, company_id=COMPANY, approved_by="jobcenter"
)
STARTED = PlacementStarted(municipality=HERE, placement_id=PLACEMENT, temp_agency=False, on=TODAY, **FACTS)


def agree(**fields: Any) -> PlacementAgreed:
    command = AgreePlacement(
        **(FACTS | {"starts": TODAY, "ends": date(2026, 4, 10), "occupation": OCCUPATION} | fields)
    )
    return placement_agreements.agree(command, placement_id=PLACEMENT, municipality=HERE)


def start(*told: Event, on: date = TODAY) -> PlacementStarted:
    return placement_agreements.start_agreed(placement(AGREED, *told), StartAgreedPlacement(on=on), moment=NOON)


def test_a_placement_to_come_is_agreed_with_its_course() -> None:
    assert agree() == AGREED
    assert agree(starts=TOMORROW, ends=None).starts == TOMORROW


def test_an_agreed_placement_does_not_end_before_it_starts() -> None:
    assert agree(ends=TODAY).ends == TODAY
    with refused("placement-ends-before-start"):
        agree(ends=YESTERDAY)
    with refused("timing-without-course"):
        agree(enrolment_id=None)


def test_an_agreed_placement_is_approved_once() -> None:
    approve = ApprovePlacement(approved_by="jobcenter")
    assert placement_agreements.approve(placement(AGREED), approve) == APPROVED
    with refused("placement-not-agreed"):
        placement_agreements.approve(placement(AGREED, APPROVED), approve)
    with refused("placement-not-agreed"):
        placement_agreements.approve(placement(STARTED), approve)
    with refused("placement-voided"):
        placement_agreements.approve(placement(AGREED, VOIDED), approve)


def test_an_approved_placement_starts_as_agreed_on_whatever_day_it_does() -> None:
    assert start(APPROVED) == STARTED
    assert start(APPROVED, on=YESTERDAY).on == YESTERDAY


def test_an_agreed_placement_starts_after_approval_once_and_not_in_the_future() -> None:
    with refused("placement-not-approved"):
        start()
    with refused("placement-started-already"):
        start(APPROVED, STARTED)
    with refused("placement-started-already"):
        start(APPROVED, STARTED, ENDED)
    with refused("placement-voided"):
        start(APPROVED, VOIDED)
    with refused("not-yet"):
        start(APPROVED, on=TOMORROW)


def test_what_has_not_started_is_voided_but_neither_ended_nor_corrected() -> None:
    for told in (placement(AGREED), placement(AGREED, APPROVED)):
        with refused("placement-not-started"):
            placements.end(told, EndPlacement(on=TODAY), moment=NOON)
        with refused("placement-not-started"):
            placements.correct(told, CorrectPlacement(kind="ordinary"), moment=NOON)
        assert placements.void(told, VoidPlacement(reason="fejl")) == VOIDED
