"""What callers may ask about workshops, and what they get back: visits, and check-in at a site."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.intake.rules.visit import Stay, VisitKind
from shared.command import Command
from shared.contracts.intake.workshop_visited import ThemeVisited
from shared.contracts.vocabulary import Autonomy, Device, VisitVoidingReason, without_cpr

Site = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$"),
    AfterValidator(without_cpr),
    Field(description="Where, as people there call it; never a person's name.", examples=["Jobcenter Nord"]),
]
ThemeCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$"),
    AfterValidator(without_cpr),
    Field(description="Code of the theme (shared/codelists/workshop_themes.py).", examples=["mitid"]),
]


class ThemeOfVisit(BaseModel):
    """One theme of a visit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: ThemeCode
    autonomy: Annotated[Autonomy, Field(examples=["partly"])]


class RegisterVisit(Command):
    """Register a visit to a digital workshop; without a citizen it is anonymous."""

    site: Site
    themes: list[ThemeOfVisit] = Field(max_length=30, description="What it was about: at least one theme.")
    minutes: int = Field(ge=0, le=1440, description="Length of the visit in minutes.", examples=[35])
    device: Annotated[Device, Field(examples=["phone"])]
    kind: VisitKind = Field(default="drop-in", description="Open guidance or a themed workshop.")
    online: bool = Field(default=False, description="Whether the visit was by video.")
    citizen_id: UUID | None = Field(default=None, description="The citizen, where she is known.")
    count: int = Field(
        default=1, ge=1, le=100, description="How many visits alike: for people who are not known, counted afterwards."
    )
    check_in_id: UUID | None = Field(default=None, description="The check-in that this visit answers, if she had one.")
    referral_id: UUID | None = Field(
        default=None, description="The citizen's open referral to the workshop: it is answered as accepted with this."
    )
    answer_referral: bool = Field(
        default=False,
        description="Beside `citizen_id`: her open referral to a workshop is answered as accepted, if she has one.",
    )

    def stay(self) -> Stay:
        """Where and how it was, and what it was about."""
        themes = [ThemeVisited(theme=one.theme, autonomy=one.autonomy) for one in self.themes]
        return Stay(self.site, self.kind, self.online, themes, self.minutes, self.device)


class VoidVisit(Command):
    """Take a visit back that was registered by mistake."""

    reason: Annotated[VisitVoidingReason, Field(examples=["registered-twice"])]


class OpenSite(BaseModel):
    """Open a site for check-in today."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: Site


class WriteUp(BaseModel):
    """Write somebody up who has not checked in by phone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    themes: list[ThemeCode] = Field(default=[], max_length=30, description="What she wants help with, if she said it.")


class VisitsRecorded(BaseModel):
    """The command was carried out."""

    visit_ids: list[UUID] = Field(description="Ids of the visits.")
    referral_id: UUID | None = Field(description="The referral that was answered with it, if one was.")


class VisitVoided(BaseModel):
    """The visit counts nowhere any more."""

    visit_id: UUID


class CheckedIn(BaseModel):
    """Somebody has a number for today."""

    check_in_id: UUID
    number: int = Field(description="Her number at this site today, from 1.")
