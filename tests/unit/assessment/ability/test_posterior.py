"""The posterior: against scipy's integration, closed forms, five-dimensional quadrature, and its own laws."""

from itertools import product
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from services.assessment.ability.interval import interval
from services.assessment.ability.item import Item, probability
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer, Posterior, covariance, likelihood, posterior
from services.assessment.ability.prior import PRIOR, Prior, grid
from services.assessment.ability.refusal import Refusal

ITEMS = st.lists(
    st.builds(Item, st.integers(1, 5), st.just("x"), st.floats(0.3, 3), st.floats(-3, 3)), min_size=1, max_size=12
)
RIGHTS = st.lists(st.booleans(), min_size=12, max_size=12)


def after(items: list[Item], rights: list[bool], prior: Prior = PRIOR) -> Posterior:
    pool = Pool(tuple(items), prior)
    answers = [Answer(place, right) for place, right in zip(range(len(items)), rights, strict=False)]
    return posterior(grid(prior), likelihood(pool, answers))


def moments_by_scipy(a: float, b: float, right: bool) -> tuple[float, float]:
    """Mean and variance of one standard normal ability after one answer."""

    def moment(power: int) -> float:
        def integrand(x: float) -> float:
            chance = probability(x, a, b)
            return x**power * exp(-x * x / 2) * (chance if right else 1 - chance)

        return quad(integrand, -12, 12, epsabs=1e-13)[0]

    mean = moment(1) / moment(0)
    return mean, moment(2) / moment(0) - mean**2


@pytest.mark.parametrize(
    ("a", "b", "right"), [(1.0, 0.0, True), (2.5, 1.2, True), (2.5, 1.2, False), (0.4, -3.0, False)]
)
def test_one_answer_is_integrated_as_scipy_does_and_moves_the_other_areas_by_the_correlation(
    a: float, b: float, right: bool
) -> None:
    """Given ability 2 another is normal with mean 0.8 ability 2 and variance 1 - 0.8²: exact whatever the item."""
    mean, variance = moments_by_scipy(a, b, right)
    pool = Pool((Item(2, "2.1", a, b),))
    found = likelihood(pool, [Answer(0, right)])

    known = posterior(grid(PRIOR), found)
    matrix = covariance(grid(PRIOR), found)

    others = [0, 2, 3, 4]
    assert known.mean[1] == pytest.approx(mean, abs=1e-7)
    assert known.error[1] ** 2 == pytest.approx(variance, abs=1e-6)
    assert known.mean[others] == pytest.approx(0.8 * mean, abs=1e-7)
    assert known.error[others] ** 2 == pytest.approx(1 - 0.64 + 0.64 * variance, abs=1e-6)
    assert matrix[1, others] == pytest.approx(0.8 * variance, abs=1e-6)
    assert matrix[0, 4] == pytest.approx(0.8 - 0.64 + 0.64 * variance, abs=1e-6)
    assert np.diag(matrix) == pytest.approx(known.error**2)


def test_without_correlation_an_area_learns_nothing_from_another() -> None:
    known = after([Item(1, "1.1", 2.0, 0.5)], [True], Prior(correlation=0))
    mean, variance = moments_by_scipy(2.0, 0.5, True)

    assert known.mean == pytest.approx([mean, 0, 0, 0, 0], abs=1e-7)
    assert known.error**2 == pytest.approx([variance, 1, 1, 1, 1], abs=1e-6)


