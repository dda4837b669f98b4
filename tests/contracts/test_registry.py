"""The registry holds the whole catalogue, and every class keeps the promises that readers rely on."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.contracts.assessment import JobProfilePublished, TestFinished
from shared.contracts.courses import CertificateAwarded, MaterialOpened, ParticipationEnded
from shared.contracts.event import Event
from shared.contracts.intake import CitizenChanged, CitizenRegistered, ReferralMade, WorkshopVisited
from shared.contracts.outcomes import (
    CompanyAsked,
    CompanyRegistered,
    PlacementCorrected,
    PlacementStarted,
    TargetSet,
)
from shared.contracts.registry import EVENTS, UnknownEventType, event_class, payload, schema_address
from shared.contracts.sample import sample
from shared.contracts.vocabulary import Reason

CATALOGUE = {
    "intake": """
        citizen-registered citizen-changed citizens-merged consent-given consent-withdrawn barrier-recorded
        referral-made referral-answered workshop-visited workshop-visit-voided self-service-granted citizen-left
        citizen-erased""",
    "assessment": """
        test-started test-abandoned test-aborted test-expired test-finished result-rescored job-profile-published
        job-profile-closed
        gap-found""",
    "courses": """
        course-offered course-changed course-closed pilot-opened pilot-decided cohort-opened cohort-cancelled
        citizen-identified citizen-invited invitation-answered citizen-enrolled citizen-waitlisted seat-offered
        seat-offer-expired enrolment-withdrawn roster-frozen participation-started attendance-recorded
        participation-ended
        certificate-awarded certificate-revoked material-opened""",
    "outcomes": """
        company-registered company-changed agreement-signed agreement-ended company-asked company-answered order-placed
        order-changed order-closed interest-declared interest-withdrawn citizen-introduced event-planned event-held
        meeting-scheduled meeting-held meeting-cancelled placement-agreed placement-approved placement-voided
        placement-started placement-ended placement-corrected target-set""",
}
OTHER_ENTITIES = {
    "job-profile-published": "profile",
    "job-profile-closed": "profile",
    "course-offered": "course",
    "course-changed": "course",
    "course-closed": "course",
    "pilot-opened": "pilot",
    "pilot-decided": "pilot",
    "cohort-opened": "cohort",
    "cohort-cancelled": "cohort",
    "roster-frozen": "cohort",
    "company-registered": "company",
    "company-changed": "company",
    "agreement-signed": "company",
    "agreement-ended": "company",
    "company-asked": "company",
    "company-answered": "company",
    "order-placed": "order",
    "order-changed": "order",
    "order-closed": "order",
    "event-planned": "event",
    "event-held": "event",
    "target-set": "target",
}

every_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)


def test_the_registry_is_the_catalogue() -> None:
    assert {service: {event.name for event in EVENTS if event.service == service} for service in CATALOGUE} == {
        service: set(names.split()) for service, names in CATALOGUE.items()
    }
    assert len(EVENTS) == 68


def test_names_are_unique_across_services() -> None:
    assert len({event.name for event in EVENTS}) == len({event.__name__ for event in EVENTS}) == len(EVENTS)


@every_event
def test_type_and_file_follow_from_the_name(event: type[Event]) -> None:
    assert event.type() == f"dk.loeft.{event.service}.{event.name}.v1"
    assert event.__module__ == f"shared.contracts.{event.service}.{event.name.replace('-', '_')}"
    assert schema_address(event) == f"https://loeft.example/schemas/{event.service}/{event.name}.v1.json"
    assert event_class(event.type()) is event


@every_event
def test_the_history_it_belongs_to(event: type[Event]) -> None:
    kind, _, entity_id = event.example().subject.partition("/")
    assert kind == OTHER_ENTITIES.get(event.name, "citizen")
    assert UUID(entity_id)
    if kind == "citizen":
        assert entity_id == str(getattr(event.example(), "citizen_id"))  # noqa: B009 - not every class has it


@every_event
def test_the_example_survives_json(event: type[Event]) -> None:
    example = event.example()
    assert event.model_validate(example.data()) == example
    assert event.model_validate_json(example.model_dump_json()) == example
    assert payload(sample(event)) == example


@every_event
def test_every_field_is_explained_and_every_text_and_list_has_a_limit(event: type[Event]) -> None:
    schema = event.model_json_schema()
    shapes = [schema, *schema.get("$defs", {}).values()]
    assert event.__doc__
    for shape in shapes:
        for name, field in shape["properties"].items():
            alternatives = field.get("anyOf", [field])
            described = "description" in field or any("description" in each or "$ref" in each for each in alternatives)
            assert described or field.get("items"), f"{name} has no description"
            for each in values(field):
                anything = each.get("pattern") in (None, r"^[^\x00]*$")
                bounded = {"maxLength", "enum", "const", "format"} & each.keys() or not anything
                assert each.get("type") != "string" or bounded, f"{name} is text without limit"
                assert each.get("type") != "array" or "maxItems" in each, f"{name} is a list without limit"


def values(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for each in [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]:
        yield from values(each)


@every_event
def test_citizens_are_never_named(event: type[Event]) -> None:
    """Names belong to companies and courses only; no field holds a CPR number, an address or a day of birth."""
    fields = {field.alias or name for name, field in event.model_fields.items()}
    assert not fields & {"cpr", "cpr_number", "address", "first_name", "last_name", "birth_date", "phone", "email"}
    if "citizen_id" in fields:
        assert "name" not in fields
        assert event.classification != "public"


@every_event
def test_unknown_fields_are_ignored(event: type[Event]) -> None:
    assert event.model_validate(event.example().data() | {"a_field_of_tomorrow": 1}) == event.example()


# -- single promises ----------------------------------------------------------------------------------------------


def changed(event: type[Event], **fields: Any) -> Event:
    return event.model_validate(event.example().data() | fields)


def test_unknown_types_are_told_clearly() -> None:
    with pytest.raises(UnknownEventType, match=r"unknown event type 'dk.loeft.intake.citizen-flew.v1'"):
        event_class("dk.loeft.intake.citizen-flew.v1")


def test_a_target_has_a_computed_id() -> None:
    # uuid5(NAMESPACE_URL, "loeft:target:0101:mikrosprint_job:2026"), as Node's SHA-1 gives it
    assert TargetSet.example().subject == "target/12424a09-5421-5a40-a5f3-ff66ad68d805"
    assert changed(TargetSet, value=7).subject == TargetSet.example().subject
    assert changed(TargetSet, period="2027").subject != TargetSet.example().subject


@pytest.mark.parametrize(("event", "kind"), [(WorkshopVisited, "visit"), (MaterialOpened, "material")])
def test_without_a_citizen_an_entity_of_its_own(event: type[Event], kind: str) -> None:
    data = event.example().data()
    assert event.model_validate(data).subject == f"citizen/{data['citizen_id']}"
    del data["citizen_id"]
    anonymous = event.model_validate(data)
    assert anonymous.subject == f"{kind}/{data[f'{kind}_id']}"
    assert "citizen_id" not in anonymous.data()


def test_names_in_json_are_those_of_the_catalogue() -> None:
    assert CompanyRegistered.example().model_dump(mode="json")["name"] == "Økoladen ApS"
    assert CertificateAwarded.example().model_dump(mode="json")["type"] == "Certification"
    assert TestFinished.example().data()["areas"][0]["level_low"] == 3


def test_a_correction_says_only_what_changed() -> None:
    correction = PlacementCorrected.model_validate(
        {
            "municipality": "0101",
            "placement_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c07",
            "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
            "on": "2026-03-17",
        }
    )
    assert correction.data().keys() == {"municipality", "placement_id", "citizen_id", "on"}
    assert correction.on == date(2026, 3, 17)


def test_a_change_says_from_when() -> None:
    with pytest.raises(ValidationError, match="valid_from"):
        CitizenChanged.model_validate({"municipality": "0101", "citizen_id": CitizenChanged.example().entity_id})


def test_timing_is_none_unless_told() -> None:
    data = PlacementStarted.example().data()
    del data["timing"]
    assert PlacementStarted.model_validate(data).timing == "none"


def test_moments_need_a_zone() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        changed(CompanyAsked, at="2026-01-19T08:12:00")


@pytest.mark.parametrize("reason", ["completed", "got_job", "dropped_out", "ill", "moved", "education", "other_effort",
                                    "not_met", "cancelled_by_provider", "mis_registered"])  # fmt: skip
def test_the_end_reasons(reason: str) -> None:
    assert changed(ParticipationEnded, reason=reason).data()["reason"] == reason


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (ParticipationEnded, {"reason": "got-job"}),
        (PlacementStarted, {"kind": "job"}),
        (PlacementStarted, {"hours_per_week": 0}),
        (CitizenRegistered, {"municipality": "101"}),
        (CitizenRegistered, {"municipality": "٠١٠١"}),
        (CitizenRegistered, {"education_level": "phd"}),
        (CompanyRegistered, {"cvr": "1234567"}),
        (TargetSet, {"period": "2026-Q5"}),
        (ReferralMade, {"reason": "x" * 501}),
        (ReferralMade, {"reason": "a\x00b"}),
        (CompanyRegistered, {"name": "\x00"}),
        (TargetSet, {"value": "inf"}),
        (TargetSet, {"value": float("nan")}),
        (JobProfilePublished, {"demands": [{"area": 1, "level": 3, "weight": "inf"}]}),
    ],
)
def test_closed_lists_and_limits_hold(event: type[Event], fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        changed(event, **fields)


@pytest.mark.parametrize("text", ["Ring til 010190-1234", "0101901234", "om 311299 9999 igen"])
def test_a_cpr_number_never_enters_a_text(text: str) -> None:
    with pytest.raises(ValidationError, match="looks like a CPR number"):
        TypeAdapter(Reason).validate_python(text)


@pytest.mark.parametrize("text", ["Ring 33 17 33 17", "CVR 12345678", "4513901234", "101019012345", "2026-02-09"])
def test_other_numbers_may(text: str) -> None:
    assert TypeAdapter(Reason).validate_python(text) == text


def test_every_type_is_well_formed() -> None:
    assert all(re.fullmatch(r"dk\.loeft\.[a-z]+\.[a-z-]+\.v1", event.type()) for event in EVENTS)
