"""Who reads an event inside Løft, and the services by name. Other systems subscribe and are not listed anywhere.

The services are looked up by name when documents are generated: contracts never depend on a service.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from shared.contracts.event import Event

SERVICES = ("intake", "assessment", "courses", "outcomes")


def reactions(service: str) -> dict[str, type[Event]]:
    """Names of the service's reactions, each with the event it reacts to."""
    module = _module(f"services.{service}.reactions")
    return {} if module is None else {reaction.name: reaction.event for reaction in module.REACTIONS}


def projected() -> frozenset[str]:
    """Names of the events that the outcomes projector counts by."""
    module = _module("services.outcomes.effect.contributions")
    names: frozenset[str] = frozenset() if module is None else module.READS
    return names


def consumers(event: type[Event]) -> list[str]:
    """Who reads the event, for people: the reactions by service, then the projector."""
    found = [
        f"{service}: {name}" for service in SERVICES for name, cause in reactions(service).items() if cause is event
    ]
    return [*found, "outcomes: projector"] if event.name in projected() else found


def application(service: str) -> Any:
    """The service's FastAPI application, or None where there is no such service."""
    module = _module(f"services.{service}.app")
    return None if module is None else module.app


def _module(name: str) -> Any:
    """The module, or None where that service has none; an error inside it is an error here."""
    parent = ""
    for part in name.split("."):
        parent = f"{parent}.{part}" if parent else part
        if find_spec(parent) is None:
            return None
    return import_module(name)
