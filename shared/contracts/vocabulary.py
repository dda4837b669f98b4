"""Closed lists and small shapes that several events share.

Codes are lower case English with hyphens; the end reasons of a participation keep the underscores of the indicator
definitions. A new value may be added to a list at any time (readers must tolerate it), an existing one never goes.
"""

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")


def without_cpr(text: str) -> str:
    """Refuse a text that holds what looks like a CPR number: it would be copied to every subscriber."""
    if CPR.search(text):
        raise ValueError("looks like a CPR number, which never belongs in an event")
    return text


# Ids: random UUIDs that mean the same citizen, company, cohort … in every service.
CitizenId = Annotated[UUID, Field(description="Random id of the citizen, the same in every service.")]
CompanyId = Annotated[UUID, Field(description="Id of the company.")]
CourseId = Annotated[UUID, Field(description="Id of the course.")]
CohortId = Annotated[UUID, Field(description="Id of the cohort (hold).")]
EnrolmentId = Annotated[UUID, Field(description="Id of the citizen's enrolment on the cohort.")]
PlacementId = Annotated[UUID, Field(description="Id of the placement.")]
OrderId = Annotated[UUID, Field(description="Id of the job order.")]
ProfileId = Annotated[UUID, Field(description="Id of the job profile.")]

# Texts: always bounded; a text about a citizen carries neither name, address nor CPR number.
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]  # PostgreSQL keeps no text with a null character
Reason = Annotated[
    Text,
    Field(max_length=500, description="Why, in plain words; no names, addresses or CPR numbers."),
    AfterValidator(without_cpr),
]
Title = Annotated[Text, Field(min_length=1, max_length=200, description="Title as people read it.")]
Label = Annotated[Text, Field(min_length=1, max_length=100)]
RoleName = Annotated[
    Text, Field(min_length=1, max_length=100, description="Role or body, never a person's name.", examples=["manager"])
]

# The citizen
TargetGroup = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=20,
        description="Target group (målgruppe): number in LAB § 6, with validity in shared/codelists.",
        examples=["1", "2"],
    ),
]
EducationLevel = Annotated[
    Literal["none", "unskilled", "skilled", "short", "medium", "long"],
    Field(description="Highest completed education."),
]
Unit = Annotated[
    Text,
    Field(
        max_length=60,
        description="Unit (afdeling) of the jobcenter, as people there call it; never a person's name.",
        examples=["Nord"],
    ),
    AfterValidator(without_cpr),
]
Device = Annotated[Literal["computer", "phone", "none"], Field(description="Device the citizen has at hand.")]
BarrierKind = Annotated[
    Literal["reading", "writing", "danish", "device", "other"], Field(description="What stands in the way.")
]
Severity = Annotated[Literal["low", "medium", "high"], Field(description="How much it stands in the way.")]
ReferralOffer = Annotated[
    Literal["workshop", "test", "course", "self-service", "job-app"],
    Field(description="What is offered."),
]
ReferralAnswer = Annotated[Literal["accepted", "refused", "no-show"], Field(description="What came of the referral.")]
Autonomy = Annotated[
    Literal["helped", "partly", "alone"], Field(description="How far the citizen managed the theme herself.")
]
VisitVoidingReason = Annotated[
    Literal["registered-twice", "wrong-citizen", "wrong-workshop", "other"],
    Field(description="Why the visit was taken back."),
]
LeavingReason = Annotated[
    Literal["job", "wage-subsidy", "education", "moved", "ill", "pension", "other"],
    Field(description="Why the citizen left the jobcenter."),
]

# Courses
CourseKind = Annotated[
    Literal["mikrosprint", "course", "workshop-series", "e-learning", "workplace"], Field(description="Kind of course.")
]
LearningMethod = Literal[
    "classroom", "practice-near", "e-learning", "gaming", "workplace", "group-work", "mentoring", "self-study"
]
EndReason = Annotated[
    Literal[
        "completed",
        "got_job",
        "dropped_out",
        "ill",
        "moved",
        "education",
        "other_effort",
        "not_met",
        "cancelled_by_provider",
        "mis_registered",
    ],
    Field(description="Why the participation ended; got_job is no dropout, mis_registered counts nowhere."),
]
InvitationAnswer = Annotated[Literal["accepted", "declined"], Field(description="The citizen's answer.")]
PilotDecision = Annotated[Literal["widen", "continue", "stop"], Field(description="What a person decided.")]
Verdict = Annotated[
    Literal["continue", "stop", "cannot-tell-yet"],
    Field(description="What the figures said against the registered benchmark when the decision was taken."),
]
CertificateType = Annotated[
    Literal["Certification", "CertificateOfCompletion", "MicroCredential"],
    Field(description="Open Badges 3.0 achievement type."),
]
ParticipationForm = Annotated[
    Literal["online", "on-site", "blended"], Field(description="Form of participation in the learning.")
]
MaterialKind = Annotated[
    Literal["video", "talk", "guide", "exercise", "e-learning"], Field(description="Kind of self-service material.")
]

# Assessment
DigitalArea = Annotated[int, Field(ge=1, le=5, description="DigComp competence area, 1-5.")]
Level = Annotated[int, Field(ge=1, le=8, description="DigComp proficiency level, 1-8.")]
ItemPool = Annotated[Literal["full", "phone", "accessible"], Field(description="Pool the items are drawn from.")]
TestPurpose = Annotated[Literal["entry", "retest", "job"], Field(description="What the test was taken for.")]
GapVerdict = Annotated[
    Literal["ready", "after-course", "not-yet", "uncertain"],
    Field(description="Ready; ready after the named courses; not yet; or too uncertain to say, so test more."),
]

# Outcomes
PlacementKind = Annotated[
    Literal["ordinary", "wage-subsidy", "praktik", "flexjob"],
    Field(description="Kind of placement: ordinary job, løntilskud, virksomhedspraktik or fleksjob."),
]
Timing = Annotated[
    Literal["none", "before", "during", "after"],
    Field(description="When the praktik lies against the linked course."),
]
Wants = Annotated[Literal["hire", "wage-subsidy", "praktik"], Field(description="What the company wants.")]
DeclaredBy = Annotated[Literal["citizen", "caseworker"], Field(description="Who took the step.")]
HoursPerWeek = Annotated[float, Field(gt=0, le=100, description="Agreed hours a week.")]


class Shape(BaseModel):
    """A small part of a payload; frozen, and unknown fields are ignored like in the events themselves."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class AreaLevel(Shape):
    """One competence area at one level."""

    area: DigitalArea
    level: Level


class Demand(Shape):
    """What a job asks for in one competence area."""

    area: DigitalArea
    level: Level
    weight: float = Field(default=1.0, gt=0, le=10, description="How much the area matters in this job; 1 is usual.")


class Occupation(Shape):
    """A code of a named occupation scheme."""

    scheme: Text = Field(min_length=1, max_length=40, description="Classification, e.g. ESCO or DISCO-08.")
    code: Text = Field(min_length=1, max_length=200, description="Code or address in that classification.")
