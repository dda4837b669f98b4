"""The parts that items are made of: strict, frozen, and every text in Danish and English."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(pattern=r"^\S(?s:.*\S)?$", max_length=1500)]
"""A text that begins and ends with a letter or sign, never with a space: an empty one is none."""
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")]
"""The short name of an option or a screen element, inside its item."""


class Part(BaseModel):
    """A part of an item. A field nobody knows is an error: it is most likely a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Part):
    """A text on the screen, in both languages."""

    da: Text
    en: Text


Options = dict[Key, Words]
"""What can be chosen, by its short name, in the order of the screen."""
