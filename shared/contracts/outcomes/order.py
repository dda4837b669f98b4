"""What is told of a job order, when it is placed and when it changes."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, Demand, OrderId, PlacementKind, ProfileId, Text, Title


class OrderDescription(Event):
    """The fields that ``order-placed`` and ``order-changed`` share: always the whole order."""

    order_id: OrderId
    company_id: CompanyId
    profile_id: ProfileId | None = None
    title: Title | None = None
    demands: tuple[Demand, ...] = Field(max_length=5, description="Digital competence asked for, by area.")
    kind: PlacementKind
    seats: int = Field(ge=1, le=1000, description="How many the company wants.")
    expectations: Text = Field(
        max_length=2000, description="What company and jobcenter agreed to expect; may be empty."
    )
    visible_in_app: bool = Field(description="Whether citizens see it in the job app without an advertisement.")
