"""Answers to items of the bank, as JSON carries them: what is right, what is wrong, and none at all."""

from collections.abc import Callable
from typing import Any

from services.assessment.items.item import Do, Item, Match, Multiple, Order, Short, Single
from services.assessment.items.loading import item_bank

BY_QUESTION = {item.question.da: item for item in item_bank().items}
"""The item that a question is, for whoever sees no more than the page shows."""

Choice = Callable[[Item], Any]
"""What is answered to an item; None skips it."""


def right(item: Item) -> Any:
    """An answer that is right, as JSON carries it."""
    match item:
        case Single():
            return item.key
        case Multiple() | Order():
            return list(item.key)
        case Match():
            return dict(item.key)
        case Short():
            return item.key[0]
        case Do():
            return {name: wanted[0] if _typed(item, name) else wanted for name, wanted in item.goal.items()}


def wrong(item: Item) -> Any:
    """One that is not."""
    match item:
        case Single():
            return next(name for name in item.options if name != item.key)
        case Multiple():
            return [item.key[0]]
        case Order():
            return list(reversed(item.key))
        case Match():
            return {}
        case Short():
            return "det ved jeg ikke"
        case Do():
            return {}


def nothing(_: Item) -> None:
    """She skips it."""


def _typed(item: Do, name: str) -> bool:
    """Whether the goal lists texts that are accepted, of which one is typed."""
    return next(element for element in item.screen if element.id == name).kind == "field"
