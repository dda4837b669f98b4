"""Whether an answer is right: a pure function of the item and the answer.

An answer is what JSON can carry: the name of an option (single), a list of names (multiple, order), names by prompt
(match), a text (short), the state of the screen by element (do; what was not touched may be left out).
"""

from collections.abc import Mapping

from services.assessment.items.item import Do, Item, Match, Multiple, Order, Short, Single
from services.assessment.items.normal_form import normal
from services.assessment.items.screen import changeable, done
from shared.problems import Invalid


def correct(item: Item, answer: object) -> bool:
    """Right or wrong, nothing between. Raises Invalid for what is no answer to this item at all."""
    match item:
        case Single():
            return _one(item, answer) == item.key
        case Multiple():
            return set(_some(item, answer)) == set(item.key)
        case Order():
            return _some(item, answer) == item.key
        case Match():
            return _pairs(item, answer) == item.key
        case Short():
            return normal(_text(answer)) in {normal(form) for form in item.key}
        case Do():
            return done(item.screen, item.goal, _state(item, answer))


def _one(item: Single, answer: object) -> str:
    if not isinstance(answer, str) or answer not in item.options:
        raise _unreadable(f"the name of one option: {', '.join(item.options)}")
    return answer


def _some(item: Multiple | Order, answer: object) -> tuple[str, ...]:
    if not isinstance(answer, list | tuple) or not all(isinstance(one, str) for one in answer):
        raise _unreadable(f"a list of options: {', '.join(item.options)}")
    names = tuple(answer)
    if len(set(names)) != len(names) or not set(names) <= set(item.options):
        raise _unreadable(f"each option at most once: {', '.join(item.options)}")
    if isinstance(item, Order) and len(names) != len(item.options):
        raise _unreadable(f"all options in order: {', '.join(item.options)}")
    return names


def _pairs(item: Match, answer: object) -> dict[str, str]:
    if not isinstance(answer, Mapping):
        raise _unreadable(f"one option for each of {', '.join(item.prompts)}")
    names = tuple(item.options)
    if any(prompt not in item.prompts or option not in names for prompt, option in answer.items()):
        raise _unreadable(f"one of {', '.join(item.options)} for each of {', '.join(item.prompts)}")
    return dict(answer)


def _text(answer: object) -> str:
    if not isinstance(answer, str):
        raise _unreadable("a text")
    return answer


def _state(item: Do, answer: object) -> Mapping[str, object]:
    if not isinstance(answer, Mapping):
        raise _unreadable("the state of the screen, by element")
    elements = {element.id: element for element in changeable(item.screen)}
    for name, value in answer.items():
        if name not in elements:
            raise _unreadable(f"values for {', '.join(elements)}")
        if not elements[name].readable(value):
            raise _unreadable(f"a value that {name} can hold")
    return answer


def _unreadable(expected: str) -> Invalid:
    return Invalid("answer-unreadable", "This is no answer to the question that was asked", f"Send {expected}.")
