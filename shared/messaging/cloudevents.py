"""The one codec: an envelope as CloudEvents 1.0 JSON in structured mode, and back.

Bus, JSONL files, webhooks and exports all use these bytes. Reading is strict: what is not exactly an event of ours is
``Malformed`` with a reason for the person who looks at the parked message. Unknown extension attributes are ignored.
Integers keep every digit (standard ``json``; faster decoders round beyond 64 bits).
"""

import json
import math
import re
from datetime import datetime
from typing import Any, NoReturn

from pydantic import ValidationError

from shared.contracts.envelope import Envelope

CONTENT_TYPE = "application/cloudevents+json"

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_REQUIRED = ("id", "source", "type", "subject", "time", "recordedtime", "sequence", "dataclassification")
_OPTIONAL = ("correlationid", "causationid", "dataschema", "traceparent")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_SEQUENCE = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_JSON_TYPE = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json\s*(?:;.*)?", re.IGNORECASE | re.ASCII)


class Malformed(ValueError):
    """These bytes are no event; ``reason`` says why in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(envelope: Envelope) -> bytes:
    """The envelope as UTF-8 JSON; absent attributes are left out. ``Malformed`` if the payload cannot be JSON."""
    attributes = {
        "specversion": "1.0",
        "id": str(envelope.id),
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": _moment(envelope.time),
        "recordedtime": _moment(envelope.recordedtime),
        "sequence": str(envelope.sequence),
        "correlationid": envelope.correlationid,
        "causationid": envelope.causationid,
        "datacontenttype": "application/json",
        "dataschema": envelope.dataschema,
        "dataclassification": envelope.dataclassification,
        "traceparent": envelope.traceparent,
        "data": envelope.data,
    }
    present = {name: value for name, value in attributes.items() if value is not None}
    try:
        return _write(present).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise Malformed(f"the payload cannot be written as JSON: {error}") from error


def decode(content: bytes | str) -> Envelope:
    """Read one structured CloudEvent of ours; ``Malformed`` says what is wrong with anything else."""
    event = _json_object(content)
    for name in _REQUIRED:
        if event.get(name) is None:
            raise Malformed(f"attribute {name!r} is missing")
    for name in (*_REQUIRED, *_OPTIONAL):
        _check_text(name, event.get(name))
    _check_form(event)
    try:
        envelope = Envelope.model_validate(event)
    except ValidationError as error:
        raise Malformed("; ".join(_plain(each) for each in error.errors(include_url=False))) from error
    _check_agreement(envelope)
    return envelope


def _json_object(content: bytes | str) -> dict[str, Any]:
    try:
        text = content.decode() if isinstance(content, bytes) else content
        text.encode()  # a str may hold half characters that no file or bus can carry
        event = json.loads(text, parse_float=_finite, parse_constant=_refuse_constant)
        if "\\ud" in text or "\\uD" in text:  # so may an escape
            json.dumps(event, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise Malformed("the bytes are not UTF-8 text") from error
    except RecursionError as error:
        raise Malformed("the JSON is nested too deeply") from error
    except ValueError as error:
        raise Malformed(f"not JSON: {error}") from error
    if not isinstance(event, dict):
        raise Malformed(f"a JSON object is expected, not {_kind(event)}")
    return event


def _check_text(name: str, value: Any) -> None:
    if value is not None and (not isinstance(value, str) or not value):
        raise Malformed(f"attribute {name!r} must be a non-empty string, not {_kind(value)}")


def _check_form(event: dict[str, Any]) -> None:
    """The forms that pydantic would read too generously, and the attributes that an envelope does not keep."""
    if event.get("specversion") != "1.0":
        raise Malformed(f'specversion must be "1.0", not {event.get("specversion")!r}')
    if not _UUID.fullmatch(event["id"]):
        raise Malformed(f"id must be a UUID, not {event['id']!r}")
    for name in ("time", "recordedtime"):
        if not _RFC_3339.fullmatch(event[name]):
            raise Malformed(f"{name} must be an RFC 3339 time with Z or an offset, not {event[name]!r}")
    if not _SEQUENCE.fullmatch(event["sequence"]):
        raise Malformed(f"sequence must be a string with a whole number from 1, not {event['sequence']!r}")
    content_type = event.get("datacontenttype")
    if content_type is not None and not (isinstance(content_type, str) and _JSON_TYPE.fullmatch(content_type)):
        raise Malformed(f"datacontenttype must be JSON, not {content_type!r}")
    if "data_base64" in event:
        raise Malformed("data_base64 is not used: the payload is JSON in data")
    if not isinstance(event.get("data"), dict):
        raise Malformed(f"data must be a JSON object, not {_kind(event.get('data'))}")


def _check_agreement(envelope: Envelope) -> None:
    """Source, type and payload name the producer; who may write for one municipality must not pass for another."""
    if envelope.type.split(".")[2] != envelope.service:
        raise Malformed(f"source {envelope.source!r} and type {envelope.type!r} name different services")
    if envelope.data.get("municipality", envelope.municipality) != envelope.municipality:
        raise Malformed(f"source {envelope.source!r} and the payload name different municipalities")


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")  # the envelope keeps UTC


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"the number {text} is too large")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return names.get(type(value), "a number")


def _plain(error: Any) -> str:
    return f"attribute {'.'.join(str(part) for part in error['loc'])!r}: {error['msg']}"
