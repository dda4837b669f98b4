"""What callers may ask about pilots."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shared.command import Command
from shared.contracts.vocabulary import CourseId, PilotDecision, Reason, Verdict


def _said(reason: str) -> str:
    """Refuse blanks: a decision without a reason is no decision."""
    if not reason.strip():
        raise ValueError("say why")
    return reason


class OpenPilot(Command):
    """Try a course on a few first. Everything here is fixed before anyone starts, and cannot be changed after."""

    course_id: Annotated[CourseId, Field(examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c02"])]
    benchmark: float = Field(gt=0, lt=1, description="Share that the pilot must beat.", examples=[0.45])
    planned_size: int = Field(ge=1, le=10000, description="Participations planned in all.", examples=[200])
    first_size: int = Field(ge=1, le=10000, description="Seats before the decision to widen.", examples=[24])
    measure: Literal["mikrosprint_job", "it_course_job", "moved_on"] = Field(
        description="Key of the indicator, a share of participations.", examples=["mikrosprint_job"]
    )
    window_days: Literal[30, 91, 182, 365] = Field(
        default=182, description="Days after the end within which an outcome counts."
    )


class DecidePilot(Command):
    """A manager decides how the pilot goes on, with the verdict that was shown and a reason."""

    decision: Annotated[
        PilotDecision,
        Field(
            description="widen: up to the planned size. continue: it goes on; after widening, on figures that say "
            "continue, it is over with success and the limit falls. stop: the course is wound down."
        ),
    ]
    verdict: Annotated[Verdict, Field(description="What the figures said when the decision was taken, as shown.")]
    reason: Annotated[
        Reason,
        Field(min_length=1, examples=["Clearly above the benchmark after 24 participations"]),
        AfterValidator(_said),
    ]
