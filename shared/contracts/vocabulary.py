"""Closed lists and small shapes that several events share."""

from typing import Annotated, Literal

from pydantic import Field

TargetGroup = Annotated[str, Field(min_length=1, max_length=20, description="Code of the target group (målgruppe).")]
EducationLevel = Annotated[
    Literal["none", "unskilled", "skilled", "short", "medium", "long"],
    Field(description="Highest completed education."),
]
Device = Annotated[Literal["computer", "phone", "none"], Field(description="Device the citizen has at hand.")]
