"""Placements: start, end, correct, void; each kind, and no placement twice."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from services.outcomes.commands import CorrectPlacement, EndPlacement, StartPlacement, VoidPlacement
from services.outcomes.rules import placements
from services.outcomes.rules.placements import Placement
from shared.contracts.outcomes import PlacementCorrected, PlacementEnded, PlacementStarted, PlacementVoided
from shared.moment import Moment
from tests.unit.outcomes.given import (
    CITIZEN,
    COMPANY,
    ENROLMENT,
    HERE,
    NOON,
    OTHER_COMPANY,
    PLACEMENT,
    TODAY,
    TOMORROW,
    YESTERDAY,
    an_id,
    placement,
)
from tests.unit.outcomes.refusal import refused

FACTS: dict[str, Any] = {"citizen_id": CITIZEN, "company_id": COMPANY, "kind": "praktik", "hours_per_week": 25}
STARTED = PlacementStarted(municipality=HERE, placement_id=PLACEMENT, temp_agency=False, on=YESTERDAY, **FACTS)
ENDED = PlacementEnded(
    municipality=HERE, placement_id=PLACEMENT, citizen_id=CITIZEN, on=TODAY, company_id=COMPANY, kind="praktik"
)
VOIDED = PlacementVoided(municipality=HERE, placement_id=PLACEMENT, citizen_id=CITIZEN, reason="fejl")


def start(others: list[Placement] | None = None, moment: Moment = NOON, **fields: Any) -> PlacementStarted:
    command = StartPlacement(**(FACTS | {"on": YESTERDAY} | fields))
    return placements.start(command, others or [], placement_id=PLACEMENT, municipality=HERE, moment=moment)


def end(told: Placement, on: date) -> PlacementEnded:
    return placements.end(told, EndPlacement(on=on), moment=NOON)


def correct(told: Placement, **fields: Any) -> PlacementCorrected:
    return placements.correct(told, CorrectPlacement(**fields), moment=NOON)


@pytest.mark.parametrize("kind", ["ordinary", "wage-subsidy", "praktik", "flexjob"])
@pytest.mark.parametrize("hours", [1, 18.5, 37])
def test_a_placement_of_each_kind_starts(kind: str, hours: float) -> None:
    told = start(kind=kind, hours_per_week=hours)
    assert (told.kind, told.hours_per_week, told.on, told.citizen_id) == (kind, hours, YESTERDAY, CITIZEN)


def test_a_placement_may_belong_to_a_course_and_the_employer_may_be_unknown() -> None:
    told = start(kind="ordinary", company_id=None, enrolment_id=ENROLMENT, timing="after")
    assert (told.company_id, told.enrolment_id, told.timing) == (None, ENROLMENT, "after")
    with refused("timing-without-course"):
        start(timing="during")


@pytest.mark.parametrize("hours", [0, 0.5, 37.5, -1, 100])
def test_a_week_has_1_to_37_hours(hours: float) -> None:
    with pytest.raises(ValidationError):
        start(hours_per_week=hours)


@pytest.mark.parametrize("kind", ["job", "ordinary_job", "Praktik", ""])
def test_there_are_four_kinds(kind: str) -> None:
    with pytest.raises(ValidationError):
        start(kind=kind)


def test_only_an_ordinary_job_goes_through_a_temp_agency() -> None:
    assert start(kind="ordinary", temp_agency=True).temp_agency
    for kind in ("wage-subsidy", "praktik", "flexjob"):
        with refused("temp-agency-only-ordinary"):
            start(kind=kind, temp_agency=True)


def test_a_placement_starts_today_or_earlier() -> None:
    assert start(on=TODAY).on == TODAY
    with refused("not-yet"):
        start(on=TOMORROW)
    late_in_utc = Moment(datetime(2026, 3, 10, 23, 30, tzinfo=UTC))  # 11 March in Denmark
    assert start(on=TOMORROW, moment=late_in_utc).on == TOMORROW


def test_a_placement_is_recorded_once() -> None:
    with refused("placement-known") as refusal:
        start([placement(STARTED)])
    assert refusal.value.members == {"placement_id": str(PLACEMENT)}


@pytest.mark.parametrize(
    "other",
    [
        placement(STARTED, VOIDED),
        placement(STARTED.model_copy(update={"company_id": OTHER_COMPANY})),
        placement(STARTED.model_copy(update={"kind": "ordinary"})),
        placement(STARTED.model_copy(update={"on": date(2026, 3, 8)})),
    ],
    ids=["voided", "other company", "other kind", "other day"],
)
def test_another_placement_beside_it_is_no_double(other: Placement) -> None:
    assert start([other])


def test_a_placement_ends_on_its_first_day_or_later() -> None:
    assert end(placement(STARTED), TODAY) == ENDED
    assert end(placement(STARTED), YESTERDAY).on == YESTERDAY
    with refused("placement-ends-before-start"):
        end(placement(STARTED), date(2026, 3, 8))
    with refused("not-yet"):
        end(placement(STARTED), TOMORROW)


def test_a_placement_ends_once() -> None:
    with refused("placement-ended-already"):
        end(placement(STARTED, ENDED), TODAY)


def test_a_voided_placement_is_neither_ended_corrected_nor_voided_again() -> None:
    voided = placement(STARTED, VOIDED)
    with refused("placement-voided"):
        end(voided, TODAY)
    with refused("placement-voided"):
        correct(voided, kind="ordinary")
    with refused("placement-voided"):
        placements.void(voided, VoidPlacement(reason="igen"))


@pytest.mark.parametrize("told", [placement(STARTED), placement(STARTED, ENDED)], ids=["running", "ended"])
def test_a_placement_is_voided_whatever_became_of_it(told: Placement) -> None:
    assert placements.void(told, VoidPlacement(reason="fejl")) == VOIDED


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ({"kind": "wage-subsidy"}, {"kind": "wage-subsidy"}),
        ({"kind": "wage-subsidy", "hours_per_week": 25}, {"kind": "wage-subsidy"}),
        ({"hours_per_week": 37, "on": date(2026, 3, 1)}, {"hours_per_week": 37, "on": date(2026, 3, 1)}),
        ({"kind": "ordinary", "temp_agency": True}, {"kind": "ordinary", "temp_agency": True}),
        ({"company_id": OTHER_COMPANY, "reason": "forkert"}, {"company_id": OTHER_COMPANY, "reason": "forkert"}),
        ({"enrolment_id": ENROLMENT}, {"enrolment_id": ENROLMENT}),
    ],
)
def test_a_correction_carries_what_was_wrong_and_nothing_else(given: dict[str, Any], carried: dict[str, Any]) -> None:
    assert correct(placement(STARTED), **given) == PlacementCorrected(
        municipality=HERE, placement_id=PLACEMENT, citizen_id=CITIZEN, **carried
    )


def test_a_correction_that_corrects_nothing_is_refused() -> None:
    for fields in ({}, {"kind": "praktik"}, {"on": YESTERDAY, "hours_per_week": 25}, {"reason": "ingen"}):
        with refused("nothing-changed"):
            correct(placement(STARTED), **fields)


def test_a_corrected_placement_makes_sense_as_a_whole() -> None:
    with refused("temp-agency-only-ordinary"):
        correct(placement(STARTED), temp_agency=True)
    with refused("not-yet"):
        correct(placement(STARTED), on=TOMORROW)
    ended = placement(STARTED, ENDED.model_copy(update={"on": YESTERDAY}))
    with refused("placement-ends-before-start"):
        correct(ended, on=TODAY)
    job = placement(STARTED.model_copy(update={"kind": "ordinary", "temp_agency": True}))
    with refused("temp-agency-only-ordinary"):
        correct(job, kind="flexjob")
    assert correct(job, kind="flexjob", temp_agency=False).kind == "flexjob"


def test_a_corrected_start_is_the_one_that_an_end_is_compared_with() -> None:
    moved = placement(STARTED, correct(placement(STARTED), on=TODAY))
    with refused("placement-ends-before-start"):
        end(moved, YESTERDAY)


def test_a_citizen_has_more_than_one_placement() -> None:
    first, second = placement(STARTED), placement(STARTED.model_copy(update={"placement_id": an_id(52), "on": TODAY}))
    assert start([first, second], on=date(2026, 3, 1))
