"""Pilots: what was registered before anyone started, and what people have decided since."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.outcomes.effect.days import danish_day, day
from services.outcomes.effect.fact import Fact

OPENED, DECIDED = "pilot-opened", "pilot-decided"
READS = frozenset({OPENED, DECIDED})


@dataclass(frozen=True, slots=True)
class Decision:
    """A person decided how a pilot goes on; ``verdict`` is what the figures said to her then."""

    decision: str
    verdict: str
    decided_by_role: str
    reason: str
    on: int
    """Danish day of the decision, as an ordinal."""


@dataclass(frozen=True, slots=True)
class Pilot:
    """A course tried on a few first; ``registered`` is an ordinal, ``decisions`` are in the order they were taken."""

    id: str
    municipality: str
    course: str
    benchmark: float
    """The share that it must beat."""
    measure: str
    """Key of the indicator."""
    window: int
    """Days after a participation's end within which an outcome counts."""
    planned_size: int
    first_size: int
    registered: int
    decisions: tuple[Decision, ...] = ()


def pilot(facts: Iterable[Fact]) -> Pilot | None:
    """The pilot that its facts tell of, in any order; None until its opening has been told."""
    opened, decisions = None, []
    for fact in sorted(facts, key=lambda one: (one.sequence, one.time, one.id)):
        if fact.type == DECIDED:
            decisions.append(_decision(fact))
        elif fact.type == OPENED:
            opened = fact.data
    if opened is None:
        return None
    return Pilot(
        opened["pilot_id"],
        opened["municipality"],
        opened["course_id"],
        float(opened["benchmark"]),
        opened["measure"],
        int(opened["window_days"]),
        int(opened["planned_size"]),
        int(opened["first_size"]),
        day(opened["registered_on"]),
        tuple(decisions),
    )


def _decision(fact: Fact) -> Decision:
    told = fact.data
    return Decision(told["decision"], told["verdict"], told["decided_by_role"], told["reason"], danish_day(fact.time))
