"""9999-12-31 is written for *some day*: it is a day as any other, and stops no counting."""

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from tests.unit.outcomes.effect.given import Citizen, numbers, rows

LAST = "9999-12-31"


@pytest.mark.parametrize("indicator", list(CATALOGUE))
@pytest.mark.parametrize("as_of", ["2024-06-01", LAST])
@pytest.mark.parametrize(
    "person",
    [
        Citizen().registered("2021-01-11").started("2021-03-01").ended(LAST),
        Citizen().registered("2021-01-11").changed("2021-01-11", unemployed_since=LAST).started("2021-03-01"),
        Citizen().registered("2021-01-11").changed(LAST, unemployed_since=LAST),
        Citizen().registered("2021-01-11").started(LAST).ended(LAST).placed(LAST),
        Citizen().registered("2021-01-11").left(LAST),
    ],
)
def test_every_figure_is_counted(indicator: str, as_of: str, person: Citizen) -> None:
    rows([person], indicator, as_of)


def test_a_participation_until_the_last_day_is_running_and_never_mature() -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01").ended(LAST).placed("2021-04-01")
    assert numbers(person, "moved_on", "2024-06-01") == (1, 0, 0)
    assert numbers(person, "moved_on", LAST) == (1, 0, 0)