def test_answers_in_all_areas_against_a_quadrature_in_five_dimensions() -> None:
    """Gauss-Hermite over the whole multivariate normal prior: it knows nothing of a shared factor."""
    items = [Item(1, "", 1.4, -0.5), Item(1, "", 0.9, 1.0), Item(2, "", 1.2, 0.3), Item(3, "", 1.0, 0.0)]
    items += [Item(4, "", 1.5, 0.8), Item(4, "", 1.1, -1.2), Item(5, "", 1.3, 0.1)]
    rights = [True, True, False, True, False, True, False]
    prior = Prior(mean=0.2, deviation=0.6, correlation=0.7)
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    root = np.linalg.cholesky(0.36 * (0.3 * np.eye(5) + 0.7))
    points = 0.2 + np.array(list(product(nodes, repeat=5))) @ root.T
    mass = np.prod(np.array(list(product(weights, repeat=5))), axis=1)
    for item, right in zip(items, rights, strict=True):
        chance = 1 / (1 + np.exp(-item.a * (points[:, item.area - 1] - item.b)))
        mass = mass * (chance if right else 1 - chance)
    mass /= mass.sum()
    mean = mass @ points
    expected = (points - mean).T @ ((points - mean) * mass[:, None])

    pool = Pool(tuple(items), prior)
    found = likelihood(pool, [Answer(place, right) for place, right in enumerate(rights)])

    assert posterior(grid(prior), found).mean == pytest.approx(mean, abs=1e-6)
    assert covariance(grid(prior), found) == pytest.approx(expected, abs=1e-6)


def test_steep_items_at_the_highest_correlation_against_a_much_finer_grid() -> None:
    """The hardest case for the grid: a of 5 and a correlation of 0.95, integrated again with 20 times as many nodes."""
    prior = Prior(correlation=0.95)
    b = (-0.4, 0.1, 0.3, 0.5)
    known = after(
        [Item(1, "", 5.0, place) for place in b] + [Item(3, "", 5.0, place) for place in b], [True, False] * 4, prior
    )

    x = np.linspace(-6, 6, 1201)
    one, other = np.meshgrid(x, x, indexing="ij")
    density = np.exp(-(one**2 - 1.9 * one * other + other**2) / (2 * (1 - 0.95**2)))
    chance = [1 / (1 + np.exp(-5.0 * (x - place))) for place in b]
    answered = chance[0] * (1 - chance[1]) * chance[2] * (1 - chance[3])
    density *= answered[:, None] * answered[None, :]
    mean = (density * one).sum() / density.sum()
    variance = (density * (one - mean) ** 2).sum() / density.sum()

    assert known.mean[[0, 2]] == pytest.approx(mean, abs=1e-6)
    assert known.error[[0, 2]] == pytest.approx(sqrt(variance), abs=1e-6)


@given(ITEMS, RIGHTS)
def test_mirrored_answers_mirror_the_abilities(items: list[Item], rights: list[bool]) -> None:
    mirrored = [item._replace(b=-item.b) for item in items]
    known, seen = after(items, rights), after(mirrored, [not right for right in rights])
    assert seen.mean == pytest.approx(-known.mean, abs=1e-9)
    assert seen.error == pytest.approx(known.error, abs=1e-9)


