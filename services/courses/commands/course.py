"""What callers may ask about courses."""

from typing import Annotated, Any

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import AreaLevel, CourseKind, Label, LearningMethod, TargetGroup, Title

Price = Annotated[int, Field(ge=0, le=10_000_000)]


class OfferCourse(Command):
    """Offer a course. Seats come with its cohorts."""

    title: Annotated[Title, Field(examples=["Digital koordinator"])]
    kind: Annotated[CourseKind, Field(examples=["mikrosprint"])]
    provider: Annotated[Label, Field(description="Organisation that teaches.", examples=["Ivækst"])]
    methods: tuple[LearningMethod, ...] = Field(
        default=(), max_length=8, description="Learning methods used.", examples=[["classroom", "practice-near"]]
    )
    weeks: int = Field(ge=0, le=260, description="Length in weeks.", examples=[4])
    hours: int = Field(ge=0, le=10000, description="Teaching hours in all.", examples=[120])
    digital_areas: tuple[AreaLevel, ...] = Field(
        default=(),
        max_length=5,
        description="Level it leads to in each area it covers.",
        examples=[[{"area": 2, "level": 4}]],
    )
    certificate: Annotated[
        Label | None, Field(description="Code of the certificate it leads to.", examples=["AZ-900"])
    ] = None
    target_groups: tuple[TargetGroup, ...] = Field(
        default=(), max_length=30, description="Who it is for; empty means everybody.", examples=[["1", "2"]]
    )
    it_specific: bool = Field(description="Whether it is a specific IT course (target T3).", examples=[True])
    price_dkk: Price | None = Field(default=None, description="Price of a seat in whole kroner.", examples=[12000])

    def description(self) -> dict[str, Any]:
        """The course's fields."""
        return self.model_dump(exclude={"happened"})


class ChangeCourse(Command):
    """Change what a course is. Send only the fields that differ; null takes a certificate or price away."""

    title: Title | None = Field(default=None, examples=["Digital koordinator, aften"])
    kind: CourseKind | None = None
    provider: Label | None = None
    methods: tuple[LearningMethod, ...] | None = Field(default=None, max_length=8)
    weeks: int | None = Field(default=None, ge=0, le=260, examples=[6])
    hours: int | None = Field(default=None, ge=0, le=10000)
    digital_areas: tuple[AreaLevel, ...] | None = Field(default=None, max_length=5)
    certificate: Label | None = None
    target_groups: tuple[TargetGroup, ...] | None = Field(default=None, max_length=30)
    it_specific: bool | None = None
    price_dkk: Price | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent. A null is kept only where a course may be without."""
        sent = self.model_dump(exclude={"happened"}, exclude_unset=True)
        return {
            name: value for name, value in sent.items() if value is not None or name in ("certificate", "price_dkk")
        }
