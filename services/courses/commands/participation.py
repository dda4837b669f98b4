"""What callers may ask about participations."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.command import Command
from shared.contracts.vocabulary import EndReason, EnrolmentId
from shared.moment import Day


class EndParticipation(Command):
    """A participation ended. got_job is a success and never a dropout."""

    reason: Annotated[EndReason, Field(examples=["completed"])]
    on: Day | None = Field(default=None, description="Last day; today if left out.", examples=["2026-12-18"])


class CorrectEnd(Command):
    """Tell the end of a participation again, as it really was."""

    reason: Annotated[EndReason, Field(examples=["got_job"])]
    on: Day | None = Field(default=None, description="Last day; as told before if left out.")


class EndOne(BaseModel):
    """How one participation of a cohort ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enrolment_id: EnrolmentId
    reason: EndReason
    on: Day | None = Field(default=None, description="Last day; today if left out.", examples=["2026-12-18"])


class EndMany(Command):
    """Many participations of a cohort ended: all of it is recorded, or none."""

    participations: tuple[EndOne, ...] = Field(min_length=1, max_length=1000)
