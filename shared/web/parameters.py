"""The query parameters of a route: a misspelt one is refused, for a question without it has another answer."""

from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request


def asked_for(dependant: Dependant) -> frozenset[str]:
    """The names of the query parameters that an endpoint and what it depends on read."""
    return frozenset(_names(dependant))


def must_be_known(request: Request, known: frozenset[str]) -> None:
    """Raise RequestValidationError when the address has a query parameter that the route does not read."""
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        said = f"It is no parameter here; there are: {', '.join(sorted(known))}" if known else "There are none here"
        raise RequestValidationError([{"loc": ("query", name), "msg": said} for name in unknown])


def _names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        yield field.alias
    for inner in dependant.dependencies:
        yield from _names(inner)
