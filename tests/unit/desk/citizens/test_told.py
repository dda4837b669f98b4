"""What a service told: its answer, nothing yet, or that it is away while the rest of the page is there."""

from datetime import date
from typing import Any

import pytest

from services.desk.citizens.person import Person
from services.desk.citizens.told import Told, told
from shared.problems import Forbidden, NotFound, Problem, Unavailable


class Asked:
    """A sheet whose every question has one answer."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def read(self, service: str, path: str, **asked: Any) -> Any:
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


async def of(answer: Any) -> Told:
    return await told(Asked(answer), "courses", "/citizens/1/participations", [])  # type: ignore[arg-type]


pytestmark = pytest.mark.anyio


async def test_an_answer_comes_with_its_days() -> None:
    assert await of([{"on": "2026-01-02"}]) == Told([{"on": date(2026, 1, 2)}])


async def test_who_is_not_known_there_yet_has_nothing_there() -> None:
    assert await of(NotFound("citizen-unknown", "…")) == Told([])


async def test_a_service_that_is_away_leaves_the_rest_of_the_page() -> None:
    assert await of(Unavailable("service-away", "…")) == Told([], away=True)


async def test_whoever_may_not_see_it_is_told_so() -> None:
    with pytest.raises(Forbidden):
        await of(Forbidden("role-missing", "…"))


def test_the_page_names_the_parts_that_cannot_be_told() -> None:
    names = list(Person.__dataclass_fields__)[2:]
    here = {name: Told([]) for name in names}
    assert Person({}, [], **here).away == set()
    assert Person({}, [], **here | {"cohorts": Told([], away=True)}).away == {"kurser"}
    away = {name: Told([], away=True) for name in names}
    assert Person({}, [], **away).away == {"test", "kurser", "forloeb"}
