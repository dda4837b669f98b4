"""How far a citizen is from a job profile: her newest measurements held against its demands, as it is told."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.assessment.rules.comparison import Measurement, compared
from services.assessment.rules.course import Course
from services.assessment.rules.verdict import verdict
from shared.contracts.assessment.gap_found import GapFound
from shared.contracts.vocabulary import Demand
from shared.problems import Refused


def find(
    citizen_id: UUID,
    municipality: str,
    profile_id: UUID,
    profile_version: int,
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
    areas = tuple(compared(demand, measured.get(demand.area)) for demand in demands)
    found = verdict(areas, courses)
    return GapFound(
        municipality=municipality,
        citizen_id=citizen_id,
        profile_id=profile_id,
        profile_version=profile_version,
        verdict=found.verdict,
        areas=areas,
        course_ids=found.course_ids,
        calibrated=calibrated(measured),
    )


def calibrated(measured: Mapping[int, Measurement]) -> bool:
    """Whether every result that the verdict may rest on comes from a calibrated bank."""
    return all(one.calibrated for one in measured.values())
