"""An order is shown also when its candidates cannot be: the page says why."""

from typing import Any, cast
from uuid import UUID

import pytest

from services.desk.companies.order_pages import NOT_KNOWN_YET, candidates, title_of
from services.desk.sheet import Sheet
from shared.problems import NotFound, Problem, Refused, Unavailable

pytestmark = pytest.mark.anyio
ORDER = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c08")


class Failing:
    """A sheet whose questions all fail."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    async def read(self, *_: Any, **__: Any) -> Any:
        raise self.problem


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (NotFound("order-unknown", "No such job order"), NOT_KNOWN_YET),
        (Unavailable("service-away", "assessment does not answer"), "En del af systemet svarer ikke lige nu."),
        (Refused("order-asks-nothing", "Nothing to hold against"), "Jobordren stiller ingen digitale krav"),
    ],
)
async def test_it_says_why_there_are_no_candidates(problem: Problem, said: str) -> None:
    found, why = await candidates(cast(Sheet, Failing(problem)), ORDER, "", 0)
    assert found is None
    assert why.startswith(said)


async def test_a_profile_that_cannot_be_read_is_no_failure_of_the_page() -> None:
    away = cast(Sheet, Failing(Unavailable("service-away", "assessment does not answer")))
    assert await title_of(away, str(ORDER)) == "En jobprofil, der ikke kan vises lige nu"
    assert await title_of(away, None) == ""
