"""What callers may ask of the item bank, and what they see of it."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.assessment.neutralised import Faulty, Progress
from shared.contracts.vocabulary import Reason, without_cpr


class NeutraliseItem(BaseModel):
    """Say that an item is faulty. It counts from now on, and for good."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[
        Reason,
        Field(min_length=1, description="What is wrong with it. Everybody who reads the events sees it."),
        AfterValidator(without_cpr),
    ]


class NeutralisedItem(BaseModel):
    """An item that tells nothing any more, and how far the work is that this makes."""

    item: str
    reason: str
    at: datetime
    touched: int = Field(description="Finished tests in which it was asked.")
    left: int = Field(description="Those of them that are not computed anew yet.")
    rescored: int = Field(description="Those whose result came out otherwise: `result-rescored` was published.")
    moved: int = Field(description="Those of them in which the level of an area is another one now.")


def view(faulty: Faulty, progress: Progress) -> NeutralisedItem:
    """The item as callers see it."""
    return NeutralisedItem(item=faulty.item, reason=faulty.reason, at=faulty.at, **progress._asdict())
