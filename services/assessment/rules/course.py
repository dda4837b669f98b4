"""A course as assessment knows it: what it leads to, and whether it is short."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.vocabulary import AreaLevel

SHORT_WEEKS = 6
"""The longest of the short courses in the source documents is six weeks, and so is *6 ugers jobrettet uddannelse*."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course that is on offer, and the level it leads to in each area it covers.

    >>> course = Course(UUID(int=1), weeks=4, areas=(AreaLevel(area=5, level=5),))
    >>> course.short
    True
    >>> [course.covers([AreaGap(area=5, demanded=level, met="no")]) for level in (4, 5, 6)]
    [True, True, False]
    >>> course.covers([AreaGap(area=5, demanded=5, met="no"), AreaGap(area=1, demanded=1, met="uncertain")])
    False
    """

    course_id: UUID
    weeks: int
    areas: tuple[AreaLevel, ...]

    @property
    def short(self) -> bool:
        """Whether it is intensive upskilling, after which somebody can still begin in a job that is open now."""
        return self.weeks <= SHORT_WEEKS

    def covers(self, lacking: Iterable[AreaGap]) -> bool:
        """Whether it leads to the demanded level in every one of these areas."""
        return all(any(area.area == gap.area and area.level >= gap.demanded for area in self.areas) for gap in lacking)
