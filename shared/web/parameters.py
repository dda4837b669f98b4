"""The query parameters of a route: a misspelt or repeated one is refused, lest another question be answered."""

from collections.abc import Iterator, Mapping
from typing import get_origin

from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request


def asked_for(dependant: Dependant) -> Mapping[str, bool]:
    """The query parameters that an endpoint and what it depends on read, and whether each may stand there twice."""
    return dict(_read(dependant))


def must_be_known(request: Request, known: Mapping[str, bool]) -> None:
    """Raise RequestValidationError for a query parameter that the route does not read, or that stands there twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    there_are = f"It is no parameter here; there are: {', '.join(sorted(known))}" if known else "There are none here"
    wrong = [(name, there_are) for name in dict.fromkeys(names) if name not in known]
    once = (name for name, several in known.items() if not several)
    wrong += [(name, "It stands there twice; give one") for name in sorted(once) if names.count(name) > 1]
    if wrong:
        raise RequestValidationError([{"loc": ("query", name), "msg": why} for name, why in wrong])


def _read(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for field in dependant.query_params:
        yield field.alias, get_origin(field.field_info.annotation) is list
    for inner in dependant.dependencies:
        yield from _read(inner)
