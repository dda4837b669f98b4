"""What callers may ask about certificates."""

from typing import Annotated, Any

from pydantic import Field

from shared.command import Command
from shared.contracts.courses.certificate_awarded import Alignment
from shared.contracts.vocabulary import CertificateType, CitizenId, EnrolmentId, Label, ParticipationForm, Reason, Title
from shared.moment import Day


class AwardCertificate(Command):
    """A citizen was awarded a certificate, with the elements of EU recommendation 2022/C 243/02."""

    enrolment_id: Annotated[EnrolmentId | None, Field(description="The participation it comes from, if any.")] = None
    citizen_id: Annotated[CitizenId, Field(examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"])]
    code: Annotated[Label, Field(description="The issuer's code.", examples=["AZ-900"])]
    title: Annotated[Title, Field(examples=["Microsoft Certified: Azure Fundamentals"])]
    certificate_type: Annotated[CertificateType, Field(alias="type", examples=["Certification"])]
    issuer: Annotated[Label, Field(description="Organisation that awarded it.", examples=["Microsoft"])]
    assessor: Annotated[Label | None, Field(description="Organisation or role that assessed, never a name.")] = None
    on: Day | None = Field(default=None, description="Day of the award; today if left out.", examples=["2026-11-20"])
    valid_until: Day | None = Field(default=None, description="Last day of validity.")
    result: Annotated[Label | None, Field(description="Mark or score as the issuer writes it.")] = None
    workload_hours: float = Field(ge=0, le=10000, description="Notional workload in hours.", examples=[60])
    level: int | None = Field(default=None, ge=1, le=8, description="EQF level, where there is one.")
    participation_form: Annotated[ParticipationForm, Field(examples=["online"])]
    assessment_type: Annotated[Label, Field(description="How it was assessed.", examples=["proctored examination"])]
    quality_assurance: Annotated[Label, Field(description="Who or what assures the quality.", examples=["vendor"])]
    identity_verified: bool = Field(description="Whether the identity was verified at the assessment.", examples=[True])
    alignments: tuple[Alignment, ...] = Field(
        default=(), max_length=50, description="What the certificate stands for elsewhere."
    )

    def award(self) -> dict[str, Any]:
        """The certificate's fields, but for the day when it was left out."""
        return self.model_dump(exclude={"happened", "on"})


class RevokeCertificate(Command):
    """A certificate counts as never awarded."""

    reason: Annotated[Reason, Field(min_length=1, examples=["Awarded to the wrong citizen"])]
    on: Day | None = Field(default=None, description="Day of the revocation; today if left out.")
