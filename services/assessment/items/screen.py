"""The small simulated screen of a "do it" task: elements that can be drawn as one plain HTML form, and their state.

The state of a screen is one value for each element that can be changed. It begins as the elements say (``initial``);
the task is done when it is what the goal says, and everything the goal does not name is as it was.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeGuard

from pydantic import Field

from services.assessment.items.normal_form import normal
from services.assessment.items.words import Key, Options, Part, Words

Value = str | bool | list[str] | None
"""What an element can hold: a text or the name of a choice, on or off, several names, or nothing chosen yet."""


class Element(Part):
    """One thing on the screen. ``kind`` in a subclass says which form control draws it."""

    id: Key
    label: Words

    @property
    @abstractmethod
    def initial(self) -> Value:
        """The value before anything was touched."""

    @abstractmethod
    def readable(self, value: object) -> bool:
        """Whether this is a value that the element can hold."""

    def fulfils(self, value: object, goal: object) -> bool:
        """Whether a value is what the goal asks for."""
        return value == goal

    def settable(self, goal: object) -> bool:
        """Whether this can be a goal for the element."""
        return self.readable(goal)


class Note(Element):
    """Text to read, for example an open message. It holds no state."""

    kind: Literal["note"]

    @property
    def initial(self) -> Value:
        return None

    def readable(self, value: object) -> bool:
        return value is None

    def settable(self, goal: object) -> bool:
        return False


class Pick(Element):
    """Choose one: buttons, files, messages, cells, rows. Drawn as radio buttons in the given ``look``."""

    kind: Literal["pick"]
    look: Literal["buttons", "files", "messages", "cells", "rows", "links"]
    options: Options = Field(min_length=2, max_length=12)

    @property
    def initial(self) -> Value:
        return None

    def readable(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and value in self.options)

    def settable(self, goal: object) -> bool:
        return isinstance(goal, str) and goal in self.options


class Tick(Element):
    """Choose any number. Drawn as checkboxes; ``ticked`` are set from the start."""

    kind: Literal["tick"]
    look: Literal["files", "messages", "people", "permissions", "rows"]
    options: Options = Field(min_length=2, max_length=12)
    ticked: tuple[Key, ...] = ()

    @property
    def initial(self) -> Value:
        return list(self.ticked)

    def readable(self, value: object) -> bool:
        return _names(value) and set(value) <= set(self.options)

    def fulfils(self, value: object, goal: object) -> bool:
        return _names(value) and _names(goal) and set(value) == set(goal)


class Switch(Element):
    """A setting that is on or off. Drawn as one checkbox."""

    kind: Literal["switch"]
    on: bool

    @property
    def initial(self) -> Value:
        return self.on

    def readable(self, value: object) -> bool:
        return isinstance(value, bool)


class Menu(Element):
    """A setting with one of several values. Drawn as a drop-down list that begins at ``chosen``."""

    kind: Literal["menu"]
    options: Options = Field(min_length=2, max_length=12)
    chosen: Key

    @property
    def initial(self) -> Value:
        return self.chosen

    def readable(self, value: object) -> bool:
        return isinstance(value, str) and value in self.options


class TextField(Element):
    """A text to fill in. Its goal is a list of accepted texts, compared in their normal form."""

    kind: Literal["field"]
    filled: str = ""

    @property
    def initial(self) -> Value:
        return self.filled

    def readable(self, value: object) -> bool:
        return isinstance(value, str)

    def fulfils(self, value: object, goal: object) -> bool:
        accepted = goal if isinstance(goal, list | tuple) else [goal]
        return normal(str(value)) in {normal(str(one)) for one in accepted}

    def settable(self, goal: object) -> bool:
        return _names(goal) and bool(goal) and all(normal(one) for one in goal)


class Sequence(Element):
    """Rows to bring in order. Drawn as one drop-down list of places for each row; begins as given."""

    kind: Literal["sequence"]
    options: Options = Field(min_length=3, max_length=8)

    @property
    def initial(self) -> Value:
        return list(self.options)

    def readable(self, value: object) -> bool:
        return _names(value) and sorted(value) == sorted(self.options)

    def fulfils(self, value: object, goal: object) -> bool:
        return _names(value) and _names(goal) and list(value) == list(goal)


AnyElement = Annotated[Note | Pick | Tick | Switch | Menu | TextField | Sequence, Field(discriminator="kind")]
Goal = dict[Key, str | bool | list[str]]
"""What the state must become, by element. What is not named must stay as it was."""


def changeable(screen: tuple[AnyElement, ...]) -> Iterator[AnyElement]:
    """The elements that hold a state."""
    return (element for element in screen if not isinstance(element, Note))


def done(screen: tuple[AnyElement, ...], goal: Goal, state: Mapping[str, object]) -> bool:
    """Whether the screen is as the goal asks. ``state`` may leave out what was not touched."""
    for element in changeable(screen):
        value = state.get(element.id, element.initial)
        wanted = goal.get(element.id, element.initial)
        if not element.fulfils(value, wanted):
            return False
    return True


def _names(value: object) -> TypeGuard[list[str] | tuple[str, ...]]:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
