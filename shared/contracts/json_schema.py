"""The JSON Schemas (draft 2020-12) of the payloads and of the envelope around them."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from shared.contracts.event import Event
from shared.contracts.registry import SCHEMAS, schema_address

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_MOMENT = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]{8,}([Zz]|[+-][0-9]{2}:[0-9]{2})$",
}

ENVELOPE: dict[str, Any] = {
    "$schema": DRAFT,
    "$id": f"{SCHEMAS}/envelope.v1.json",
    "title": "Envelope",
    "description": "CloudEvents 1.0 in the JSON format, structured mode: what every event of Løft looks like.",
    "type": "object",
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid", "description": "UUIDv7; a repeated delivery has the same id."},
        "source": {
            "type": "string",
            "pattern": "^/loeft/[0-9]{4}/[a-z-]+$",
            "description": "Municipality code and producing service.",
        },
        "type": {"type": "string", "pattern": r"^dk\.loeft\.[a-z-]+\.[a-z-]+\.v[0-9]+$"},
        "subject": {
            "type": "string",
            "pattern": "^[a-z-]+/[0-9A-Za-z_-]+$",
            "description": "Kind and id of the entity whose history the event belongs to.",
        },
        "time": _MOMENT | {"description": "When it happened."},
        "recordedtime": _MOMENT | {"description": "When we learnt it."},
        "sequence": {
            "type": "string",
            "pattern": "^[1-9][0-9]{0,17}$",
            "description": "Version of the entity in its service: 1, 2, 3 … without gap.",
        },
        "correlationid": {"type": "string", "minLength": 1, "description": "The request or job that started it."},
        "causationid": {"type": "string", "minLength": 1, "description": "The event that caused it."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"type": "string", "format": "uri", "description": "Address of the payload's JSON Schema."},
        "dataclassification": {"enum": ["personal", "sensitive", "public"]},
        "traceparent": {"type": "string", "minLength": 1, "description": "W3C trace context."},
        "data": {"type": "object"},
    },
    "required": [
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "recordedtime",
        "sequence",
        "dataclassification",
        "data",
    ],
}


class _WithoutFieldTitles(GenerateJsonSchema):
    """Leaves out the title that repeats each field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def payload_schema(event: type[Event]) -> dict[str, Any]:
    """The schema of the event's ``data``, with its public address and one example."""
    schema = bare_schema(event) | {"description": meaning(event)}
    return {"$schema": DRAFT, "$id": schema_address(event), **schema, "examples": [event.example().data()]}


def meaning(event: type[Event]) -> str:
    """What the event says, in one line of Markdown: its docstring."""
    return " ".join((event.__doc__ or "").split()).replace("``", "`")


def bare_schema(model: type[BaseModel], ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
    """The schema as pydantic gives it; ``ref_template`` says where the shapes under ``$defs`` will stand."""
    return model.model_json_schema(mode="validation", schema_generator=_WithoutFieldTitles, ref_template=ref_template)
