"""Every operation as its OpenAPI describes it: made-up requests get no 5xx, and only answers that are described.

The requests are the same in every run. Ids in them are of things that exist: made-up ids would try little but 404.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from deploy.services import service_of
from tests.real.web.jobcenter import Jobcenter
from tests.real.web.routes import ID
from tests.real_machines import machine_directory
from tests.scenarios.stack import RunningStack, running_stack

pytestmark = pytest.mark.timeout(180)  # the first test starts a stack

MUNICIPALITY = "0101"
Case = schemathesis.Case[Any]
EXAMPLES = 5
WITH_HEADERS = ("/citizens", "/profiles", "/courses", "/companies")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
READ_AS_AN_ID = "POST /citizens/lookup"
"""GET of this address asks for the citizen whose id is `lookup`, and is told that it is none."""


def described(service: str) -> schemathesis.BaseSchema:
    """The service's description, and how it is to be tried."""
    document = json.loads(json.dumps(service_of(service).app.openapi()))
    for path, methods in document["paths"].items():
        for operation in methods.values():  # one piece of code reads the headers of all: they are tried once a service
            kept = [one for one in operation["parameters"] if one["in"] != "header" or path in WITH_HEADERS]
            operation["parameters"] = kept
    generation = {"deterministic": True, "max-examples": EXAMPLES, "with-security-parameters": False}
    phases = {"coverage": {"enabled": True}}
    return schemathesis.openapi.from_dict(
        document, config=SchemathesisConfig.from_dict({"generation": generation, "phases": phases})
    )


@pytest.fixture(scope="module")
async def stack(anyio_backend: object) -> AsyncIterator[RunningStack]:
    """A stack of its own, in which one of everything exists."""
    with machine_directory() as directory:
        async with running_stack(directory / "loeft") as stack:
            await stack.let_in(MUNICIPALITY)
            yield stack


@pytest.fixture(scope="module")
async def ids(stack: RunningStack) -> dict[str, str]:
    """The id of everything that exists, by its name."""
    return await Jobcenter(stack.client, MUNICIPALITY).furnish()


INTAKE, ASSESSMENT, COURSES, OUTCOMES = (described(name) for name in ("intake", "assessment", "courses", "outcomes"))


def existing(value: Any, ids: dict[str, str], name: str = "") -> Any:
    """A made-up value with ids of things that exist in place of well-formed ones."""
    if isinstance(value, dict):
        return {name: existing(one, ids, name) for name, one in value.items()}
    if isinstance(value, list):
        return [existing(one, ids, name) for one in value]
    known = ids.get({"companies": "company_id"}.get(name, name.removesuffix("s")))
    return known if known and isinstance(value, str) and ID.fullmatch(value) else value


def try_(service: str, case: Case, stack: RunningStack, ids: dict[str, str]) -> None:
    """Send the request, with ids of things that exist, and check the answer."""
    case.path_parameters = existing(case.path_parameters, ids)
    case.body = existing(case.body, ids)
    headers = dict(stack.client(service, MUNICIPALITY).headers)
    checks = [check for check in CHECKS if case.operation.label != READ_AS_AN_ID or check is not unsupported_method]
    case.call_and_validate(base_url=f"{stack.address}{service}", headers=headers, checks=checks)


@INTAKE.parametrize()
def test_intake(case: Case, stack: RunningStack, ids: dict[str, str]) -> None:
    try_("intake", case, stack, ids)


@ASSESSMENT.parametrize()
def test_assessment(case: Case, stack: RunningStack, ids: dict[str, str]) -> None:
    try_("assessment", case, stack, ids)


@COURSES.parametrize()
def test_courses(case: Case, stack: RunningStack, ids: dict[str, str]) -> None:
    try_("courses", case, stack, ids)


@OUTCOMES.parametrize()
def test_outcomes(case: Case, stack: RunningStack, ids: dict[str, str]) -> None:
    try_("outcomes", case, stack, ids)
