"""What callers may do with citizens, and what they get back."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, model_validator

from services.intake.rules.registration import Circumstances
from shared.command import Command
from shared.contracts.vocabulary import Device, EducationLevel, LeavingReason, TargetGroup, without_cpr
from shared.moment import Day

Cpr = Annotated[
    SecretStr,
    Field(
        max_length=20,
        description="CPR number, ten digits with or without hyphen. It goes into intake's vault and nowhere else.",
        examples=["010179-0000"],
    ),
]
UNIT = r"[0-9A-Za-zÀ-ÖØ-öø-ÿ][^\x00-\x1f\x7f]*"
"""A unit's name begins with a letter or a digit, so that other signs can stand for *all* and *none* in addresses."""
UnitName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=60, pattern=f"^{UNIT}$"),
    AfterValidator(without_cpr),
    Field(description="Her unit (afdeling), as people there call it; never a person's name.", examples=["Nord"]),
]
AnyUnit = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=60, pattern=f"^(?:{UNIT})?$"),
    AfterValidator(without_cpr),
    Field(description="Her unit (afdeling) from then on; empty: none any more.", examples=["Nord"]),
]
Version = Annotated[int, Field(description="The citizen's version after this command.")]


class RegisterCitizen(Command):
    """Make a person known as a citizen of the jobcenter, or let a citizen who had left come back."""

    cpr: Cpr
    target_group: Annotated[TargetGroup, Field(examples=["2"])]
    education_level: Annotated[EducationLevel, Field(examples=["unskilled"])]
    academic: bool = Field(default=False, description="Whether the citizen holds an academic degree.")
    unemployed_since: Day = Field(
        description="First day of the present spell of unemployment.", examples=["2026-01-12"]
    )
    device: Device | None = Field(default=None, description="The citizen's own device, if asked.", examples=["phone"])
    protected: bool = Field(default=False, description="Whether name and address are protected.")
    unit: UnitName | None = None

    def circumstances(self) -> Circumstances:
        """What is known of the citizen."""
        return Circumstances(**self.model_dump(exclude={"cpr", "happened"}))


class ChangeCitizen(Command):
    """Say what is different from a day on. Send only the fields that change."""

    valid_from: Day = Field(description="First day on which the new values hold.", examples=["2026-03-01"])
    target_group: Annotated[TargetGroup | None, Field(examples=["3"])] = None
    education_level: EducationLevel | None = None
    academic: bool | None = Field(default=None, description="Whether the citizen holds an academic degree.")
    unemployed_since: Day | None = Field(default=None, description="First day of the present spell of unemployment.")
    device: Device | None = None
    protected: bool | None = Field(default=None, description="Whether name and address are protected.")
    unit: AnyUnit | None = None

    def changes(self) -> dict[str, Any]:
        """The given fields with their new values."""
        return self.model_dump(exclude={"valid_from", "happened"}, exclude_none=True)

    @model_validator(mode="after")
    def _changes_something(self) -> "ChangeCitizen":
        if not self.changes():
            raise ValueError("send at least one field that changes, beside valid_from")
        return self


class LeaveJobcenter(Command):
    """Record that the citizen left the jobcenter."""

    reason: Annotated[LeavingReason, Field(examples=["job"])]
    on: Day = Field(description="First day after the citizen's last day at the jobcenter.", examples=["2026-06-01"])


class LookUpCitizen(BaseModel):
    """Ask for the id of a person. The number is in the body, for addresses end up in logs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cpr: Cpr


class CitizenRecorded(BaseModel):
    """The command was carried out."""

    citizen_id: UUID = Field(description="Random id of the citizen, the same in every service.")
    version: Version


class CitizenFound(BaseModel):
    """The person's id."""

    citizen_id: UUID = Field(description="Random id of the citizen, the same in every service.")