@given(ITEMS, RIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_change_a_bit(items: list[Item], rights: list[bool], chance: object) -> None:
    pool = Pool(tuple(items))
    answers = [Answer(place, right) for place, right in zip(range(len(items)), rights, strict=False)]
    mixed = sorted(answers, key=lambda _: chance.random())  # type: ignore[attr-defined]
    ordered, other = (posterior(grid(PRIOR), likelihood(pool, given)) for given in (answers, mixed))
    assert ordered.density.tobytes() == other.density.tobytes()
    assert ordered.mean.tobytes() == other.mean.tobytes()


@given(ITEMS, RIGHTS)
def test_a_right_answer_never_lowers_an_ability_nor_a_wrong_one_raises_it(
    items: list[Item], rights: list[bool]
) -> None:
    before = after(items[:-1], rights) if items[1:] else after([items[0]], [])
    right = after(items, [*rights[: len(items) - 1], True])
    wrong = after(items, [*rights[: len(items) - 1], False])
    assert (right.mean >= before.mean - 1e-12).all()
    assert (wrong.mean <= before.mean + 1e-12).all()


@given(ITEMS, RIGHTS)
def test_answers_narrow(items: list[Item], rights: list[bool]) -> None:
    """Never wider than the prior (Brascamp and Lieb, 1976), and with each item narrower than before on average."""
    before = after(items[:-1], rights) if items[1:] else after([items[0]], [])
    right = after(items, [*rights[: len(items) - 1], True])
    wrong = after(items, [*rights[: len(items) - 1], False])
    last = items[-1]
    chances = [probability(float(ability), last.a, last.b) for ability in grid(PRIOR).abilities]
    expected = float((before.density[last.area - 1] * chances).sum())
    variance = expected * right.error**2 + (1 - expected) * wrong.error**2
    assert (right.error <= 1 + 1e-9).all()
    assert (variance <= before.error**2 + 1e-12).all()
    assert variance[last.area - 1] < before.error[last.area - 1] ** 2


def test_what_was_skipped_tells_nothing() -> None:
    pool = Pool((Item(1, "1.1", 2.0, 0.5), Item(2, "2.1", 1.0, 0.0)))
    assert (likelihood(pool, [Answer(0, None), Answer(1, True)]) == likelihood(pool, [Answer(1, True)])).all()


def test_before_the_first_answer_the_interval_is_the_normal_one() -> None:
    known = grid(PRIOR)
    density = posterior(known, np.ones((5, len(known.abilities)))).density[3]
    assert interval(known, density, 0.90) == pytest.approx((-1.644854, 1.644854), abs=1e-3)
    assert interval(known, density, 0.95) == pytest.approx((-1.959964, 1.959964), abs=1e-3)


def test_a_skewed_interval_leaves_a_twentieth_on_each_side() -> None:
    """After a right answer to a steep and hard item, against scipy; ability ± 1.645 errors would be off by 0.1."""
    low, high = interval(grid(PRIOR), after([Item(1, "1.1", 4.0, 1.5)], [True], Prior()).density[0], 0.90)

    def below(limit: float) -> float:
        return quad(lambda x: exp(-x * x / 2) * probability(x, 4.0, 1.5), -8, limit, points=[1.5], epsabs=1e-13)[0]

    assert below(low) / below(8) == pytest.approx(0.05, abs=5e-4)
    assert below(high) / below(8) == pytest.approx(0.95, abs=5e-4)


def test_intervals_cover_as_often_as_they_say() -> None:
    """1500 people, ten items each that were not chosen for them; 7500 areas, so one point is three standard errors."""
    chance, people = np.random.default_rng(8), 1500
    items = [
        Item(1 + n % 5, "", a, b)
        for n, (a, b) in enumerate(zip(chance.uniform(0.8, 2.5, 40), chance.normal(size=40), strict=True))
    ]
    pool, known = Pool(tuple(items)), grid(PRIOR)
    truths = chance.multivariate_normal(np.zeros(5), 0.2 * np.eye(5) + 0.8, size=people)
    covered = {0.90: 0, 0.95: 0}
    for truth in truths:
        asked = chance.permutation(40)[:10]
        answers = [
            Answer(int(n), bool(chance.random() < probability(truth[items[n].area - 1], items[n].a, items[n].b)))
            for n in asked
        ]
        density = posterior(known, likelihood(pool, answers)).density
        for coverage in covered:
            within = [interval(known, density[area], coverage) for area in range(5)]
            covered[coverage] += sum(low <= truth[area] <= high for area, (low, high) in enumerate(within))
    for coverage, times in covered.items():
        assert times / (5 * people) == pytest.approx(coverage, abs=0.02)


@pytest.mark.parametrize("prior", [(0, 0.0, 0.8), (0, 1.0, -0.1), (0, 1.0, 0.99)])
def test_a_prior_that_makes_no_sense_is_refused(prior: tuple[float, float, float]) -> None:
    with pytest.raises(Refusal, match="the correlation between 0 and"):
        Prior(*prior)
