"""What callers may do with job profiles, and what they get back."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from shared.command import Command
from shared.contracts.vocabulary import CompanyId, Demand, Occupation, Reason, Text, Title, without_cpr

Task = Annotated[
    Text,
    Field(min_length=1, max_length=500, description="One task, in plain words; everybody may read it."),
    AfterValidator(without_cpr),
]


class PublishProfile(Command):
    """Tell everybody what a job asks for."""

    title: Annotated[Title, Field(examples=["Social- og sundhedshjælper"]), AfterValidator(without_cpr)]
    occupation: Annotated[Occupation, Field(examples=[{"scheme": "DISCO-08", "code": "5322"}])]
    demands: tuple[Demand, ...] = Field(
        min_length=1,
        max_length=5,
        description="Required level for each area that matters.",
        examples=[[{"area": 1, "level": 3, "weight": 1.0}, {"area": 2, "level": 4, "weight": 2.0}]],
    )
    tasks: tuple[Task, ...] = Field(
        max_length=50,
        description="What one does in the job.",
        examples=[["Dokumenterer i den elektroniske omsorgsjournal"]],
    )
    company_id: CompanyId | None = None
    validated: bool = Field(
        default=False,
        description="True when the demands were checked at workplaces; else they are marked as a judgement (skøn).",
    )


class CloseProfile(Command):
    """Let nobody be held against a profile any more."""

    reason: Reason | None = None


class ProfileRecorded(BaseModel):
    """The command was carried out."""

    profile_id: UUID = Field(description="Id of the job profile.")
    version: int = Field(description="The profile's version: 1 when new.")
