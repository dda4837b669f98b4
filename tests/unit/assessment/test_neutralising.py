"""A faulty item tells nothing: running tests leave it, finished ones are scored as if nobody had answered it."""

from datetime import timedelta

import pytest

from services.assessment.ability.estimate import estimates
from services.assessment.ability.posterior import Answer
from services.assessment.frozen_test import design_of_today
from services.assessment.rules import sitting
from services.assessment.rules.entry import ENTRY, Neutralised
from services.assessment.rules.session import Given, Session, session_of
from services.assessment.rules.sitting import Step
from shared.contracts.assessment import ResultRescored, TestFinished
from tests.item_answers import right, wrong
from tests.unit.assessment.sitting_down import (
    BANK,
    NINE,
    TEST,
    at,
    begun,
    finished,
    offer,
    running,
    standing,
    stepped,
    test_of,
)

WHY = "To svar er rigtige"
SOON = NINE + timedelta(minutes=3)
POOL = [item.id for item in BANK.pool("full")]


def neutralised(session: Session, item: str) -> Step:
    return sitting.neutralise(session, test_of(session), item, WHY, SOON)


def answered(session: Session, times: int) -> Session:
    """So many questions later, every third of them answered wrong."""
    for number in range(times):
        item = BANK.item(session.asks or "")
        response = wrong(item) if number % 3 == 0 else right(item)
        step = sitting.answer(session, test_of(session), session.number, response, at(2))
        session = stepped(session, step)
        if session.status == "finished":
            break
    return session


def without(session: Session, item: str) -> list[tuple[float, float, int]]:
    """The five areas by the kernel alone, from the answers to every other item."""
    answers = [Answer(POOL.index(one.item), one.right) for one in session.given if one.item != item]
    found = estimates(design_of_today(BANK, "full"), answers)
    return [(estimate.ability, estimate.error, estimate.level) for estimate in found]


def test_a_finished_test_is_scored_as_if_nobody_had_answered_the_item() -> None:
    session = answered(running(), 100)
    item = session.given[3].item
    step = neutralised(session, item)
    told = step.event
    assert isinstance(told, ResultRescored)
    assert [(one.ability, one.standard_error, one.level) for one in told.areas] == without(session, item)
    before = test_of(session).areas(session.given)
    assert [(one.area, one.level) for one in told.before] == [(one.area, one.level) for one in before]
    assert told.items == len(session.given) - 1
    assert (told.reason, told.test_id, told.citizen_id) == (WHY, session.test_id, session.offer.citizen_id)
    after = stepped(session, step)
    assert (after.status, after.asks, after.neutralised) == ("finished", None, {item})
    assert neutralised(after, item) == Step()


def test_in_whatever_order_items_are_neutralised_the_result_is_the_same() -> None:
    session = answered(running(), 100)
    items = [session.given[place].item for place in (1, 5, 9)]
    one, other = session, session
    for item in items:
        one = stepped(one, neutralised(one, item))
    for item in reversed(items):
        other = stepped(other, neutralised(other, item))
    assert test_of(one).areas(one.given) == test_of(other).areas(other.given)


def test_an_item_that_was_skipped_changes_no_result_and_nothing_is_told() -> None:
    session = finished()
    step = neutralised(session, session.given[2].item)
    assert ([entry.kind for entry in step.entries], step.event) == (["neutralised"], None)


def test_a_running_test_leaves_the_item_that_stands_and_does_not_count_it() -> None:
    session = answered(running(), 5)
    item, number = session.asks, session.number
    assert item is not None
    after = stepped(session, neutralised(session, item))
    assert (after.status, after.number, after.given[-1]) == ("running", number + 1, Given(item, None))
    assert after.asks not in {one.item for one in after.given}
    with pytest.raises(sitting.AnotherQuestion, match="question-answered"):
        sitting.answer(after, test_of(after), number, right(BANK.item(item)), at(5))


def test_a_running_test_keeps_its_question_and_forgets_an_answer() -> None:
    session = answered(running(), 5)
    item = session.given[1].item
    after = stepped(session, neutralised(session, item))
    assert (after.asks, after.number) == (session.asks, session.number)
    assert after.given == (session.given[0], Given(item, None), *session.given[2:])


def test_an_item_that_was_not_asked_yet_never_is() -> None:
    session = answered(running(), 4)
    later = {one.item for one in answered(session, 100).given[5:]}
    for item in later:
        session = stepped(session, neutralised(session, item))
    session = answered(session, 100)
    assert session.status == "finished"
    assert later.isdisjoint(one.item for one in session.given)


def test_who_is_left_with_no_question_has_finished() -> None:
    session = answered(running(), 5)
    others = [item.id for item in BANK.items if item.id != session.asks]
    for item in others:
        session = stepped(session, neutralised(session, item))
    assert session.status == "running"
    step = neutralised(session, session.asks or "")
    assert isinstance(step.event, TestFinished)
    assert stepped(session, step).status == "finished"
    assert {area.items for area in step.event.areas} == {0}


def test_a_test_that_begins_later_never_asks_it() -> None:
    first = begun().asks
    session = answered(running(neutralised=(first,)), 100)
    assert session.neutralised == {first}
    assert first not in {one.item for one in session.given}


def test_nothing_happens_where_there_is_nothing_to_change() -> None:
    found = {status: neutralised(session, POOL[0]) for status, session in standing().items() if session.begun}
    assert {status for status, step in found.items() if step.entries} == {"running", "paused", "finished"}
    assert neutralised(running(), "9.9-nowhere") == Step()
    late = sitting.neutralise(running(), test_of(running()), POOL[0], WHY, NINE + timedelta(hours=25))
    assert late == Step()


def test_the_entries_give_the_session_again() -> None:
    session, start = answered(running(), 5), running().begun
    assert start is not None
    step = neutralised(session, session.asks or "")
    (entry,) = step.entries
    assert isinstance(entry, Neutralised)
    assert ENTRY.validate_json(entry.model_dump_json()) == entry
    told = session_of(TEST, [offer(), start, entry])
    assert told.neutralised == {entry.item}
