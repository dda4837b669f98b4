"""A citizen was awarded a certificate."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import (
    CertificateType,
    CitizenId,
    EnrolmentId,
    Label,
    ParticipationForm,
    Shape,
    Text,
    Title,
)


class Alignment(Shape):
    """A place in a public framework that the certificate corresponds to."""

    framework: Label = Field(description="Name and version of the framework.", examples=["DigComp 2.2"])
    code: Label = Field(description="Code in the framework.")
    name: Title | None = None
    url: Text | None = Field(default=None, max_length=500, description="Public address of the entry.")


class CertificateAwarded(Event, service="courses", entity="citizen", classification="personal"):
    """A citizen was awarded a certificate; with the elements of EU recommendation 2022/C 243/02."""

    certificate_id: UUID = Field(description="Id of the certificate.")
    enrolment_id: EnrolmentId | None = None
    citizen_id: CitizenId
    code: Label = Field(description="The issuer's code.", examples=["AZ-900"])
    title: Title
    certificate_type: CertificateType = Field(alias="type")  # ``type`` is the event's own
    issuer: Label = Field(description="Organisation that awarded it.")
    assessor: Label | None = Field(default=None, description="Organisation or role that assessed, never a name.")
    on: date = Field(description="Day of the award.")
    valid_until: date | None = Field(default=None, description="Last day of validity.")
    result: Label | None = Field(default=None, description="Mark or score as the issuer writes it.")
    workload_hours: float = Field(ge=0, le=10000, description="Notional workload of the learning in hours.")
    level: int | None = Field(default=None, ge=1, le=8, description="EQF level, where there is one.")
    participation_form: ParticipationForm
    assessment_type: Label = Field(description="How it was assessed.", examples=["proctored examination"])
    quality_assurance: Label = Field(description="Who or what assures the quality.", examples=["vendor"])
    identity_verified: bool = Field(description="Whether the identity was verified at the assessment.")
    alignments: tuple[Alignment, ...] = Field(max_length=50, description="What the certificate stands for elsewhere.")

    @classmethod
    def example(cls) -> "CertificateAwarded":
        return cls.model_validate(
            {
                "municipality": "0101",
                "certificate_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0e",
                "enrolment_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "code": "AZ-900",
                "title": "Microsoft Certified: Azure Fundamentals",
                "type": "Certification",
                "issuer": "Microsoft",
                "on": "2026-03-20",
                "result": "820/1000",
                "workload_hours": 60,
                "participation_form": "online",
                "assessment_type": "proctored examination",
                "quality_assurance": "vendor",
                "identity_verified": True,
                "alignments": [
                    {"framework": "DigComp 2.2", "code": "5.2", "name": "Identifying needs and technological responses"}
                ],
            },
        )
