"""Old events stay readable for ever: the corpus of every version as it was first published."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shared.contracts.golden import HISTORY, SCHEMAS
from shared.contracts.registry import EVENTS, event_class, payload
from shared.messaging.cloudevents import decode

ROOT = Path(__file__).parents[2]
CORPUS = sorted((ROOT / HISTORY).rglob("*.json"))


def test_every_event_has_its_first_publication() -> None:
    there = {str(file.relative_to(ROOT / HISTORY)) for file in CORPUS}
    assert there >= {f"{event.service}/{event.name}.v{event.version}.json" for event in EVENTS}


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_can_still_be_read_and_says_the_same(file: Path) -> None:
    envelope = decode(file.read_bytes())
    event = payload(envelope)
    assert event.subject == envelope.subject
    assert event.data().items() >= envelope.data.items()


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_fits_the_schemas_that_others_validate_with(file: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    event = event_class(content["type"])
    for path in (f"{event.service}/{event.name}.v{event.version}.json", "envelope.v1.json"):
        schema = json.loads((ROOT / SCHEMAS / path).read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        part = content if path == "envelope.v1.json" else content["data"]
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(part)
        if path != "envelope.v1.json":
            assert schema["$id"] == content["dataschema"]
