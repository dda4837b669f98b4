"""What a job profile must be."""

from uuid import UUID

import pytest

from services.assessment.rules import profile
from shared.contracts.assessment import JobProfileClosed, JobProfilePublished
from shared.contracts.vocabulary import Demand, Occupation
from shared.problems import Refused

PROFILE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09")
HELPER = Occupation(scheme="DISCO-08", code="5322")


def publish(*demands: Demand) -> JobProfilePublished:
    return profile.publish(
        PROFILE,
        "0101",
        title="Social- og sundhedshjælper",
        occupation=HELPER,
        demands=demands,
        tasks=["Dokumenterer i den elektroniske omsorgsjournal"],
        company_id=None,
        validated=False,
    )


def test_a_profile_is_published_with_its_demands_in_the_order_of_the_areas() -> None:
    event = publish(Demand(area=4, level=2), Demand(area=1, level=3, weight=2.0))
    assert event == JobProfilePublished(
        municipality="0101",
        profile_id=PROFILE,
        title="Social- og sundhedshjælper",
        occupation=HELPER,
        demands=(Demand(area=1, level=3, weight=2.0), Demand(area=4, level=2, weight=1.0)),
        tasks=("Dokumenterer i den elektroniske omsorgsjournal",),
        validated=False,
    )


def test_an_area_is_demanded_once() -> None:
    with pytest.raises(Refused) as refusal:
        publish(Demand(area=1, level=3), Demand(area=1, level=4))
    assert refusal.value.code == "demand-twice"


def test_a_profile_is_closed_once() -> None:
    event = profile.close(PROFILE, "0101", "Erstattet", closed=False)
    assert event == JobProfileClosed(municipality="0101", profile_id=PROFILE, reason="Erstattet")
    with pytest.raises(Refused) as refusal:
        profile.close(PROFILE, "0101", None, closed=True)
    assert refusal.value.code == "profile-closed"
