"""A citizen as the rules see her."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Citizen:
    """What decisions need to know. ``barriers`` are the open ones, by kind, with their severity.

    ``merged_into`` is the id that stands for her now, where two were one person.
    """

    citizen_id: UUID
    municipality: str
    registered_on: date
    left_on: date | None = None
    barriers: Mapping[str, str] = field(default_factory=dict)
    merged_into: UUID | None = None

    def must_go_by_this_id(self) -> None:
        """Raise Refused, with the id to use, when another one stands for her: nothing more is told under this one."""
        if self.merged_into is not None:
            raise Refused(
                "citizen-merged",
                "This citizen stands under another id now",
                "Use the kept id: `kept` gives it for each.",
                kept={str(self.citizen_id): str(self.merged_into)},
            )

    def must_be_here(self) -> None:
        """Raise Refused when the citizen has left the jobcenter: nothing new begins for her there."""
        if self.left_on is not None:
            raise Refused(
                "citizen-left",
                f"The citizen left the jobcenter on {self.left_on}",
                "Register the citizen again first, if she has come back; she keeps her id.",
            )
