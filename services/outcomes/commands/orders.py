"""What callers may do with job orders."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from shared.command import Command
from shared.contracts.vocabulary import Demand, PlacementKind, Reason, Text, Title, without_cpr

Seats = Annotated[int, Field(ge=1, le=1000, description="How many the company wants.")]
Demands = Annotated[
    list[Demand], Field(max_length=5, description="Digital competence asked for: one demand for each area.")
]
Expectations = Annotated[
    Text,
    Field(max_length=2000, description="What company and jobcenter agreed to expect; no names or CPR numbers."),
    AfterValidator(without_cpr),
]


class PlaceOrder(Command):
    """The company wants people; the job profile, if one is named, is taken as it is given."""

    title: Title | None = None
    kind: PlacementKind
    seats: Seats
    demands: Demands = Field(default_factory=list)
    profile_id: UUID | None = None
    expectations: Expectations = ""
    visible_in_app: bool = Field(default=False, description="Whether citizens see it in the job app.")


class ChangeOrder(Command):
    """Change an open order; fields that are left out stay, and ``demands`` replaces all of them."""

    title: Title | None = None
    kind: PlacementKind | None = None
    seats: Seats | None = None
    demands: Demands | None = None
    profile_id: UUID | None = None
    expectations: Expectations | None = None
    visible_in_app: bool | None = None


class CloseOrder(Command):
    """The order takes no more candidates: filled, withdrawn or run out."""

    reason: Reason | None = None
