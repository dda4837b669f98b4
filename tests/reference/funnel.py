"""The funnel by brute force: the first day on which one citizen reached each stage of one cohort."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tests.reference.truth import Event, happened_on, last, name, named

STAGES = (
    "identified", "invited", "accepted", "enrolled", "started", "completed", "certified", "met", "praktik",
    "wage_subsidy", "job",
)  # fmt: skip
WAY_IN = ("citizen-identified", "citizen-invited", "invitation-answered", "citizen-enrolled")


def marks(
    person: dict[str, Any], cohort: dict[str, Any], never_started: dict[str, Any], as_of: date
) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """One mark for each stage reached by a day; ``never_started`` are the dimensions of someone who did not start.

    The participations of ``person`` carry their ``dimensions`` and the placements ``after`` them.
    """
    mine = [p for p in person["participations"] if p["cohort"] == cohort["cohort_id"]]
    mine.sort(key=lambda p: (p["S"], p["enrolment"]))
    dimensions = (mine[0]["dimensions"] if mine else never_started) | {"start_month": cohort["starts"][:7]}
    reached = _way_in(person, cohort["cohort_id"]) | _participated(mine) | _afterwards(person, mine)
    for stage, day in reached.items():
        if day is not None and day <= as_of:
            yield f"funnel/{stage}", dimensions, "so_far", (person["id"], cohort["cohort_id"])


def first_day(person: dict[str, Any], cohort: str) -> date:
    """The day of the first stage of the way in; where there is none it does not matter, since nothing is counted."""
    return _first(_way_in(person, cohort).values()) or date.min


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _way_in(person: dict[str, Any], cohort: str) -> dict[str, date | None]:
    there = named(person["events"], *WAY_IN, "participation-ended", cohort_id=cohort)
    here = [e for e in there if not _mis_registered(person, e)]
    if len(here) < len(there) and not any(name(e) == "citizen-enrolled" for e in here):
        here = []  # she was there by mistake only
    return {
        "identified": _first(happened_on(e) for e in named(here, "citizen-identified")),
        "invited": _first(happened_on(e) for e in named(here, "citizen-invited")),
        "accepted": _first(happened_on(e) for e in named(here, "invitation-answered", answer="accepted")),
        "enrolled": _first(happened_on(e) for e in named(here, "citizen-enrolled")),
    }


def _mis_registered(person: dict[str, Any], event: Event) -> bool:
    """Whether the event is about an enrolment whose participation was mis-registered."""
    enrolment = event["data"].get("enrolment_id")
    ended = last(named(person["events"], "participation-ended", enrolment_id=enrolment)) if enrolment else None
    return ended is not None and ended["data"]["reason"] == "mis_registered"


def _participated(mine: list[dict[str, Any]]) -> dict[str, date | None]:
    reached = {
        "started": _first(p["S"] for p in mine),
        "completed": _first(p["E"] for p in mine if p["reason"] == "completed"),
        "certified": _first(p["award"] for p in mine),
    }
    for reason in {p["reason"] for p in mine} - {None, "completed"}:
        reached[f"ended:{reason}"] = _first(p["E"] for p in mine if p["reason"] == reason)
    return reached


def _afterwards(person: dict[str, Any], mine: list[dict[str, Any]]) -> dict[str, date | None]:
    meetings = [happened_on(e) for e in named(person["events"], "meeting-held")]
    after = [placement for p in mine for placement in p["after"]]
    return {
        "met": _first(day for p in mine for day in meetings if day >= p["S"]),
        "praktik": _first(a["start"] for a in after if a["kind"] == "praktik"),
        "wage_subsidy": _first(a["start"] for a in after if a["kind"] == "wage-subsidy"),
        "job": _first(a["start"] for a in after if a["kind"] == "ordinary"),
    }
