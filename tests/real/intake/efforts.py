"""The courses service as intake hears it: courses are offered, changed and closed, pilots decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered, PilotDecided
from shared.contracts.event import Event
from shared.ids import new_id
from tests.real.running_service import RunningService, publish
from tests.real_machines import RealNats
from tests.waiting import eventually


@dataclass(frozen=True, slots=True)
class Efforts:
    """What courses tells; each method returns when intake has reacted."""

    intake: RunningService
    bus: RealNats
    municipality: str = "0101"

    async def offer(self, title: str = "Azure Fundamentals") -> str:
        """A new course; its id."""
        course_id = new_id()
        await self._tell(CourseOffered, {"course_id": course_id, "title": title})
        return str(course_id)

    async def rename(self, course_id: str, title: str, sequence: int, *, offered: bool = False) -> None:
        """A course has another title from this version on; or it is told that it had it when it was ``offered``."""
        kind = CourseOffered if offered else CourseChanged
        await self._tell(kind, {"course_id": course_id, "title": title}, sequence)

    async def close(self, course_id: str, reason: str | None = "Too few came", **when: datetime) -> None:
        """A course is closed."""
        await self._tell(CourseClosed, {"course_id": course_id, "reason": reason}, **when)

    async def decide(self, course_id: str, decision: str = "stop", reason: str = "So it is", **when: datetime) -> None:
        """The pilot of a course is widened, continued or stopped."""
        facts = {"course_id": course_id, "pilot_id": new_id(), "decision": decision, "reason": reason}
        await self._tell(PilotDecided, facts, **when)

    async def _tell(self, kind: type[Event], facts: dict[str, Any], sequence: int = 1, **when: datetime) -> None:
        event = kind.model_validate(kind.example().data() | {"municipality": self.municipality} | facts)
        event_id: UUID = await publish(self.bus, event, sequence, **when)
        handled = "SELECT true FROM handled WHERE event_id = $1"
        await eventually(lambda: self.intake.database.fetchval(handled, event_id), what=f"intake reacted to {kind}")
