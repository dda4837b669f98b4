"""The AsyncAPI documents: complete, free of dangling references, with payload schemas that the examples fit."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from shared.contracts.asyncapi import document
from shared.contracts.consumers import SERVICES, reactions
from shared.contracts.registry import EVENTS

DOCUMENTS = {service: document(service) for service in SERVICES}
every_service = pytest.mark.parametrize("service", SERVICES)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def target(service: str, reference: str) -> Any:
    node: Any = DOCUMENTS[service]
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


@every_service
def test_references_lead_somewhere_in_the_same_document(service: str) -> None:
    found = set(references(DOCUMENTS[service]))
    assert found
    assert all(reference.startswith("#/") and target(service, reference) for reference in found)
    assert "$defs" not in json.dumps(DOCUMENTS[service])


@every_service
def test_sends_what_it_owns_and_receives_what_it_reacts_to(service: str) -> None:
    operations = DOCUMENTS[service]["operations"]
    sent = {name for name, operation in operations.items() if operation["action"] == "send"}
    assert sent == {f"publish-{event.name}" for event in EVENTS if event.service == service}
    received = {name for name, operation in operations.items() if operation["action"] == "receive"}
    assert received == set(reactions(service))


@every_service
def test_an_address_is_one_event_type_of_any_municipality(service: str) -> None:
    for name, channel in DOCUMENTS[service]["channels"].items():
        assert re.fullmatch(rf"evt\.\{{municipality\}}\.[a-z]+\.{name}\.\{{entity\}}", channel["address"])
        assert channel["parameters"].keys() == {"municipality", "entity"}
        assert len(channel["messages"]) == 1


def validator(service: str, schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema | {"components": DOCUMENTS[service]["components"]})


@every_service
def test_examples_are_whole_events_that_fit(service: str) -> None:
    for message in DOCUMENTS[service]["components"]["messages"].values():
        (example,) = message["examples"]
        assert message["contentType"] == "application/cloudevents+json"
        assert example["headers"]["Nats-Msg-Id"] == example["payload"]["id"]
        validator(service, message["payload"]).validate(example["payload"])
        validator(service, message["headers"]).validate(example["headers"])


@pytest.mark.parametrize(
    "damage",
    [
        {"type": "dk.loeft.intake.citizen-left.v2"},
        {"source": "/loeft/0101/courses"},
        {"sequence": 1},
        {"dataclassification": "public"},
        {"data": {"municipality": "0101"}},
    ],
)
def test_the_payload_schema_sees_the_whole_envelope(damage: dict[str, Any]) -> None:
    message = DOCUMENTS["intake"]["components"]["messages"]["CitizenLeft"]
    with pytest.raises(ValidationError):
        validator("intake", message["payload"]).validate(message["examples"][0]["payload"] | damage)
