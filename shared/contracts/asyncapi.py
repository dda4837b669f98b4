"""AsyncAPI 3.0 documents, one for each service, from the registry (docs/decisions/0002)."""

import json
from typing import Any

from shared.contracts.consumers import SERVICES, reactions
from shared.contracts.event import Event
from shared.contracts.json_schema import ENVELOPE, bare_schema, meaning
from shared.contracts.registry import EVENTS, schema_address
from shared.contracts.sample import sample
from shared.messaging.cloudevents import CONTENT_TYPE, encode

_ABOUT = {
    "intake": "Who the citizens are, what stands in their way, what they are referred to.",
    "assessment": "What the adaptive test found, what jobs demand, and the gap between them.",
    "courses": "Courses, pilots, cohorts, seats, participations and certificates.",
    "outcomes": "Companies, orders, meetings and placements, and the targets they are held against.",
}


def document(service: str) -> dict[str, Any]:
    """The service's document: what it publishes (send) and what it reacts to (receive), each payload in full."""
    sent = [event for event in EVENTS if event.service == service]
    received = reactions(service)
    events = list(dict.fromkeys([*sent, *received.values()]))
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"Løft {service}",
            "version": "1.0.0",
            "description": f"{_ABOUT[service]} Generated from shared/contracts by `loeft contracts write`.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "bus": {
                "host": "localhost:4222",
                "protocol": "nats",
                "description": "NATS with JetStream; the stream EVENTS takes evt.>.",
                "bindings": {"nats": {}},
            }
        },
        "channels": {event.name: _channel(event) for event in events},
        "operations": {
            **{f"publish-{event.name}": _operation("send", event) for event in sent},
            **{name: _operation("receive", event) for name, event in received.items()},
        },
        "components": {
            "messages": {event.__name__: _message(event) for event in events},
            "schemas": {"Envelope": _embedded(ENVELOPE), **_schemas(events)},
        },
    }


def documents() -> dict[str, str]:
    """Service → its document as JSON text."""
    return {service: json.dumps(document(service), ensure_ascii=False, indent=2) + "\n" for service in SERVICES}


def _channel(event: type[Event]) -> dict[str, Any]:
    return {
        "address": f"evt.{{municipality}}.{event.service}.{event.name}.{{entity}}",
        "title": event.name,
        "summary": meaning(event),
        "servers": [{"$ref": "#/servers/bus"}],
        "parameters": {
            "municipality": {"description": "Danish municipality code, four digits.", "examples": ["0101"]},
            "entity": {"description": f"Id of the {event.entity}: the last part of the event's subject."},
        },
        "messages": {event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}},
    }


def _operation(action: str, event: type[Event]) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{event.name}"},
        "summary": meaning(event),
        "messages": [{"$ref": f"#/channels/{event.name}/messages/{event.__name__}"}],
    }


def _message(event: type[Event]) -> dict[str, Any]:
    example = json.loads(encode(sample(event)))
    return {
        "name": event.type(),
        "title": event.name,
        "summary": meaning(event),
        "contentType": CONTENT_TYPE,
        "correlationId": {"location": "$message.payload#/correlationid"},
        "tags": [{"name": event.classification}],
        "headers": {
            "type": "object",
            "properties": {
                "Content-Type": {"const": CONTENT_TYPE},
                "Nats-Msg-Id": {"type": "string", "format": "uuid", "description": "The event's id, again."},
            },
            "required": ["Content-Type", "Nats-Msg-Id"],
        },
        "payload": _envelope_of(event),
        "examples": [
            {
                "name": "example",
                "headers": {"Content-Type": CONTENT_TYPE, "Nats-Msg-Id": example["id"]},
                "payload": example,
            }
        ],
    }


def _envelope_of(event: type[Event]) -> dict[str, Any]:
    """The whole envelope of this event: its attributes, and its own payload as ``data``."""
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Envelope"},
            {
                "type": "object",
                "properties": {
                    "type": {"const": event.type()},
                    "source": {"pattern": f"^/loeft/[0-9]{{4}}/{event.service}$"},
                    "dataschema": {"const": schema_address(event)},
                    "dataclassification": {"const": event.classification},
                    "data": {"$ref": f"#/components/schemas/{event.__name__}"},
                },
            },
        ]
    }


def _schemas(events: list[type[Event]]) -> dict[str, Any]:
    """The payload schemas, with the shapes they share beside them: an AsyncAPI document has no ``$defs``."""
    schemas: dict[str, Any] = {}
    for event in events:
        schema = bare_schema(event, ref_template="#/components/schemas/{model}")
        for name, shape in {**schema.pop("$defs", {}), event.__name__: schema}.items():
            if schemas.setdefault(name, shape) != shape:
                raise ValueError(f"two different shapes are called {name}: rename one")
    return schemas


def _embedded(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
