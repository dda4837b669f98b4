"""A person decided how a pilot goes on."""

from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CourseId, PilotDecision, Reason, RoleName, Verdict


class PilotDecided(Event, service="courses", entity="pilot", classification="public"):
    """A person widened, continued or stopped a pilot, with a reason beside what the figures said."""

    pilot_id: UUID = Field(description="Id of the pilot.")
    course_id: CourseId
    decision: PilotDecision
    verdict: Verdict
    decided_by_role: RoleName
    reason: Reason

    @classmethod
    def example(cls) -> "PilotDecided":
        return cls.model_validate(
            {
                "municipality": "0101",
                "pilot_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0d",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "decision": "widen",
                "verdict": "continue",
                "decided_by_role": "manager",
                "reason": "Clearly above the benchmark after 48 participations",
            },
        )
