"""How much there is to read in an item, counted in Danish words: it decides who can be asked."""

from collections.abc import Iterator

from services.assessment.items.item import Item, Match, Reading, Short
from services.assessment.items.screen import Note, Switch, TextField
from services.assessment.items.words import Words

LOW, MEDIUM = 50, 90
"""Up to this many words are a low, a medium load; more are a high one."""


def load(item: Item) -> Reading:
    """The reading load."""
    number = words_to_read(item)
    return "low" if number <= LOW else "medium" if number <= MEDIUM else "high"


def words_to_read(item: Item) -> int:
    """Danish words in the question and everything that must be read to answer it; the feedback comes later."""
    return sum(len(text.da.split()) for text in _texts(item))


def _texts(item: Item) -> Iterator[Words]:
    yield item.question
    if item.kind == "do":
        for element in item.screen:
            yield element.label
            if not isinstance(element, Note | Switch | TextField):
                yield from element.options.values()
    elif not isinstance(item, Short):
        yield from item.options.values()
        if isinstance(item, Match):
            yield from item.prompts.values()
