"""What a job asks of digital competence."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CompanyId, Demand, Occupation, ProfileId, Text, Title


class JobProfilePublished(Event, service="assessment", entity="profile", classification="public"):
    """A job profile was published, or anew: its demand in each competence area, with tasks in plain words."""

    profile_id: ProfileId
    title: Title
    occupation: Occupation
    demands: tuple[Demand, ...] = Field(max_length=5, description="Required level for each area that matters.")
    company_id: CompanyId | None = None
    tasks: tuple[Annotated[Text, Field(max_length=500)], ...] = Field(max_length=50, description="What one does.")
    validated: bool | None = Field(
        default=None,
        description="True when the demands were checked at workplaces; else they are a judgement (skøn).",
    )

    @classmethod
    def example(cls) -> "JobProfilePublished":
        return cls.model_validate(
            {
                "municipality": "0101",
                "profile_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09",
                "title": "Social- og sundhedshjælper",
                "occupation": {"scheme": "DISCO-08", "code": "5322"},
                "demands": [{"area": 1, "level": 3, "weight": 1.0}, {"area": 2, "level": 4, "weight": 2.0}],
                "tasks": ["Dokumenterer i den elektroniske omsorgsjournal"],
            },
        )
