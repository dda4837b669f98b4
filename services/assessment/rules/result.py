"""What a test result must be before it is told to anyone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from uuid import UUID

from shared.contracts.assessment.result import AreaResult
from shared.contracts.assessment.result_rescored import ResultRescored
from shared.contracts.assessment.test_finished import TestFinished
from shared.contracts.vocabulary import AreaLevel, TestPurpose
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Method:
    """How a result came about: the framework and item bank it was measured with, what for, and whether alone."""

    framework: str
    framework_version: str
    bank_version: str
    calibrated: bool
    purpose: TestPurpose
    assisted: bool


MOST_ITEMS = 500  # as many as the event may tell


def finish(
    test_id: UUID, citizen_id: UUID, municipality: str, method: Method, areas: Sequence[AreaResult]
) -> TestFinished:
    """The result of one test. Its areas come in their order; items are summed, so that the total cannot disagree."""
    _each_area_once(areas)
    for area in areas:
        _makes_sense(area)
    items = sum(area.items for area in areas)
    if items > MOST_ITEMS:
        raise Refused("too-many-items", f"{items} items are more than a test can have", f"At most {MOST_ITEMS} in all.")
    return TestFinished(
        municipality=municipality,
        test_id=test_id,
        citizen_id=citizen_id,
        framework=method.framework,
        framework_version=method.framework_version,
        bank_version=method.bank_version,
        calibrated=method.calibrated,
        items=items,
        areas=tuple(sorted(areas, key=lambda area: area.area)),
        purpose=method.purpose,
        assisted=method.assisted,
    )


def rescored(before: TestFinished, after: TestFinished, reason: str) -> ResultRescored:
    """The result that replaces the one before, with the levels that were told then."""
    levels = tuple(AreaLevel(area=area.area, level=area.level) for area in before.areas)
    return ResultRescored.model_validate(after.model_dump() | {"reason": reason, "before": levels})


def finished_at(given: datetime | None, now: datetime) -> datetime:
    """The moment a test ended: now if not given. Raises Refused for a moment to come."""
    if given is not None and given > now:
        raise Refused(
            "finished-in-future", "The test's end lies in the future", "Correct finished_at, or leave it out for now."
        )
    return given or now


def _each_area_once(areas: Sequence[AreaResult]) -> None:
    twice = [area for area, times in Counter(area.area for area in areas).items() if times > 1]
    if twice:
        raise Refused(
            "area-twice", f"Area {twice[0]} has more than one result", "Send one entry for each competence area."
        )


def _makes_sense(area: AreaResult) -> None:
    if not area.level_low <= area.level <= area.level_high:
        raise Refused(
            "level-outside-interval",
            f"The level of area {area.area} lies outside its own interval",
            f"level_low {area.level_low} ≤ level {area.level} ≤ level_high {area.level_high} must hold.",
        )
    if not (isfinite(area.ability) and isfinite(area.standard_error)):
        raise Refused(
            "ability-not-finite",
            f"The ability or standard error of area {area.area} is no number",
            "Send finite numbers; leave the area out when it could not be measured.",
        )
