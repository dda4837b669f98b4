"""The stories of the source documents, and the municipalities in which they are told."""

from dataclasses import dataclass

from shared.contracts.envelope import Envelope
from tests.scenarios.stack import RunningStack

MADE_UP = "0461"
ELSEWHERE = {"0370": "0376", "0101": "0147"}
"""A story's municipality: the one to which it is told once more, by commands."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its file's name, its municipality, and the ids in it that tests ask for."""

    name: str
    municipality: str


NAESTVED = Story("naestved-2021", "0370")
AZURE = Story("azure-2021", "0101")


@dataclass(frozen=True, slots=True)
class Told:
    """What a stack was told: the stories, and for each the ids that its services chose when commands told it."""

    stack: RunningStack
    stories: dict[str, list[Envelope]]
    ids: dict[str, dict[str, str]]

    def courses(self, story: Story) -> tuple[str, str]:
        """The story's course as it was imported, and as the commands made it."""
        (course,) = {one.data["course_id"] for one in self.stories[story.name] if one.name == "course-offered"}
        return course, self.ids[story.name][course]
