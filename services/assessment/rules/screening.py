"""Screening: who suits an order, by verdict and never by a score.

Within a verdict the places are drawn by lot, once for each order: by the SHA-256 of the order's id and the citizen's.
So a place says nothing of anybody, is the same for everyone who looks, and nobody is the first in every list.

>>> first, second = UUID(int=1), UUID(int=2)
>>> [lot(order, first) < lot(order, second) for order in (UUID(int=2), UUID(int=3))]
[True, False]
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from services.assessment.rules.comparison import Measurement, compared
from services.assessment.rules.course import Course
from services.assessment.rules.gap import calibrated
from services.assessment.rules.verdict import Verdict, verdict
from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.vocabulary import Demand, GapVerdict

VERDICTS: tuple[GapVerdict, ...] = ("ready", "after-course", "uncertain", "not-yet")
"""In the order in which they are listed: who could begin soonest comes first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tested citizen, the verdict on her and the order, and its reasons by area."""

    citizen_id: UUID
    found: Verdict
    areas: tuple[AreaGap, ...]
    calibrated: bool


def screen(
    order_id: UUID,
    demands: Sequence[Demand],
    measured: Mapping[UUID, Mapping[int, Measurement]],
    courses: Sequence[Course],
) -> list[Candidate]:
    """Every tested citizen, given her measurements by area: by verdict, then by lot."""
    candidates = []
    for citizen_id, areas in measured.items():
        gaps = tuple(compared(demand, areas.get(demand.area)) for demand in demands)
        candidates.append(Candidate(citizen_id, verdict(gaps, courses), gaps, calibrated(areas)))
    return sorted(
        candidates, key=lambda one: (VERDICTS.index(one.found.verdict), lot(order_id, one.citizen_id), one.citizen_id)
    )


def counts(candidates: Sequence[Candidate]) -> dict[GapVerdict, int]:
    """How many have each verdict, in the order in which they are listed; nobody is 0."""
    number = Counter(candidate.found.verdict for candidate in candidates)
    return {one: number[one] for one in VERDICTS}


def lot(order_id: UUID, citizen_id: UUID) -> bytes:
    """The citizen's draw for this order."""
    return sha256(order_id.bytes + citizen_id.bytes).digest()
