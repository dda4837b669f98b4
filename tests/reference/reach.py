"""Reach by brute force: who is at the jobcenter on a day, and who of them got a digital offer in the year up to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.reference.truth import day, happened_on, named, visits

OFFERS = ("test-finished", "material-opened", "self-service-granted")


def marks(
    person: dict[str, Any], dimensions: dict[str, Any], as_of: date
) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """The marks of one person as of a day; none when she is not at the jobcenter."""
    if not at_the_jobcenter(person, as_of):
        return
    registered = named(person["events"], "citizen-registered")
    dimensions = dimensions | {"municipality": registered[0]["data"]["municipality"]}
    yield "reach", dimensions, "denominator", person["id"]
    offers = [happened_on(e) for e in [*named(person["events"], *OFFERS), *visits(person["events"])]]
    offers += [p["S"] for p in person["participations"]]
    if any(as_of - timedelta(days=365) < offered <= as_of for offered in offers):
        yield "reach", dimensions, "so_far", person["id"]
        yield "reach", dimensions, "numerator", person["id"]


def at_the_jobcenter(person: dict[str, Any], as_of: date) -> bool:
    """Whether she is at the jobcenter at the end of a day."""
    return _standing(person, as_of)[0]


def has_left(person: dict[str, Any], as_of: date) -> bool:
    """Whether she has left by the day and is not back."""
    present, left = _standing(person, as_of)
    return not present and left < date.max


def _standing(person: dict[str, Any], as_of: date) -> tuple[bool, date]:
    """Whether she is at the jobcenter on a day, and the day she last left; the last of all days when she never did."""
    steps = [(happened_on(e), 0, date.max) for e in named(person["events"], "citizen-registered")]
    steps += [(day(e["data"]["on"]), 1, date.max) for e in named(person["events"], "citizen-left")]
    steps += [
        (day(e["data"]["valid_from"]), 2, day(e["data"]["unemployed_since"]))
        for e in named(person["events"], "citizen-changed")
        if e["data"].get("unemployed_since")
    ]
    present, left = False, date.max
    for on, step, unemployed_since in sorted(steps):
        if on > as_of:
            break
        if step == 1 and present:
            present, left = False, on
        elif step == 0 or (step == 2 and unemployed_since >= left):
            present = True
    return present, left
