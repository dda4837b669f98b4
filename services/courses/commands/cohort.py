"""What callers may ask about cohorts."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import CourseId, Label
from shared.moment import Day


class OpenCohort(Command):
    """Open a cohort (hold) of a course for invitations and enrolments."""

    course_id: Annotated[CourseId, Field(examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02"])]
    starts: Day = Field(description="First day; the roster is frozen then.", examples=["2026-12-01"])
    ends: Day = Field(description="Last planned day.", examples=["2026-12-18"])
    capacity: int = Field(ge=1, le=10000, description="Number of seats.", examples=[25])
    site: Annotated[Label | None, Field(description="Where it is held.", examples=["Skelbækgade"])] = None
    online: bool = Field(default=False, description="Whether it is held online.")


class FreezeRoster(Command):
    """Everybody with a seat starts."""

    on: Day | None = Field(
        default=None, description="Day on which it started: the cohort's start day, unless it was later."
    )
