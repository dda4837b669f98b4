"""From the fields of a form to the command that the session wants, or what is missing. Pure.

Names of fields: ``answer`` (single, multiple, short), ``<option>`` after ``place-`` (order), ``<prompt>`` after
``match-``, ``<element>`` after ``screen-`` (do), and for rows to bring in order ``screen-<element>-<row>``.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from services.assessment.commands import AnswerQuestion, BeginTest
from services.assessment.items.screen import AnyElement, Menu, Note, Pick, Sequence, Switch, TextField, Tick
from services.assessment.items.words import Options
from services.assessment.rules.entry import Response, TestDevice
from services.assessment.rules.result import MOST_ITEMS
from services.assessment.views.session import QuestionView, SessionView
from shared.problems import Invalid
from shared.web.citizen import Fields, one

LONGEST = 500
ALONE = {"yes": True, "no": False}
DEVICES: dict[str, TestDevice] = {"computer": "computer", "phone": "phone"}
EASES: dict[str, Literal["fine", "difficult"]] = {"fine": "fine", "difficult": "difficult"}
HARD = {"reading": "Vælg, hvordan det er for dig at læse.", "danish": "Vælg, hvordan det er for dig at forstå dansk."}


class Missing(NamedTuple):
    """What is missing, and the id of the control where it is to be put right."""

    field: str
    text: str


class Incomplete(Exception):
    """The form is not an answer yet."""

    def __init__(self, *missing: Missing) -> None:
        super().__init__(*missing)
        self.missing = missing


def answer_of(shown: SessionView, number: int, fields: Fields) -> AnswerQuestion:
    """The answer to the question with this number. Raises Incomplete.

    When another question stands, or none, there is nothing to read the fields by: the session refuses the number.
    """
    question, response, missing = shown.question, None, list[Missing]()
    stands = question is not None and question.number == number
    if question is not None and stands and one(fields, "do") != "unknown":
        try:
            response = response_of(question, fields)
        except Incomplete as incomplete:
            missing += incomplete.missing
    alone = ALONE.get(one(fields, "alone")) if shown.assisted else None
    if stands and shown.assisted and alone is None:
        missing.append(Missing("alone-yes", "Vælg, om opgaven blev løst uden hjælp."))
    if missing:
        raise Incomplete(*missing)
    return AnswerQuestion(question=number, response=response, alone=alone)


def eases_of(fields: Fields) -> dict[str, Literal["fine", "difficult"]]:
    """How reading and Danish are for her. Raises Incomplete."""
    found = {name: EASES.get(one(fields, name)) for name in HARD}
    missing = [Missing(f"{name}-fine", text) for name, text in HARD.items() if found[name] is None]
    if missing:
        raise Incomplete(*missing)
    return {name: ease for name, ease in found.items() if ease is not None}


def begin_of(fields: Fields) -> BeginTest:
    """How to begin. Raises Incomplete."""
    device = device_of(fields)
    if device is None:
        raise Incomplete(Missing("device-computer", "Vælg, hvad du sidder ved."))
    # who comes so far has said that both are fine: everybody else is offered something else
    return BeginTest(reading="fine", danish="fine", device=device, accessible="accessible" in fields)


def device_of(fields: Fields) -> TestDevice | None:
    """What she sits at, if she said it."""
    return DEVICES.get(one(fields, "device"))


def number_of(fields: Fields) -> int:
    """The number of the question that a form belongs to. Raises Invalid."""
    told = one(fields, "question")
    if not (told.isascii() and told.isdigit() and 1 <= int(told[:4]) <= MOST_ITEMS):
        raise Invalid("form-unreadable", "The form names no question", "Go back and send it again.")
    return int(told)


def response_of(question: QuestionView, fields: Fields) -> Response:
    """The response that the fields tell. Raises Incomplete."""
    match question.kind:
        case "single":
            return _one_of(question.options or {}, fields)
        case "multiple":
            return _several_of(question.options or {}, question.choose or 0, fields)
        case "order":
            return _ordered(question.options or {}, "place-", fields)
        case "match":
            return _matched(question.prompts or {}, question.options or {}, fields)
        case "short":
            return _typed("answer", one(fields, "answer"))
        case "do":
            return _done(question.screen or (), fields)


def untouched(question: QuestionView) -> Fields:
    """The fields as the form shows them before anything was done."""
    return {name: values for element in question.screen or () for name, values in _initial(element).items()}


def _one_of(options: Options, fields: Fields) -> str:
    chosen = one(fields, "answer")
    if chosen not in options:
        raise Incomplete(Missing(f"answer-{next(iter(options))}", "Vælg et svar."))
    return chosen


def _several_of(options: Options, choose: int, fields: Fields) -> list[str]:
    chosen = [name for name in options if name in fields.get("answer", ())]
    if len(chosen) != choose:
        told = f"Du har valgt {len(chosen)}. " if chosen else ""
        raise Incomplete(Missing(f"answer-{next(iter(options))}", f"{told}Vælg {choose} svar."))
    return chosen


def _ordered(options: Options, prefix: str, fields: Fields) -> list[str]:
    """All options by the place that each was given."""
    places: dict[str, str] = {}
    missing = []
    for name, words in options.items():
        place = one(fields, f"{prefix}{name}")
        if place not in {str(number) for number in range(1, len(options) + 1)}:
            missing.append(Missing(f"{prefix}{name}", f"Vælg en plads til »{words.da}«."))
        elif place in places:
            missing.append(Missing(f"{prefix}{name}", f"Plads {place} er brugt to gange. Giv hver sin plads."))
        places.setdefault(place, name)
    if missing:
        raise Incomplete(*missing)
    return [places[place] for place in sorted(places)]


def _matched(prompts: Options, options: Options, fields: Fields) -> dict[str, str | bool | list[str] | None]:
    chosen = {name: one(fields, f"match-{name}") for name in prompts}
    missing = [
        Missing(f"match-{name}", f"Vælg et svar til »{prompts[name].da}«.")
        for name, option in chosen.items()
        if option not in options
    ]
    if missing:
        raise Incomplete(*missing)
    return dict(chosen)


def _typed(field: str, text: str) -> str:
    if not text.strip():
        raise Incomplete(Missing(field, "Skriv dit svar."))
    return _short_enough(field, text)


def _short_enough(field: str, text: str) -> str:
    if len(text) > LONGEST or "\0" in text:
        raise Incomplete(Missing(field, f"Svaret er for langt. Skriv højst {LONGEST} tegn."))
    return text


def _done(screen: tuple[AnyElement, ...], fields: Fields) -> dict[str, str | bool | list[str] | None]:
    state = {element.id: _state(element, fields) for element in screen if not isinstance(element, Note)}
    if all(_same(element, state) for element in screen if element.id in state):
        first = next(element for element in screen if element.id in state)
        raise Incomplete(
            Missing(
                next(iter(control_ids(first))),
                "Du har ikke ændret noget på skærmen endnu. Gør det, opgaven siger, eller vælg »Jeg ved det ikke«.",
            )
        )
    return state


def _state(element: AnyElement, fields: Fields) -> str | bool | list[str] | None:
    """The value that an element was given. What no browser would send counts as not touched."""
    name = f"screen-{element.id}"
    match element:
        case Pick():
            return one(fields, name) if one(fields, name) in element.options else None
        case Tick():
            return [option for option in element.options if option in fields.get(name, ())]
        case Switch():
            return name in fields
        case Menu():
            return one(fields, name) if one(fields, name) in element.options else element.chosen
        case TextField():
            return _short_enough(name, one(fields, name))
        case Sequence():
            return _ordered(element.options, f"{name}-", fields)
    raise AssertionError("a note has no state")


def _same(element: AnyElement, state: Mapping[str, object]) -> bool:
    return state[element.id] == element.initial


def control_ids(element: AnyElement) -> list[str]:
    """The ids of the controls that draw an element, from the first."""
    name = f"screen-{element.id}"
    match element:
        case Pick() | Tick() | Sequence():
            return [f"{name}-{option}" for option in element.options]
        case _:
            return [name]


def _initial(element: AnyElement) -> dict[str, list[str]]:
    name = f"screen-{element.id}"
    match element:
        case Tick():
            return {name: list(element.ticked)}
        case Switch():
            return {name: ["on"]} if element.on else {}
        case Menu():
            return {name: [element.chosen]}
        case TextField():
            return {name: [element.filled]}
        case Sequence():
            return {f"{name}-{row}": [str(place)] for place, row in enumerate(element.options, start=1)}
        case _:
            return {}
