"""What callers may do with placements, agreed beforehand or not."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import Occupation, PlacementKind, Reason, RoleName, Timing
from shared.moment import Day

Hours = Annotated[float, Field(ge=1, le=37, description="Agreed hours a week, 1-37.")]


class PlacementFacts(Command):
    """What is known of a placement however it came about."""

    citizen_id: UUID
    kind: PlacementKind
    hours_per_week: Hours
    enrolment_id: UUID | None = Field(default=None, description="The participation that it belongs to, if any.")
    timing: Timing = "none"


class StartPlacement(PlacementFacts):
    """A placement started ``on`` a day, without an agreement made here before."""

    company_id: UUID | None = Field(default=None, description="The employer, if the jobcenter knows it.")
    temp_agency: bool = Field(default=False, description="Ordinary jobs only: through a temp agency (vikar).")
    on: Day


class AgreePlacement(PlacementFacts):
    """Citizen, company and jobcenter agree on a placement to come."""

    company_id: UUID
    starts: Day
    ends: Day | None = None
    occupation: Occupation | None = None


class ApprovePlacement(Command):
    """The agreed placement was approved."""

    approved_by: RoleName


class StartAgreedPlacement(Command):
    """The approved placement started ``on`` a day."""

    on: Day


class EndPlacement(Command):
    """The placement's last day was ``on``."""

    on: Day
    reason: Reason | None = None


class CorrectPlacement(Command):
    """What was recorded was wrong: only the fields that were are given."""

    kind: PlacementKind | None = None
    company_id: UUID | None = None
    temp_agency: bool | None = None
    hours_per_week: Hours | None = None
    on: Day | None = Field(default=None, description="The day it really started.")
    enrolment_id: UUID | None = None
    reason: Reason | None = None


class VoidPlacement(Command):
    """The placement never was: it counts nowhere."""

    reason: Reason
