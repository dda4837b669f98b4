"""The next item: against catsim's selectors, by hand, and bit for bit."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from catsim import irt
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector

from services.assessment.ability.choice import choose
from services.assessment.ability.design import Design
from services.assessment.ability.estimate import after, estimates
from services.assessment.ability.item import Item
from services.assessment.ability.levels import Levels
from services.assessment.ability.pool import Pool
from services.assessment.ability.posterior import Answer
from services.assessment.ability.prior import PRIOR, Prior, grid
from services.assessment.ability.refusal import Refusal
from services.assessment.ability.rule import Rule
from services.assessment.ability.simulation import take

LEVELS = Levels((-1.3, -0.7, -0.1, 0.5, 1.1, 1.7, 2.3))
BANK = tuple(
    Item(area, f"{area}.{1 + n % 4}", 1.6 + 0.07 * (n * 5 % 13), -2.2 + 0.19 * n + 0.03 * area)
    for area in range(1, 6)
    for n in range(25)
)
DESIGN = Design(Pool(BANK), LEVELS)


def theirs(items: tuple[Item, ...]) -> ItemBank:
    return ItemBank(np.array([[item.a, item.b] for item in items]))


@pytest.mark.parametrize("ability", [-1.4, 0.0, 0.35, 2.2])
def test_where_the_ability_is_known_the_item_is_catsims_most_informative(ability: float) -> None:
    only = tuple(item for item in BANK if item.area == 4)
    sure = Design(Pool(only, Prior(mean=ability, deviation=0.001)), LEVELS, Rule(top=1))
    best = MaxInfoSelector().select(index=0, item_bank=theirs(only), administered_items=[], est_theta=ability)
    assert choose(sure, [], seed=1) == best


def test_where_it_is_not_known_catsims_information_is_averaged_over_the_posterior() -> None:
    answers = [Answer(12, True), Answer(37, False), Answer(62, True), Answer(87, True), Answer(112, False)]
    known, abilities = after(DESIGN, answers), grid(PRIOR).abilities
    area = int(np.argmax(known.error))
    open_ = [n for n, item in enumerate(BANK) if item.area == area + 1 and n not in (12, 37, 62, 87, 112)]
    means = {
        n: sum(
            float(d) * irt.inf(float(x), BANK[n].a, BANK[n].b)
            for x, d in zip(abilities, known.density[area], strict=True)
        )
        for n in open_
        if BANK[n].competence != BANK[112].competence
    }
    ranked = sorted(means, key=lambda n: -means[n])[:5]

    chosen = Counter(choose(DESIGN, answers, seed) for seed in range(400))

    assert set(chosen) <= set(ranked)
    shares = [chosen[place] / 400 for place in ranked]
    assert shares == pytest.approx([16 / 31, 8 / 31, 4 / 31, 2 / 31, 1 / 31], abs=0.08)  # three standard errors


def test_at_the_start_each_area_may_come_first() -> None:
    first = [choose(DESIGN, [], seed) for seed in range(60)]
    assert {BANK[place].area for place in first if place is not None} == {1, 2, 3, 4, 5}


def whole_test(seed: int) -> list[Answer]:
    return take(DESIGN, (0.4, -0.2, 1.0, 0.1, -0.9), Random(seed), seed)


def test_a_test_keeps_its_promises() -> None:
    for seed in range(8):
        answers = whole_test(seed)
        asked = [BANK[answer.item] for answer in answers]
        assert len(set(asked)) == len(asked)
        assert all(3 <= times <= 8 for times in Counter(item.area for item in asked).values())
        assert all(one.competence != other.competence for one, other in pairwise(asked))
        for area in range(1, 6):
            times = Counter(item.competence for item in asked if item.area == area)
            assert max(times.values()) - min(times[f"{area}.{n}"] for n in range(1, 5)) <= 2


def test_an_area_that_is_decided_is_left_alone_and_comes_back_only_when_it_is_not() -> None:
    """Every question asked beyond the third of an area was asked while its 90 % interval crossed a cut."""
    answers = whole_test(5)
    for many in range(len(answers)):
        before = estimates(DESIGN, answers[:many])
        area = before[BANK[answers[many].item].area - 1]
        assert area.items < 3 or not LEVELS.decided(area.interval)


def test_what_was_shown_too_often_is_not_chosen_and_what_was_skipped_is_not_asked_again() -> None:
    best = choose(DESIGN, [], seed=2)
    assert best is not None
    assert choose(DESIGN, [], seed=2, closed={best}) != best
    skipped = [Answer(best, None)]
    assert choose(DESIGN, skipped, seed=2) not in (best, None)
    assert [estimate.items for estimate in estimates(DESIGN, skipped)] == [0] * 5


def test_who_skips_everything_comes_to_an_end_and_is_told_the_prior() -> None:
    answers: list[Answer] = []
    while (place := choose(DESIGN, answers, seed=1)) is not None:
        answers.append(Answer(place, None))
    assert len(answers) == 5 * 8
    assert estimates(DESIGN, answers)[0].error == pytest.approx(1)


def test_a_pool_without_items_of_an_area_measures_the_others_and_infers_that_one() -> None:
    few = Design(Pool(tuple(item for item in BANK if item.area != 3)), LEVELS)
    answers = take(few, (0.0,) * 5, Random(1), 1)
    found = estimates(few, answers)
    assert found[2].items == 0
    assert found[2].error < 0.8
    assert choose(Design(Pool(()), LEVELS), [], seed=1) is None


PRINTED = """
from tests.unit.assessment.ability.test_choice import DESIGN, whole_test
from services.assessment.ability.estimate import estimates
for seed in range(3):
    answers = whole_test(seed)
    print(answers, [(float(e.ability).hex(), e.error.hex(), e.interval.low.hex()) for e in estimates(DESIGN, answers)])
"""


def test_the_same_answers_and_seed_give_the_same_bits_in_another_process_with_other_threads() -> None:
    def run(threads: str, hashes: str) -> str:
        environment = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": hashes}
        return subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={"PYTHONPATH": ":".join(path for path in sys.path if path), **environment},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    one = run("1", "1")
    assert one == run("4", "77")
    assert one.count("0x") == 45


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([Answer(125, True)], "no item 125"),
        ([Answer(-1, True)], "no item -1"),
        ([Answer(3, True), Answer(3, None)], "once"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers: list[Answer], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        choose(DESIGN, answers, seed=1)


@pytest.mark.parametrize("wrong", [{"least": 0}, {"least": 9}, {"coverage": 1.0}, {"worth": -0.1}, {"top": 0}])
def test_thresholds_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Refusal, match="must hold"):
        Rule(**wrong)  # type: ignore[arg-type]
