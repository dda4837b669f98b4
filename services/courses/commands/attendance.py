"""What callers may ask about attendance."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import EnrolmentId
from shared.moment import Day

Enrolments = Annotated[tuple[EnrolmentId, ...], Field(max_length=1000)]


class RecordAttendance(Command):
    """Who was there on a day, and who was not; whoever is in neither list stays as recorded before."""

    on: Day | None = Field(default=None, description="The day; today if left out.", examples=["2026-12-03"])
    present: Enrolments = Field(
        default=(), description="Were there.", examples=[["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c06"]]
    )
    absent: Enrolments = Field(default=(), description="Were not there.")
