"""What must hold of one item beyond its shape: the key can be chosen, nothing gives it away, it is translated."""

from collections import Counter
from collections.abc import Iterator

from services.assessment.items.item import Do, Item, Match, Multiple, Order, Single
from services.assessment.items.normal_form import normal
from services.assessment.items.reading import load, words_to_read
from services.assessment.items.screen import Note, TextField, changeable, done
from services.assessment.items.words import Options, Words

Fault = tuple[str, str]
"""What is wrong, and what to do."""

GIVEAWAY, GIVEAWAY_LETTERS = 1.5, 15
"""A key that is this many times, and this many letters, longer than any other option is found without knowing."""


def faults(item: Item) -> Iterator[Fault]:
    """Everything that is wrong with one item."""
    match item:
        case Single():
            yield from _single(item)
        case Multiple():
            yield from _multiple(item)
        case Order():
            yield from _order(item)
        case Match():
            yield from _match(item)
        case Do():
            yield from _do(item)
        case _:
            if not all(normal(form) for form in item.key):
                yield "a form in the key is empty in its normal form", "Write a word or a number, not only signs."
    yield from _texts(item)


def _single(item: Single) -> Iterator[Fault]:
    if item.key not in item.options:
        yield _not_among([item.key], item.options)
        return
    for language in ("da", "en"):
        lengths = {name: len(getattr(text, language)) for name, text in item.options.items()}
        key = lengths.pop(item.key)
        longest = max(lengths.values())
        if key > GIVEAWAY * longest and key - longest > GIVEAWAY_LETTERS:
            yield (
                f"the right option ({language}) has {key} letters, the longest other one {longest}",
                "Make them about as long: many choose the longest.",
            )


def _multiple(item: Multiple) -> Iterator[Fault]:
    if unknown := [name for name in item.key if name not in item.options]:
        yield _not_among(unknown, item.options)
    if len(set(item.key)) != len(item.key):
        yield "the key names an option twice", "Name each right option once."
    if set(item.key) >= set(item.options):
        yield "every option is right", "Add one that is wrong, or ask another way."


def _order(item: Order) -> Iterator[Fault]:
    if sorted(item.key) != sorted(item.options):
        yield "the key is not an order of the options", f"Name each once: {', '.join(item.options)}."
    elif item.key == tuple(item.options):
        yield "the options already stand in the right order", "List them in another order."


def _match(item: Match) -> Iterator[Fault]:
    if set(item.key) != set(item.prompts):
        yield "the key does not answer each prompt", f"Give one option for each of {', '.join(item.prompts)}."
    if unknown := [name for name in item.key.values() if name not in item.options]:
        yield _not_among(unknown, item.options)


def _do(item: Do) -> Iterator[Fault]:
    names = Counter(element.id for element in item.screen)
    if twice := [name for name, times in names.items() if times > 1]:
        yield f"two elements are called {', '.join(twice)}", "Give each element of the screen its own id."
    elements = {element.id: element for element in changeable(item.screen)}
    for name, wanted in item.goal.items():
        if name not in elements:
            yield f"the goal names {name}, which cannot be changed", f"Elements: {', '.join(elements) or 'none'}."
        elif not elements[name].settable(wanted):
            yield f"the goal of {name} is nothing it can hold", "Write the names of its options, a text, true or false."
    for element in elements.values():
        if not element.readable(element.initial):
            yield f"{element.id} begins with what it cannot hold", f"Name options of {element.id}."
    if all(name in elements and elements[name].settable(goal) for name, goal in item.goal.items()) and done(
        item.screen, item.goal, {}
    ):
        yield "the goal is reached before anything is done", "Begin the screen in another state."


def _texts(item: Item) -> Iterator[Fault]:
    for what, text in {"question": item.question, "feedback": item.feedback}.items():
        if text.da == text.en:
            yield f"{what} is the same text in Danish and English", "Translate it."
    for what, options in _all_options(item):
        for language in ("da", "en"):
            times = Counter(getattr(option, language) for option in options.values())
            if twice := [text for text, number in times.items() if number > 1]:
                yield f"{what} say the same twice ({language}): {twice[0]!r}", "Every option must differ."
    if item.reading != (fitting := load(item)):
        yield (
            f"reading load {item.reading}, but there are {words_to_read(item)} words to read",
            f"Write reading = {fitting!r}, or fewer words.",
        )


def _all_options(item: Item) -> Iterator[tuple[str, Options]]:
    match item:
        case Match():
            yield "options", item.options
            yield "prompts", item.prompts
        case Do():
            for element in item.screen:
                if not isinstance(element, Note | TextField) and hasattr(element, "options"):
                    yield f"options of {element.id}", element.options
        case Single() | Multiple() | Order():
            yield "options", item.options
        case _:
            return


def _not_among(names: list[str], options: dict[str, Words]) -> Fault:
    return f"the key {', '.join(names)} is not among the options", f"Options: {', '.join(options)}."
