"""Every route of every service as its own description has it, and a request that it can read."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deploy.services import SERVICES, service_of
from shared.clock import danish_day, now
from shared.ids import new_id
from shared.web import Role
from shared.web.route import TransactionRoute, declared_roles

NEEDED_TOO: dict[str, dict[str, Any]] = {
    "ChangeCitizen": {"device": "none"},
    "ChangeCourse": {"weeks": 7},
    "ChangeCompany": {"employees": 7},
}
"""Fields of which a command needs one, though none is required."""
PARTS = {"kind": "reading", "number": "1"}
"""Parts of addresses that are no ids: a kind of barrier, the number of a parked event."""
SHARED = {
    ("GET", "/access-log"),
    ("GET", "/access-log/citizens"),
    ("GET", "/parked"),
    ("POST", "/parked/{number}/retry"),
}
"""The routes that every service has (method, path)."""
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one path of a service."""

    service: str
    method: str
    path: str
    operation: dict[str, Any]
    schemas: dict[str, Any]
    roles: frozenset[Role]

    def __str__(self) -> str:
        return f"{self.method} {self.service}{self.path}"

    def address(self, ids: Mapping[str, str]) -> str:
        """The path with these ids, and new ones where none is given."""
        return re.sub(r"{(\w+)}", lambda name: ids.get(name[1]) or PARTS.get(name[1], str(new_id())), self.path)

    def query(self) -> dict[str, str]:
        """The parameters that are required."""
        return {
            one["name"]: "reach"
            for one in self.operation.get("parameters", [])
            if one["in"] == "query" and one["required"]
        }

    def body(self, ids: Mapping[str, str]) -> dict[str, Any] | None:
        """A body that can be read, naming these ids, and new ones where none is given."""
        content = self.operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None
        schema = content["schema"]
        name = schema["$ref"].rsplit("/", 1)[-1]
        body: dict[str, Any] = self._sample("", schema, ids)
        return body | NEEDED_TOO.get(name, {})

    def _sample(self, name: str, schema: dict[str, Any], ids: Mapping[str, str]) -> Any:
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        named = {"companies": "company_id"}.get(name, name.removesuffix("s"))
        if named.endswith("_id"):
            found = ids.get(named, str(new_id()))
            return [found] if schema["type"] == "array" else found
        if schema.get("type") == "object":
            return {
                field: self._sample(field, schema["properties"][field], ids) for field in schema.get("required", [])
            }
        if examples := schema.get("examples"):
            return examples[0]
        if schema["type"] == "array":
            return [self._sample("", schema["items"], ids)]
        values = {"string": str(danish_day(now())), "integer": 1, "number": 1, "boolean": True}
        return schema.get("enum", [values[schema["type"]]])[0]


def routes() -> Iterator[Route]:
    """All of them."""
    for name in SERVICES:
        app = service_of(name).app
        document = json.loads(json.dumps(app.openapi()))
        declared: dict[tuple[str, str], frozenset[Role]] = {}
        for included in app.routes:
            for route in _leaves(included):
                declared |= {(method, route.path): declared_roles(route) for method in route.methods or ()}
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                roles = declared[method.upper(), path]
                yield Route(name, method.upper(), path, operation, document["components"]["schemas"], roles)


def _leaves(route: Any) -> Iterator[TransactionRoute]:
    if isinstance(route, TransactionRoute):
        yield route
    for inner in getattr(getattr(route, "original_router", None), "routes", ()):
        yield from _leaves(inner)
