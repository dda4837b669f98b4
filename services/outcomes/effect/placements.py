"""Placements: the jobs, wage subsidies, praktik and flexjobs a citizen started, as corrected."""

from typing import NamedTuple

from services.outcomes.effect.days import day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last, value

READS = frozenset(
    {"placement-agreed", "placement-started", "placement-corrected", "placement-ended", "placement-voided"}
)


class Placement(NamedTuple):
    """A placement that began on the day ``start``; ``end`` is its last day, None while it runs."""

    kind: str
    """ordinary, wage-subsidy, praktik or flexjob."""
    start: int
    end: int | None


def placements(history: Told) -> list[Placement]:
    """The placements that began and were not voided; a corrected one is only what it was corrected to."""
    started = about(history, ("placement-started",), "placement_id")
    if not started:
        return []
    corrected = about(history, ("placement-corrected",), "placement_id")
    ended = about(history, ("placement-ended",), "placement_id")
    voided = about(history, ("placement-voided",), "placement_id")
    found = []
    for placement, facts in started.items():
        if placement in voided:
            continue
        known = facts + corrected[placement] if placement in corrected else facts
        end = day(last(ended[placement]).data["on"]) if placement in ended else None
        found.append(Placement(value(known, "kind"), day(value(known, "on")), end))
    return found


def timings(history: Told) -> dict[str, str]:
    """For each enrolment with a praktik linked to it: before, during or after, as last agreed or started."""
    plans = about(history, ("placement-agreed", "placement-started", "placement-corrected"), "placement_id")
    voided = about(history, ("placement-voided",), "placement_id")
    linked: dict[str, list[Fact]] = {}
    for placement, facts in plans.items():
        timed = [fact for fact in facts if fact.data.get("timing", "none") != "none"]
        if timed and placement not in voided and value(facts, "kind") == "praktik":
            enrolment = value(facts, "enrolment_id")
            if enrolment is not None:
                linked.setdefault(enrolment, []).append(last(timed))
    return {enrolment: last(facts).data["timing"] for enrolment, facts in linked.items()}
