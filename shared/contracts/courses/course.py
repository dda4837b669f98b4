"""What is told of a course, when it is offered and when it changes."""

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import AreaLevel, CourseId, CourseKind, Label, LearningMethod, TargetGroup, Title


class CourseDescription(Event):
    """The fields that ``course-offered`` and ``course-changed`` share: always the whole course."""

    course_id: CourseId
    title: Title
    kind: CourseKind
    provider: Label = Field(description="Organisation that teaches.")
    methods: tuple[LearningMethod, ...] = Field(max_length=8, description="Learning methods used.")
    weeks: int = Field(ge=0, le=260, description="Length in weeks.")
    hours: int = Field(ge=0, le=10000, description="Teaching hours in all.")
    digital_areas: tuple[AreaLevel, ...] = Field(max_length=5, description="Level it leads to in each area it covers.")
    certificate: Label | None = Field(
        default=None, description="Code of the certificate it leads to.", examples=["AZ-900"]
    )
    target_groups: tuple[TargetGroup, ...] = Field(max_length=30, description="Who it is for; empty means everybody.")
    it_specific: bool = Field(description="Whether it is a specific IT course (target T3).")
    price_dkk: int | None = Field(default=None, ge=0, le=10_000_000, description="Price of a seat in whole kroner.")
