"""Placements: the jobs, wage subsidies, praktik and flexjobs a citizen started, as corrected."""

from typing import NamedTuple

from services.outcomes.effect.days import day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last, value

PLAN = ("placement-agreed", "placement-started", "placement-corrected")
"""Events that describe a placement; the other two end it."""
READS = frozenset({*PLAN, "placement-ended", "placement-voided"})


class Placement(NamedTuple):
    """A placement that began on the day ``start``; ``end`` is its last day, None while it runs."""

    kind: str
    """ordinary, wage-subsidy, praktik or flexjob."""
    start: int
    end: int | None
    employer: str | None
    """Id of the company, None where none was told."""
    municipality: str


class Placements(NamedTuple):
    """What a citizen's placements say that were not voided."""

    begun: list[Placement]
    timings: dict[str, str]
    """For each enrolment with a praktik linked to it: before, during or after, as last agreed or started."""


def placements(history: Told) -> Placements:
    """The placements of a citizen; a corrected one is only what it was corrected to, a voided one never was."""
    if READS.isdisjoint(history):
        return Placements([], {})
    begun: list[Placement] = []
    timed: dict[str, list[Fact]] = {}
    voided = about(history, "placement_id", "placement-voided")
    ended = about(history, "placement_id", "placement-ended")
    for placement, plan in about(history, "placement_id", *PLAN).items():
        if placement in voided:
            continue
        told = [fact for fact in plan if fact.type != "placement-agreed"]
        if "placement-started" in {fact.type for fact in told}:
            end = day(last(ended[placement]).data["on"]) if placement in ended else None
            first = day(value(told, "on"))
            begun.append(Placement(value(told, "kind"), first, end, value(plan, "company_id"), last(told).municipality))
        _note_timing(plan, timed)
    return Placements(begun, {enrolment: last(facts).data["timing"] for enrolment, facts in timed.items()})


def _note_timing(plan: list[Fact], timed: dict[str, list[Fact]]) -> None:
    """Note under its enrolment the last fact that tells when a linked praktik lies."""
    telling = [fact for fact in plan if fact.data.get("timing", "none") != "none"]
    if telling and value(plan, "kind") == "praktik":
        enrolment = value(plan, "enrolment_id")
        if enrolment is not None:
            timed.setdefault(enrolment, []).append(last(telling))
