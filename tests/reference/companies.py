"""Agreements and the service goal by brute force."""

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
