"""Reach by brute force: who is at the jobcenter on a day, and who of them got a digital offer in the year up to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.reference import truth
from tests.reference.truth import day, happened_on, named

OFFERS = ("workshop-visited", "test-finished", "material-opened", "self-service-granted")


def marks(
    person: dict[str, Any], dimensions: dict[str, Any], as_of: date
) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """The marks of one person as of a day; none when she is not at the jobcenter."""
    if not _at_the_jobcenter(person, as_of):
        return
    registered = named(person["events"], "citizen-registered")
    dimensions = dimensions | {"municipality": registered[0]["data"]["municipality"]}
    yield "reach", dimensions, "denominator", person["ids"][0]
    offers = [happened_on(e) for e in named(person["events"], *OFFERS)] + [p["S"] for p in person["participations"]]
    if any(as_of - timedelta(days=365) < offered <= as_of for offered in offers):
        yield "reach", dimensions, "so_far", person["ids"][0]
        yield "reach", dimensions, "numerator", person["ids"][0]


def _at_the_jobcenter(person: dict[str, Any], as_of: date) -> bool:
    if not any(happened_on(e) <= as_of for e in named(person["events"], "citizen-registered")):
        return False
    newest, present = date.min, False
    for event in truth.in_order(named(person["events"], "citizen-registered", "citizen-left", "citizen-changed")):
        data = event["data"]
        if truth.name(event) == "citizen-changed" and data.get("unemployed_since") is None:
            continue
        on = day(data.get("on") or data.get("valid_from") or happened_on(event).isoformat())
        if newest <= on <= as_of:
            newest, present = on, truth.name(event) != "citizen-left"
    return present
