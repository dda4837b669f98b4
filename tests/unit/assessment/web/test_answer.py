"""From a form to a command: what is missing is said beside the control where it is put right."""

import pytest

from services.assessment.items.item import Match, Multiple, Order, Short, Single
from services.assessment.items.loading import item_bank
from services.assessment.views.session import QuestionView, asked
from services.assessment.web.answer import Incomplete, Missing, begin_of, device_of, eases_of, number_of, response_of
from shared.problems import Invalid
from shared.web.citizen import Fields


def question(kind: type) -> QuestionView:
    """The first question of a kind."""
    return asked(next(item for item in item_bank().items if isinstance(item, kind)), 1, 40)


def missing(asked_: QuestionView, fields: Fields) -> tuple[Missing, ...]:
    """What the form lacks."""
    with pytest.raises(Incomplete) as incomplete:
        response_of(asked_, fields)
    return incomplete.value.missing


def test_one_of_the_options() -> None:
    single = question(Single)
    first, second, *_ = single.options or {}
    assert response_of(single, {"answer": [second]}) == second
    for fields in ({}, {"answer": [""]}, {"answer": ["another"]}, {"other": [first]}):
        assert missing(single, fields) == (Missing(f"answer-{first}", "Vælg et svar."),)


def test_as_many_as_are_asked_for() -> None:
    multiple = question(Multiple)
    names, choose = list(multiple.options or {}), multiple.choose or 0
    assert choose == 2
    assert response_of(multiple, {"answer": [names[3], names[1]]}) == [names[1], names[3]]
    assert missing(multiple, {"answer": names[:3]}) == (Missing(f"answer-{names[0]}", "Du har valgt 3. Vælg 2 svar."),)
    assert missing(multiple, {}) == (Missing(f"answer-{names[0]}", "Vælg 2 svar."),)


def test_a_place_for_each_and_each_place_once() -> None:
    order = question(Order)
    names = list(order.options or {})
    backwards = {f"place-{name}": [str(place)] for place, name in enumerate(reversed(names), start=1)}
    assert response_of(order, backwards) == list(reversed(names))
    twice = backwards | {f"place-{names[0]}": ["1"]}
    (found,) = missing(order, twice)
    assert found == Missing(f"place-{names[-1]}", "Plads 1 er brugt to gange. Giv hver sin plads.")
    assert [one.field for one in missing(order, {f"place-{names[0]}": ["1"]})] == [
        f"place-{name}" for name in names[1:]
    ]
    for place in ("0", "9", "-1", "½", ""):
        assert missing(order, backwards | {f"place-{names[1]}": [place]})[0].field == f"place-{names[1]}"


def test_an_option_for_each_prompt() -> None:
    match = question(Match)
    prompts, option = list(match.prompts or {}), next(iter(match.options or {}))
    assert response_of(match, {f"match-{prompt}": [option] for prompt in prompts}) == dict.fromkeys(prompts, option)
    assert [one.field for one in missing(match, {f"match-{prompts[0]}": [option]})] == [
        f"match-{prompt}" for prompt in prompts[1:]
    ]


def test_a_text_that_is_one_and_not_too_long() -> None:
    short = question(Short)
    assert response_of(short, {"answer": ["Ctrl + F"]}) == "Ctrl + F"
    assert response_of(short, {"answer": ["å" * 500]}) == "å" * 500
    assert missing(short, {"answer": [" \t "]}) == (Missing("answer", "Skriv dit svar."),)
    for text in ("å" * 501, "a\0b"):
        assert missing(short, {"answer": [text]})[0].field == "answer"


def test_the_two_first_questions() -> None:
    assert eases_of({"reading": ["fine"], "danish": ["difficult"]}) == {"reading": "fine", "danish": "difficult"}
    with pytest.raises(Incomplete) as incomplete:
        eases_of({"reading": ["perhaps"]})
    assert [one.field for one in incomplete.value.missing] == ["reading-fine", "danish-fine"]


def test_how_a_test_begins() -> None:
    begun = begin_of({"device": ["phone"], "accessible": ["yes"]})
    assert (begun.device, begun.accessible, begun.reading, begun.danish) == ("phone", True, "fine", "fine")
    assert begin_of({"device": ["computer"]}).accessible is False
    assert device_of({}) is None
    with pytest.raises(Incomplete):
        begin_of({"device": ["fridge"]})


@pytest.mark.parametrize("told", ["", "0", "-1", "501", "1.5", "²", "٣", "9" * 400])
def test_a_form_that_names_no_question(told: str) -> None:
    assert number_of({"question": ["12"]}) == 12
    with pytest.raises(Invalid):
        number_of({"question": [told]})
