"""The four services by their names."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.web import Service

SERVICES = ("intake", "assessment", "courses", "outcomes")


def service_of(name: str) -> "Service":
    """The composition of a service. Imported when it is asked for: most commands need none."""
    service: Service = importlib.import_module(f"services.{name}.app").service
    return service
