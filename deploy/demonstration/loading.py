"""Loads the year once. A file in the data directory keeps as of when, so that an interrupted load goes on."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from deploy.demonstration.year import year
from deploy.events_file import Imported, import_events, in_log_order
from shared.persistence import Database

FILE = "demonstration.json"
HERE = "SELECT true FROM event_log WHERE event_id = $1"
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


async def load(
    databases: Mapping[str, Database], directory: Path, now: datetime, municipality: str, progress: Progress
) -> Imported:
    """Import the year as of the first load, unless it is there."""
    file = directory / FILE
    noted: dict[str, Any] = json.loads(file.read_text(encoding="ascii")) if file.exists() else {}
    if await _are_there(databases, noted.get("last", {})):
        return Imported(known=noted["events"])
    as_of = datetime.fromisoformat(noted.get("as_of", now.isoformat()))
    told = year(as_of, municipality)
    last = {envelope.service: str(envelope.id) for envelope in in_log_order(told)}
    noted = {"as_of": as_of.isoformat(), "events": len(told), "last": last}
    file.write_text(json.dumps(noted), encoding="ascii")
    with progress("loading a made-up year", len(told)) as advance:
        return await import_events(databases, told, advance)


async def _are_there(databases: Mapping[str, Database], last: Mapping[str, str]) -> bool:
    """Whether each service has the last event that the import brings it."""
    found = [await databases[service].pool.fetchval(HERE, event_id) for service, event_id in last.items()]
    return bool(found) and all(found)
