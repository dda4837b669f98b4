"""What callers may do with referrals, and what they get back."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.intake.commands.citizen import Version
from shared.command import Command
from shared.contracts.vocabulary import Reason, ReferralAnswer, ReferralOffer
from shared.moment import Day


class MakeReferral(Command):
    """Refer the citizen to an offer."""

    offer: Annotated[ReferralOffer, Field(examples=["workshop"])]
    reason: Annotated[Reason, Field(min_length=1, examples=["Needs help with e-Boks and MitID"])]
    due: Day = Field(description="Day by which the citizen should have taken up the offer.", examples=["2026-12-01"])
    course_id: UUID | None = Field(
        default=None, description="The course, for offer `course` only; left out when it is still to be chosen."
    )
    replaces: UUID | None = Field(
        default=None,
        description="Open referral of the citizen to a course that was stopped or closed: this one takes its place.",
    )

    @model_validator(mode="after")
    def _names_a_course_for_a_course(self) -> "MakeReferral":
        if self.course_id is not None and self.offer != "course":
            raise ValueError(f"course_id goes with offer 'course': leave it out for '{self.offer}'")
        return self


class AnswerReferral(Command):
    """Record what came of a referral."""

    answer: Annotated[ReferralAnswer, Field(examples=["accepted"])]
    reason: Annotated[Reason | None, Field(description="Why, if the citizen said so.")] = None


class ReferralRecorded(BaseModel):
    """The command was carried out."""

    referral_id: UUID = Field(description="Id of the referral.")
    version: Version
