"""a and b against a library where it can count, the kernel's own posterior, and the curvature of the likelihood."""

from random import Random

import girth
import numpy as np
import pytest

from services.assessment.ability.item import Item, probability
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer, likelihood, posterior
from services.assessment.ability.prior import PRIOR, Prior, grid
from services.assessment.ability.simulation import person
from services.assessment.calibration.enough import verdict
from services.assessment.calibration.estimation import FEWEST, SPREAD_A, calibrate
from services.assessment.calibration.population import abilities_of
from services.assessment.calibration.responses import Responses
from services.assessment.calibration.standard_errors import standard_errors


def answers(
    people: int, correlation: float, *, per_area: int, asked: int, seed: int = 1
) -> tuple[Responses, list[Item]]:
    """People answer ``asked`` items an area; a = 1.4 and b = 0 are believed of all. The true items too."""
    chance = Random(seed)
    true = [
        Item(area, f"{area}.1", chance.uniform(0.8, 2.2), -2 + 4 * (place + 0.5) / per_area)
        for area in range(1, 6)
        for place in range(per_area)
    ]
    rows = []
    for number in range(people):
        abilities = person(Prior(correlation=correlation), chance)
        for area in range(5):
            for place in chance.sample(range(per_area), asked):
                item = area * per_area + place
                p = probability(abilities[area], true[item].a, true[item].b)
                rows.append((number, item, chance.random() < p))
    believed = [item._replace(a=1.4, b=0.0) for item in true]
    return Responses.of(believed, [str(place) for place in range(len(true))], rows), true


def test_abilities_are_those_of_the_kernel() -> None:
    responses, true = answers(40, 0.8, per_area=6, asked=3)
    found = abilities_of(responses, np.array([i.a for i in true]), np.array([i.b for i in true]), PRIOR)
    known, pool = grid(PRIOR), Pool(tuple(true))
    steps = np.arange(-30, 31) * 0.2
    for number in range(40):
        mine = responses.person == number
        pairs = zip(responses.item[mine], responses.right[mine], strict=True)
        exact = posterior(known, likelihood(pool, [Answer(int(item), bool(right)) for item, right in pairs]))
        means = found.density[number] @ steps
        errors = np.sqrt(found.density[number] @ steps**2 - means**2)
        assert means == pytest.approx(exact.mean, abs=0.002)
        assert errors == pytest.approx(exact.error, abs=0.002)


def test_as_a_library_has_it_where_everybody_answers_all_of_one_area() -> None:
    chance = Random(3)
    true = [Item(1, "1.1", 0.9 + 0.08 * place, -1.8 + 0.25 * place) for place in range(15)]
    table = np.array(
        [
            [chance.random() < probability(ability, i.a, i.b) for i in true]
            for ability in (chance.gauss(0, 1) for _ in range(1000))
        ]
    )
    rows = [(number, item, bool(table[number, item])) for number in range(1000) for item in range(15)]
    found = calibrate(Responses.of(true, [str(item) for item in range(15)], rows), correlation=False)
    library = girth.twopl_mml(table.T.astype(int))
    assert found.converged
    assert found.a == pytest.approx(library["Discrimination"], abs=0.05)
    assert found.b == pytest.approx(library["Difficulty"], abs=0.03)


def test_items_and_the_correlation_are_found_again() -> None:
    responses, true = answers(800, 0.5, per_area=8, asked=5)
    found = calibrate(responses)
    assert found.converged
    assert found.correlation == pytest.approx(0.5, abs=0.06)
    errors = standard_errors(responses, found)
    for values, error, truth in ((found.a, errors.a, [i.a for i in true]), (found.b, errors.b, [i.b for i in true])):
        covered = np.abs(values - truth) < 1.96 * error
        assert covered.sum() >= 34, "of 40, 95 % are expected; 33 or fewer come up once in 1,000 times"


