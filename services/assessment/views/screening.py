"""What a caseworker sees when candidates are screened for an order."""

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.assessment.queries import ProfileView
from services.assessment.rules.order import Order
from services.assessment.rules.screening import Candidate, counts
from services.assessment.views.gap import AreaGapView, CourseView, area_views, titles
from services.assessment.views.gap_words import marks, verdict_said
from shared.contracts.vocabulary import Demand, GapVerdict, PlacementKind


class OrderView(BaseModel):
    """An open job order; ``GET /orders/{order_id}/candidates`` screens for it."""

    order_id: UUID
    company_id: UUID
    title: str | None
    kind: PlacementKind
    seats: int
    profile_id: UUID | None
    demands: list[Demand] = Field(
        description="What the order itself names; in other areas it asks what its profile asks."
    )


class CandidateView(BaseModel):
    """One tested citizen."""

    citizen_id: UUID
    verdict: GapVerdict
    said: str = Field(description="The verdict in plain Danish.")
    marks: list[str] = Field(description="What must be shown beside it: that a measurement is not calibrated.")
    areas: list[AreaGapView] = Field(description="The reasons.")
    course_ids: list[UUID]


class ScreeningView(BaseModel):
    """Everybody who could be a candidate, by verdict. It helps a person to decide, and decides nothing."""

    order_id: UUID
    title: str | None
    profile_id: UUID | None
    profile_version: int | None
    demands: list[Demand] = Field(description="What candidates are held against.")
    marks: list[str] = Field(description="What must be shown above the list: that the job's demands are a judgement.")
    counts: dict[GapVerdict, int] = Field(description="Tested citizens by verdict, listed here or not.")
    not_tested: int = Field(description="Citizens at the jobcenter without any result: offer them a test.")
    order_within_verdict: Literal["drawn-by-lot"] = Field(
        default="drawn-by-lot",
        description="By the SHA-256 of the ids of order and citizen: it says nothing of anybody.",
    )
    candidates: list[CandidateView]
    courses: list[CourseView] = Field(description="The courses that candidates on this page could take.")


def screening_view(
    order: Order,
    profile: ProfileView | None,
    demands: Sequence[Demand],
    found: Sequence[Candidate],
    shown: Sequence[Candidate],
    named: Mapping[UUID, CourseView],
    not_tested: int,
) -> ScreeningView:
    """The page of candidates in ``shown``, out of all that were ``found``."""
    return ScreeningView(
        order_id=order.order_id,
        title=order.title,
        profile_id=order.profile_id,
        profile_version=profile.version if profile else None,
        demands=list(demands),
        marks=marks(calibrated=None, validated=profile.validated if profile else None),
        counts=counts(found),
        not_tested=not_tested,
        candidates=[_candidate(one, named) for one in shown],
        courses=sorted(named.values(), key=lambda course: (course.weeks, course.course_id)),
    )


def _candidate(one: Candidate, named: Mapping[UUID, CourseView]) -> CandidateView:
    found = one.found
    return CandidateView(
        citizen_id=one.citizen_id,
        verdict=found.verdict,
        said=verdict_said(found.verdict, one.areas, titles(found.course_ids, named)),
        marks=marks(calibrated=one.calibrated, validated=None),
        areas=area_views(one.areas),
        course_ids=list(found.course_ids),
    )
