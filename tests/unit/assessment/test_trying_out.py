"""Pilot items: asked now and then, never scored, and without them the test is the same."""

from collections import Counter
from random import Random

from services.assessment.frozen_test import FrozenTest
from services.assessment.rules import sitting
from services.assessment.rules.entry import Resumed, TestDevice
from services.assessment.rules.session import Given
from services.assessment.rules.trying_out import drawn
from tests.item_answers import right
from tests.unit.assessment.sitting_down import BANK, at, begun, running, stepped, test_of

PILOTS = [item.id for item in BANK.pilots("full")]


def taken(test: FrozenTest, device: TestDevice = "computer", gone: tuple[str, ...] = ()) -> list[Given]:
    """A whole test in which every third question is answered wrong."""
    found: list[Given] = []
    while (item := test.next(found, device, gone)) is not None:
        scored = sum(one.item not in PILOTS for one in found)
        found.append(Given(item, item in PILOTS or scored % 3 > 0))
    return found


def test_one_pilot_a_test_and_each_as_often_between_the_fourth_and_the_fourteenth_question() -> None:
    many = [drawn(PILOTS, Random(seed)) for seed in range(6600)]
    assert {len(one) for one in many} == {1}
    numbers, items = (Counter(pair[place] for one in many for pair in one.items()) for place in (0, 1))
    assert (min(numbers), max(numbers)) == (4, 14)
    assert all(abs(times - 600) < 4 * (600 * 10 / 11) ** 0.5 for times in numbers.values()), numbers
    assert set(items) == set(PILOTS)
    assert all(abs(times - 1100) < 4 * (1100 * 5 / 6) ** 0.5 for times in items.values()), items
    assert drawn([], Random(1)) == {}


def test_with_a_pilot_the_same_questions_follow_and_the_same_result() -> None:
    for seed in range(12):
        without = taken(FrozenTest.of(begun(seed=seed), BANK))
        pilot = PILOTS[seed % len(PILOTS)]
        test = FrozenTest.of(begun(seed=seed, pilots={5: pilot}), BANK)
        found = taken(test)
        assert [one for one in found if one.item != pilot] == without
        place = [one.item for one in found].index(pilot)
        assert place >= 4
        beside = {BANK.item(found[near].item).competence for near in (place - 1, place + 1)}
        assert BANK.item(pilot).competence not in beside
        assert test.areas(found) == test.areas(without)
        assert sum(area.items for area in test.areas(found)) == len(without)


def test_what_is_answered_to_a_pilot_is_kept_and_not_counted() -> None:
    session = running(pilots={4: PILOTS[0]})
    while session.asks not in PILOTS:
        test = test_of(session)
        step = sitting.answer(session, test, session.number, right(BANK.item(session.asks or "")), at(2))
        session = stepped(session, step)
    before = test_of(session).areas(session.given)
    step = sitting.answer(session, test_of(session), session.number, right(BANK.item(PILOTS[0])), at(2))
    session = stepped(session, step)
    assert session.given[-1] == Given(PILOTS[0], True)
    assert test_of(session).areas(session.given) == before


def test_a_pilot_that_suits_no_phone_or_is_neutralised_is_not_asked() -> None:
    computers = next(item for item in BANK.items if item.device == "computer")
    test = FrozenTest.of(begun(pilots={4: computers.id}), BANK)
    assert test.pool == "full"
    assert computers.id not in {one.item for one in taken(test, "phone")}
    test = FrozenTest.of(begun(pilots={4: PILOTS[1]}), BANK)
    assert PILOTS[1] in {one.item for one in taken(test)}
    assert PILOTS[1] not in {one.item for one in taken(test, gone=(PILOTS[1],))}


def test_a_pilot_that_stands_gives_way_on_a_phone_if_it_needs_a_computer() -> None:
    computers = next(item for item in BANK.items if item.device == "computer")
    session = running(pilots={1: computers.id})
    assert session.asks == computers.id
    (resumed,) = sitting.resume(session, test_of(session), "phone", at(2)).entries
    assert isinstance(resumed, Resumed)
    assert resumed.asks not in (None, computers.id)
