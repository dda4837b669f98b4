"""An item: one question or task with one right answer, in six kinds.

``a`` (discrimination) and ``b`` (difficulty) are the 2PL parameters on the ability scale: mean 0, standard deviation 1.
"""

from typing import Annotated, Literal, get_args

from pydantic import Field

from services.assessment.items.screen import AnyElement, Goal
from services.assessment.items.words import Key, Options, Part, Words

State = Literal["draft", "pilot", "operational"]
"""Draft: nobody sees it. Pilot: asked and not scored. Operational: asked and scored."""
Device = Literal["any", "computer"]
Reading = Literal["low", "medium", "high"]
Within = Literal["easy", "middle", "hard"]
Kind = Literal["single", "multiple", "order", "match", "short", "do"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITHIN: tuple[Within, ...] = get_args(Within)


class ItemBase(Part):
    """What every item has."""

    id: Annotated[str, Field(pattern=r"^[1-9]\.[1-9]-[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
    area: int = Field(ge=1, le=5)
    competence: str
    level: int = Field(ge=1, le=8)
    within: Within = "middle"
    a: float = Field(gt=0, allow_inf_nan=False)
    b: float = Field(allow_inf_nan=False)
    device: Device
    reading: Reading
    accessible: bool
    state: State
    question: Words
    feedback: Words


class Single(ItemBase):
    """Choose one option."""

    kind: Literal["single"]
    options: Options = Field(min_length=3, max_length=5)
    key: Key


class Multiple(ItemBase):
    """Choose all that are right; the screen says how many that is."""

    kind: Literal["multiple"]
    options: Options = Field(min_length=4, max_length=7)
    key: tuple[Key, ...] = Field(min_length=2)


class Order(ItemBase):
    """Bring the options in order; the key is the order."""

    kind: Literal["order"]
    options: Options = Field(min_length=3, max_length=6)
    key: tuple[Key, ...]


class Match(ItemBase):
    """Give each prompt one option; an option may be used for several prompts."""

    kind: Literal["match"]
    prompts: Options = Field(min_length=2, max_length=6)
    options: Options = Field(min_length=2, max_length=6)
    key: dict[Key, Key]


class Short(ItemBase):
    """Type a word or number. The key lists every accepted form; each is compared in its normal form."""

    kind: Literal["short"]
    key: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(min_length=1)


class Do(ItemBase):
    """Do it on a small simulated screen, until its state is the goal."""

    kind: Literal["do"]
    screen: tuple[AnyElement, ...] = Field(min_length=1, max_length=10)
    goal: Goal = Field(min_length=1)


Item = Single | Multiple | Order | Match | Short | Do
AnyItem = Annotated[Item, Field(discriminator="kind")]
