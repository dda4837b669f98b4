"""Which items may follow: worked out by hand on a pool of eight."""

from hypothesis import given
from hypothesis import strategies as st

from services.assessment.ability.candidates import candidates
from services.assessment.ability.exposure import over_exposed
from services.assessment.ability.item import Item
from services.assessment.ability.pool import Pool

CODES = ("1.1", "1.1", "1.1", "1.2", "1.2", "1.3", "2.1", "2.1")
POOL = Pool(tuple(Item(int(code[0]), code, 1.0, 0.0) for code in CODES))


def test_at_first_every_item_of_the_area() -> None:
    assert candidates(POOL, 1, [], ()) == [0, 1, 2, 3, 4, 5]


def test_no_item_twice_and_no_competence_twice_in_a_row() -> None:
    assert candidates(POOL, 1, [0], ()) == [3, 4, 5]
    assert candidates(POOL, 1, [0, 6], ()) == [1, 2, 3, 4, 5]


def test_a_competence_waits_while_it_is_two_ahead_of_another() -> None:
    assert candidates(POOL, 1, [0, 6, 1, 7], ()) == [3, 4, 5]


def test_what_was_shown_too_often_is_left_out() -> None:
    assert candidates(POOL, 1, [0, 6], {1, 3}) == [2, 4, 5]


def test_a_small_pool_gives_up_balance_then_exposure_then_the_change_of_competence() -> None:
    assert candidates(POOL, 1, [0, 6, 1, 7], {3, 4, 5}) == [2]
    assert candidates(POOL, 2, [6, 0], {7}) == [7]
    assert candidates(POOL, 2, [6], ()) == [7]
    assert candidates(POOL, 2, [6, 7], ()) == []
    assert candidates(POOL, 3, [], ()) == []


def test_an_item_is_closed_before_it_passes_the_ceiling() -> None:
    assert over_exposed([8, 7, 0], 0) == {0}  # 40 % of the first 20 tests are 8
    assert over_exposed([39, 40, 41], 99) == {1, 2}  # 40 of 100 tests with the next
    assert over_exposed([19, 20], 39, ceiling=0.5) == {1}


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.integers(20, 100))
def test_after_any_open_item_is_shown_its_share_is_within_the_ceiling(shown: list[int], tests: int) -> None:
    closed = over_exposed(shown, tests)
    assert all((times + 1) / (tests + 1) <= 0.4 for place, times in enumerate(shown) if place not in closed)