def test_an_item_with_few_answers_stays_as_it_was_believed() -> None:
    responses, _ = answers(200, 0.8, per_area=4, asked=2)
    keep = (responses.item != 3) | (np.cumsum(responses.item == 3) < FEWEST)
    rows = list(
        zip(responses.person[keep].tolist(), responses.item[keep].tolist(), responses.right[keep].tolist(), strict=True)
    )
    fewer = Responses.of(responses.items, responses.ids, rows)
    found = calibrate(fewer)
    assert (found.estimated[3], found.a[3], found.b[3]) == (False, 1.4, 0.0)
    errors = standard_errors(fewer, found)
    assert np.isinf(errors.a[3])
    assert np.isfinite(errors.b[[0, 1, 2, 4]]).all()


def test_who_answered_nothing_is_as_the_prior_has_it() -> None:
    responses, _ = answers(5, 0.8, per_area=2, asked=1)
    rows = [(0, 0, True), (4, 1, False)]
    found = abilities_of(Responses.of(responses.items, responses.ids, rows), np.ones(10), np.zeros(10), PRIOR)
    steps = np.arange(-30, 31) * 0.2
    assert found.density[2] @ steps == pytest.approx([0] * 5, abs=1e-9)
    assert found.density[2] @ steps**2 == pytest.approx([1] * 5, abs=1e-6)


def test_errors_are_the_curvature_of_the_likelihood() -> None:
    """One item is estimated, the others are known: by differences of the likelihood that every answer adds to."""
    responses, true = answers(1200, 0.8, per_area=3, asked=2, seed=2)
    known = [item if place else item._replace(a=1.4, b=0.0) for place, item in enumerate(true)]
    responses = Responses(tuple(known), responses.ids, responses.person, responses.item, responses.right, {})
    a, b = np.array([i.a for i in true]), np.array([i.b for i in true])

    def value(slope: float, start: float) -> float:
        one, two = a.copy(), b.copy()
        one[0], two[0] = slope, -start / slope
        prior = -(np.log(slope / 1.4) ** 2) / (2 * SPREAD_A**2)
        return abilities_of(responses, one, two, PRIOR).loglikelihood + prior

    found = calibrate(responses, correlation=False)
    only = np.arange(len(true)) == 0
    found = type(found)(
        np.where(only, found.a, a), np.where(only, found.b, b), only, 0.8,
        abilities_of(responses, np.where(only, found.a, a), np.where(only, found.b, b), PRIOR), 1, True,
    )  # fmt: skip
    slope, start, h = float(found.a[0]), float(-found.a[0] * found.b[0]), 0.02
    ways = [(1, 0), (0, 1)]
    curved = np.array(
        [
            [
                sum(
                    one * two * value(slope + h * (one * x[0] + two * y[0]), start + h * (one * x[1] + two * y[1]))
                    for one in (1, -1)
                    for two in (1, -1)
                )
                / (4 * h * h)
                for y in ways
            ]
            for x in ways
        ]
    )
    covariance = np.linalg.inv(-curved)
    errors = standard_errors(responses, found)
    assert errors.a[0] == pytest.approx(np.sqrt(covariance[0, 0]), rel=0.1)
    to_b = np.array([-found.b[0] / slope, -1 / slope])
    assert errors.b[0] == pytest.approx(np.sqrt(to_b @ covariance @ to_b), rel=0.1)


@pytest.mark.parametrize(
    ("answers_", "a", "error_a", "error_b", "lacks"),
    [
        (300, 1.2, 0.3, 0.18, ""),
        (299, 1.2, 0.1, 0.1, "299 answers, not 300"),
        (900, 1.2, 0.1, 0.19, "b known to 0.19, not 0.18"),
        (900, 1.2, 0.31, 0.1, "a known to 26%, not 25%"),
    ],
)
def test_what_is_enough(answers_: int, a: float, error_a: float, error_b: float, lacks: str) -> None:
    assert verdict(answers_, a, error_a, error_b) == (not lacks, lacks)
