"""How far a citizen is from a job profile. The verdict rests on intervals, never on a score.

A demand asks for level *L* in an area; the citizen's newest measurement of that area has a 90 % interval *low … high*.

* **met** (yes): ``L <= low`` - even the lowest believable level is enough.
* **missing** (no): ``L > high`` - even the highest believable level is not.
* **uncertain**: in between, or the area was never tested.

A course **covers** a demand when it leads to level *L* or higher in that area. The verdict, first that applies:

1. **not-yet**: a demand lies more than ``REACH`` levels above *high*. A short course lifts one of DigComp's four bands,
   two levels; what is further away takes more than that, whatever the course promises.
2. **ready**: every demand is met.
3. **uncertain**: no demand is missing, some are uncertain. Test more in those areas.
4. **after-course**: one known course covers every demand that is missing *or uncertain*. ``course_ids`` names all such
   courses, each of which is enough alone.
5. **uncertain**: a course covers what is missing, none covers what is uncertain beside it. Testing more decides.
6. **not-yet**: no known course covers what is missing.

A demand's weight says what matters most in the job, to people. It changes no verdict: a demand is a demand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.assessment.gap_found import AreaGap, GapFound
from shared.contracts.vocabulary import AreaLevel, Demand, GapVerdict
from shared.problems import Refused

REACH = 2
MOST_COURSES = 20  # as many as the event carries


@dataclass(frozen=True, slots=True)
class Measurement:
    """The newest measured level of one area, with its interval."""

    level: int
    level_low: int
    level_high: int


@dataclass(frozen=True, slots=True)
class Course:
    """A course that is on offer, and the level it leads to in each area it covers."""

    course_id: UUID
    areas: tuple[AreaLevel, ...]

    def covers(self, demands: Iterable[Demand]) -> bool:
        """Whether it leads to every one of these demands."""
        leads_to = {area.area: area.level for area in self.areas}
        return all(leads_to.get(demand.area, 0) >= demand.level for demand in demands)


def find(
    citizen_id: UUID,
    municipality: str,
    profile_id: UUID,
    demands: Sequence[Demand],
    measured: Mapping[int, Measurement],
    courses: Sequence[Course],
) -> GapFound:
    """The gap between what is measured (by area) and what is demanded; ``courses`` in the order to name them."""
    if not measured:
        raise Refused(
            "citizen-not-tested",
            "The citizen has no test result yet",
            "Record a finished test first; without a measurement there is nothing to hold against the profile.",
        )
    gaps = [_compared(demand, measured.get(demand.area)) for demand in demands]
    verdict, helpful = _verdict(demands, gaps, courses)
    return GapFound(
        municipality=municipality,
        citizen_id=citizen_id,
        profile_id=profile_id,
        verdict=verdict,
        areas=tuple(gaps),
        course_ids=tuple(course.course_id for course in helpful[:MOST_COURSES]),
    )


def _compared(demand: Demand, found: Measurement | None) -> AreaGap:
    if found is None:
        return AreaGap(area=demand.area, demanded=demand.level, met="uncertain")
    met = "yes" if demand.level <= found.level_low else "no" if demand.level > found.level_high else "uncertain"
    return AreaGap(
        area=demand.area,
        demanded=demand.level,
        level=found.level,
        level_low=found.level_low,
        level_high=found.level_high,
        met=met,
    )


def _verdict(
    demands: Sequence[Demand], gaps: Sequence[AreaGap], courses: Sequence[Course]
) -> tuple[GapVerdict, list[Course]]:
    missing = [demand for demand, gap in zip(demands, gaps, strict=True) if gap.met == "no"]
    uncertain = [demand for demand, gap in zip(demands, gaps, strict=True) if gap.met == "uncertain"]
    if any(gap.level_high is not None and gap.demanded - gap.level_high > REACH for gap in gaps):
        return "not-yet", []
    if not missing:
        return ("uncertain" if uncertain else "ready"), []
    enough = [course for course in courses if course.covers([*missing, *uncertain])]
    if enough:
        return "after-course", enough
    if uncertain and any(course.covers(missing) for course in courses):
        return "uncertain", []
    return "not-yet", []
