"""Agreements, the service goal and what job orders ask for, by brute force."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.reference import truth
from tests.reference.truth import Event, day, named


def marks(events: list[Event], as_of: date) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """The marks of all companies as of a day."""
    for agreement in truth.values(named(events, "agreement-signed"), "agreement_id"):
        signed = truth.last(named(events, "agreement-signed", agreement_id=agreement))
        ended = truth.last(named(events, "agreement-ended", agreement_id=agreement))
        assert signed is not None
        facts = signed["data"]
        over = ended is not None and day(ended["data"]["on"]) <= as_of
        run_out = facts.get("until") is not None and day(facts["until"]) < as_of
        if day(facts["on"]) <= as_of and not over and not run_out:
            yield "agreements", {"municipality": facts["municipality"]}, "so_far", facts["company_id"]
    for contact in truth.values(named(events, "company-asked"), "contact_id"):
        asked = truth.last(named(events, "company-asked", contact_id=contact))
        assert asked is not None
        due = truth.moment(asked["data"]["at"]) + timedelta(hours=24)
        if due.astimezone(truth.DANISH).date() > as_of:
            continue
        dimensions = {"municipality": asked["data"]["municipality"]}
        yield "service_goal", dimensions, "denominator", contact
        answers = named(events, "company-answered", contact_id=contact)
        if any(truth.moment(answer["data"]["at"]) <= due for answer in answers):
            yield "service_goal", dimensions, "so_far", contact
            yield "service_goal", dimensions, "numerator", contact
    for order in truth.values(named(events, "order-placed", "order-changed"), "order_id"):
        yield from _asked(events, order, as_of)


def _asked(events: list[Event], order: str, as_of: date) -> Iterator[tuple[str, dict[str, Any], str, Any]]:
    """What an order that is open on the day asks for, seat by seat."""
    by_then = [event for event in events if truth.happened_on(event) <= as_of]
    described = truth.last(named(by_then, "order-placed", "order-changed", order_id=order))
    if described is None or named(by_then, "order-closed", order_id=order):
        return
    facts = described["data"]
    for area in {demand["area"] for demand in facts["demands"]}:
        level = max(demand["level"] for demand in facts["demands"] if demand["area"] == area)
        dimensions = {"municipality": facts["municipality"], "area": str(area), "level": str(level)}
        for seat in range(facts["seats"]):
            for count in ("so_far", "numerator"):
                yield "supply_demand", dimensions, count, (order, area, seat)
                yield f"supply_demand/{facts['kind']}", dimensions, count, (order, area, seat)
