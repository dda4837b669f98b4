"""What callers see of a gap: the verdict with its reasons in words, and the courses by name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.assessment.views.gap_words import area_said, marks, verdict_said
from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.vocabulary import GapVerdict

NAMELESS = "uden navn"


class AreaGapView(AreaGap):
    """One demanded area, and why it is met or not."""

    said: str = Field(description="The reason in plain Danish.")


class CourseView(BaseModel):
    """A course that is enough alone."""

    course_id: UUID
    title: str | None = Field(description="Null when only its end is known here.")
    weeks: int
    on_offer: bool = Field(description="False when it was closed after the gap was found: find the gap anew.")


class GapView(BaseModel):
    """A found gap; the rules behind it are in services/assessment/rules, comparison.py and verdict.py."""

    profile_id: UUID
    profile_version: int | None = Field(description="Version of the profile that the citizen was held against.")
    found_at: datetime
    verdict: GapVerdict
    said: str = Field(description="The verdict in plain Danish.")
    marks: list[str] = Field(
        description="What must be shown beside it: that a measurement, or the job's demands, are a judgement."
    )
    calibrated: bool | None
    areas: list[AreaGapView]
    course_ids: list[UUID]
    courses: list[CourseView] = Field(description="What is known of these courses now.")


def gap_view(row: Mapping[str, Any], named: Mapping[UUID, CourseView]) -> GapView:
    """A gap as it was told, with the courses as they are known now."""
    areas = [AreaGap.model_validate(area) for area in row["areas"]]
    course_ids = [UUID(str(course_id)) for course_id in row["course_ids"]]
    courses = [named[one] for one in course_ids if one in named]
    return GapView(
        profile_id=row["profile_id"],
        profile_version=row["profile_version"],
        found_at=row["found_at"],
        verdict=row["verdict"],
        said=verdict_said(row["verdict"], areas, titles(course_ids, named)),
        marks=marks(calibrated=row["calibrated"], validated=row["validated"]),
        calibrated=row["calibrated"],
        areas=area_views(areas),
        course_ids=course_ids,
        courses=courses,
    )


def area_views(areas: list[AreaGap] | tuple[AreaGap, ...]) -> list[AreaGapView]:
    """Each area with its reason in words."""
    return [AreaGapView(**area.model_dump(), said=area_said(area)) for area in areas]


def titles(course_ids: list[UUID] | tuple[UUID, ...], named: Mapping[UUID, CourseView]) -> list[str]:
    """What to call the courses."""
    known = [named.get(one) for one in course_ids]
    return [(course.title if course else None) or NAMELESS for course in known]
