"""Mantel and Haenszel against tables by hand, a published analysis, and made-up people."""

from math import log, sqrt
from random import Random

import pytest

from services.assessment.ability.item import Item, probability
from services.assessment.calibration.differential import Table, category, differences, mantel_haenszel
from services.assessment.calibration.estimation import calibrate
from services.assessment.calibration.responses import Responses

BERKELEY = [  # men admitted and rejected, women admitted and rejected, in six departments in 1973
    Table(512, 313, 89, 19),
    Table(353, 207, 17, 8),
    Table(120, 205, 202, 391),
    Table(138, 279, 131, 244),
    Table(53, 138, 94, 299),
    Table(22, 351, 24, 317),
]


def test_one_stratum_by_hand() -> None:
    found = mantel_haenszel([Table(30, 10, 20, 20)])
    assert found is not None
    assert found.delta == pytest.approx(-2.35 * log(3))  # (30 · 20) / (10 · 20)
    assert found.error == pytest.approx(2.35 * sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 20))  # Woolf's, for one table


def test_two_strata_by_hand() -> None:
    found = mantel_haenszel([Table(6, 4, 3, 7), Table(8, 2, 5, 5), Table(0, 0, 0, 0)])
    assert found is not None
    ratio = (6 * 7 / 20 + 8 * 5 / 20) / (4 * 3 / 20 + 2 * 5 / 20)
    assert found.delta == pytest.approx(-2.35 * log(ratio))


def test_as_statistics_software_has_it_for_berkeley() -> None:
    """R's mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968, 95 % interval 0.7719074 to 1.0603298."""
    found = mantel_haenszel(BERKELEY)
    assert found is not None
    assert found.delta == pytest.approx(-2.35 * log(0.9046968), abs=1e-6)
    assert found.error == pytest.approx(2.35 * log(1.0603298 / 0.7719074) / (2 * 1.959964), abs=1e-6)


def test_where_a_group_has_only_right_or_wrong_nothing_can_be_told() -> None:
    assert mantel_haenszel([Table(10, 0, 5, 5)]) is None
    assert mantel_haenszel([]) is None


@pytest.mark.parametrize(
    ("delta", "error", "expected"),
    [
        (0.99, 0.01, "A"),
        (-1.2, 0.7, "A"),  # 1.2 < 1.96 · 0.7
        (-1.2, 0.5, "B"),
        (1.49, 0.1, "B"),
        (-1.6, 0.4, "B"),  # 0.6 < 1.645 · 0.4
        (-1.6, 0.3, "C"),
        (2.5, 0.8, "C"),
    ],
)
def test_the_classes(delta: float, error: float, expected: str) -> None:
    assert category(delta, error) == expected


def made_up(people: int) -> Responses:
    """Everyone answers 20 items of one area; the fifth is harder by 1 for those with a phone, who are weaker by 0.5."""
    chance = Random(5)
    items = [Item(1, "1.1", 1.5, -1.9 + 0.2 * place) for place in range(20)]
    rows, devices = [], []
    for person in range(people):
        phone = chance.random() < 0.4
        ability = chance.gauss(-0.3 if phone else 0.2, 0.97)
        devices.append("phone" if phone else "computer")
        for place, item in enumerate(items):
            harder = 1.0 if phone and place == 4 else 0.0
            rows.append((person, place, chance.random() < probability(ability, item.a, item.b + harder)))
    ids = [f"item-{place}" for place in range(20)]
    return Responses.of(items, ids, rows, {"device": devices})


def test_the_planted_item_is_found_and_no_other_is_accused_though_the_group_is_weaker() -> None:
    responses = made_up(1200)
    found = differences(responses, calibrate(responses, correlation=False), "device", "phone")
    assert [one.item for one in found] == list(responses.ids)
    classes = {one.item: one.difference.category for one in found}
    assert [item for item, category in classes.items() if category == "C"] == ["item-4"]
    planted = found[4].difference
    assert planted.delta == pytest.approx(-2.35 * 1.5, abs=2 * planted.error + 0.4)  # the log odds differ by a · 1


def test_too_few_answers_of_a_group_are_not_compared() -> None:
    responses = made_up(150)
    assert differences(responses, calibrate(responses, correlation=False), "device", "phone") == []
