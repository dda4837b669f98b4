"""What callers may ask of outcomes: the bodies of its commands.

Every command may say when its matter ``happened`` (an aware moment, not in the future); it is now when left out.
Unknown fields are an error: a misspelt optional field would otherwise be lost without a word.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from shared.contracts.vocabulary import (
    Demand,
    Label,
    Occupation,
    PlacementKind,
    Reason,
    RoleName,
    Text,
    Timing,
    Title,
    Wants,
    without_cpr,
)

Cvr = Annotated[str, Field(pattern=r"^[0-9]{8}$", description="CVR number, eight digits.", examples=["12345678"])]
PNumber = Annotated[str, Field(pattern=r"^[0-9]{10}$", description="Production unit number, ten digits.")]
Employees = Annotated[int, Field(ge=0, le=1_000_000, description="Employees; below 250 the company counts as SME.")]
Industry = Annotated[Text, Field(max_length=200, description="Industry, in words or as a DB07 code.")]
Seats = Annotated[int, Field(ge=1, le=1000, description="How many the company wants.")]
Demands = Annotated[
    list[Demand], Field(max_length=5, description="Digital competence asked for: one demand for each area.")
]
Expectations = Annotated[
    Text,
    Field(max_length=2000, description="What company and jobcenter agreed to expect; no names or CPR numbers."),
    AfterValidator(without_cpr),
]
Hours = Annotated[float, Field(ge=1, le=37, description="Agreed hours a week, 1-37.")]
Round = Annotated[int, Field(ge=0, le=1000, description="Round of the event, from 0.")]
Seat = Annotated[int, Field(ge=0, le=1000, description="Table, from 0.")]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Instant = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC))]


class Command(BaseModel):
    """What every command may carry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    happened: Instant | None = Field(default=None, description="When it happened, if not now.")


class RegisterCompany(Command):
    """Register a company; its CVR number must be new to the municipality."""

    name: Title
    cvr: Cvr
    p_number: PNumber | None = None
    employees: Employees
    industry: Industry = ""


class ChangeCompany(Command):
    """Change what is known of a company; fields that are left out stay."""

    name: Title | None = None
    p_number: PNumber | None = None
    employees: Employees | None = None
    industry: Industry | None = None


class SignAgreement(Command):
    """A cooperation agreement was signed: in force from the day ``on``, perhaps for a limited time (``until``)."""

    kind: Label
    on: Day
    until: Day | None = None


class EndAgreement(Command):
    """The agreement ended ``on`` a day: from that day it is in force no more."""

    on: Day
    reason: Reason | None = None


class CompanyAsks(Command):
    """The company contacted the jobcenter; ``at`` starts the clock of 24 hours."""

    at: Instant | None = Field(default=None, description="When the company asked, if not now.")
    wants: Wants


class AnswerCompany(Command):
    """The jobcenter answered the company."""

    at: Instant | None = Field(default=None, description="When it was answered, if not now.")


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


class PlanEvent(Command):
    """Plan a matchmaking event between the citizens of cohorts and companies, in rounds."""

    cohort_ids: list[UUID] = Field(min_length=1, max_length=50)
    companies: list[UUID] = Field(min_length=1, max_length=200)
    rounds: int = Field(ge=1, le=200)
    online: bool
    on: Day


class Seating(BaseModel):
    """One citizen meets one company at a table in a round."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    round: Round
    table: Seat
    citizen_id: UUID
    company_id: UUID


class ScheduleMeetings(Command):
    """Schedule one meeting, or a whole timetable: all or nothing."""

    meetings: list[Seating] = Field(min_length=1, max_length=2000)


class HeldSeating(Seating):
    """A meeting that took place, and who wants to go on; null when not asked."""

    interest_citizen: bool | None = None
    interest_company: bool | None = None


class HoldMeetings(Command):
    """Meetings took place, scheduled or not: all or nothing."""

    meetings: list[HeldSeating] = Field(min_length=1, max_length=2000)


class CancelMeeting(Command):
    """A scheduled meeting will not take place."""

    round: Round
    citizen_id: UUID
    reason: Reason | None = None


class HoldEvent(Command):
    """The event took place; ``on`` is the planned day when left out."""

    on: Day | None = None


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


class SetTarget(Command):
    """The administration's X for one of the four targets in a period: a year, half-year, quarter or month."""

    indicator: Literal["agreements", "mikrosprint_job", "it_course_job", "upskilled_praktik"]
    period: str = Field(pattern=r"^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$", examples=["2026", "2026-H1", "2026-Q1"])
    value: float = Field(ge=0, le=1_000_000, allow_inf_nan=False)
