"""The services' parts of the log as one list, newest first, page by page. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MARK = re.compile(r"([a-z]+)\.(\d{1,18})")
OVER = 0
"""The place in a service's log behind which there is nothing more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody read something of hers in a service."""

    service: str
    id: int
    at: datetime
    caller: str
    what: str
    purpose: str
    correlation_id: str

    @classmethod
    def of(cls, service: str, read: Mapping[str, Any]) -> "Entry":
        """As a service tells it."""
        at = datetime.fromisoformat(read["at"])
        told = (str(read[name]) for name in ("caller", "what", "purpose", "correlation_id"))
        return cls(service, int(read["id"]), at, *told)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the list. ``places``: behind which read each service goes on; one that is not named begins."""

    entries: Sequence[Entry]
    places: Mapping[str, int]
    is_last: bool

    @property
    def more(self) -> str:
        """Where the next page begins, as an address has it."""
        return "~".join(f"{service}.{place}" for service, place in sorted(self.places.items()))


def places_of(text: str) -> dict[str, int]:
    """The places of a page's address; whatever is none is left out."""
    return {found[1]: int(found[2]) for found in map(MARK.fullmatch, text.split("~")) if found}


def merged(answers: Mapping[str, Mapping[str, Any]], before: Mapping[str, int], limit: int) -> Page:
    """The newest ``limit`` reads of the services' answers, each of which has at least so many if there are.

    ``before`` are the places behind which the answers began. A service that did not answer keeps its place.
    """
    entries = [Entry.of(service, read) for service, answer in answers.items() for read in answer["reads"]]
    entries.sort(key=lambda entry: (entry.at, entry.service, entry.id), reverse=True)
    shown, places = entries[:limit], dict(before)
    for service, answer in answers.items():
        own = [entry.id for entry in shown if entry.service == service]
        if len(own) == len(answer["reads"]) and answer["after"] is None:
            places[service] = OVER
        elif own:
            places[service] = own[-1]
    return Page(shown, places, all(places.get(service) == OVER for service in answers))
