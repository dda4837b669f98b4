"""The files that other people build on, kept in step with the code: ``loeft contracts write`` and ``check``.

    shared/contracts/schemas/   JSON Schema of every event; may only grow
    shared/contracts/history/   one event of every version as it was first published; written once, never changed;
                                beside it, by hand, one for each field that came later
    docs/events.md              the catalogue
    docs/asyncapi/, docs/openapi/

``write`` refuses a change that breaks a reader, so that no golden file is ever replaced by an incompatible one.
"""

import difflib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.contracts.asyncapi import documents
from shared.contracts.catalogue import events_document
from shared.contracts.compatibility import compare
from shared.contracts.consumers import SERVICES, application
from shared.contracts.event import Event
from shared.contracts.json_schema import ENVELOPE, payload_schema
from shared.contracts.registry import EVENTS, UnknownEventType, payload
from shared.contracts.sample import sample
from shared.messaging.cloudevents import Malformed, decode, encode

SCHEMAS = Path("shared/contracts/schemas")
HISTORY = Path("shared/contracts/history")
_REMEDY = "an event is never broken: keep the old promise, or make a new version of the event beside the old one"
_SHOWN = 12


class Incompatible(RuntimeError):
    """The code breaks promises of the golden schemas; ``findings`` has a line for each."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def write(root: Path) -> list[Path]:
    """Bring every generated file up to date; the changed paths. ``Incompatible`` before anything is written."""
    if findings := _broken(root):
        raise Incompatible(findings)
    wanted = {**_documents(), **{path: text for path, text in _samples().items() if not (root / path).exists()}}
    changed = [path for path, text in wanted.items() if _read(root / path) != text]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(wanted[path], encoding="utf-8")
    return changed


def check(root: Path) -> list[str]:
    """What is out of step, each with what to do; empty when code and files agree."""
    broken = _broken(root)
    missing = [f"{path}: missing; run `loeft contracts write`" for path in _samples() if not (root / path).exists()]
    return broken + missing + ([] if broken else _outdated(root)) + _unreadable(root)


def _broken(root: Path) -> list[str]:
    """Promises of the golden schemas that the code no longer keeps, removed events included."""
    schemas = _schemas()
    findings = []
    for file in sorted((root / SCHEMAS).rglob("*.json")):
        path = file.relative_to(root)
        if path not in schemas:
            findings.append(f"{path}: the event is gone from the code; {_REMEDY}")
            continue
        findings += [f"{path}: {each}; {_REMEDY}" for each in compare(json.loads(_read(file)), schemas[path])]
    return findings


def _outdated(root: Path) -> list[str]:
    findings = []
    for path, text in _documents().items():
        there = _read(root / path)
        if not there:
            findings.append(f"{path}: missing; run `loeft contracts write`")
        elif there != text:
            findings.append(f"{path}: out of date; run `loeft contracts write`{_difference(there, text)}")
    return findings


def _unreadable(root: Path) -> list[str]:
    """Events of the past that today's code cannot read."""
    findings = []
    for file in sorted((root / HISTORY).rglob("*.json")):
        try:
            payload(decode(file.read_bytes()))
        except (Malformed, UnknownEventType, ValidationError) as error:
            findings.append(f"{file.relative_to(root)}: can no longer be read: {error}; {_REMEDY}")
    return findings


def _documents() -> dict[Path, str]:
    """Every file that follows the code."""
    return {
        **{path: _json(schema) for path, schema in _schemas().items()},
        Path("docs/events.md"): events_document(),
        **{Path(f"docs/asyncapi/{service}.json"): text for service, text in documents().items()},
        **{
            Path(f"docs/openapi/{service}.json"): _json(app.openapi())
            for service in SERVICES
            if (app := application(service)) is not None
        },
    }


def _schemas() -> dict[Path, dict[str, Any]]:
    return {
        SCHEMAS / "envelope.v1.json": ENVELOPE,
        **{SCHEMAS / _file(event): payload_schema(event) for event in EVENTS},
    }


def _samples() -> dict[Path, str]:
    """Every file that is written once."""
    return {HISTORY / _file(event): _json(json.loads(encode(sample(event)))) for event in EVENTS}


def _file(event: type[Event]) -> str:
    return f"{event.service}/{event.name}.v{event.version}.json"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _difference(there: str, wanted: str) -> str:
    """The first changed lines: ``-`` as the file has it, ``+`` as the code has it."""
    lines = difflib.unified_diff(there.splitlines(), wanted.splitlines(), "file", "code", lineterm="", n=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    more = [f"… {len(changed) - _SHOWN} more lines"] if len(changed) > _SHOWN else []
    return "".join(f"\n    {line}" for line in [*changed[:_SHOWN], *more])
