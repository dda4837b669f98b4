"""What really happened, read from a heap of events: the slowest and plainest way.

Input is a list of CloudEvents as dicts (JSON structured mode: ``sequence`` a string, ``time`` RFC 3339), in any order,
with repeats. Output is persons, companies and courses as plain dicts. Days are Danish calendar days.

Readings where the definitions leave a choice:

- Events with the same ``id`` are one event.
- Of two events, the later is the one with the higher ``sequence`` when they have the same subject and service, else
  the one with the later ``time``, else the greater ``id``.
- Merges unite transitively: whoever is connected by ``citizens-merged`` is one person with one history.
- A target group (and an education level) as first registered holds from the beginning of time, as registered again (she
  had two records) from the Danish day of that, as changed from ``valid_from``. On a day the one with the latest such
  day not after it holds, of two with the same day the later event.
- A participation is the last ``participation-started`` of its enrolment with the last ``participation-ended`` of it.
  Without a start there is no participation. With the end reason ``mis_registered`` there is none either.
- A placement is its last ``placement-started`` with the given fields of every later ``placement-corrected`` put over
  it. A voided placement counts nowhere. Its last day is that of the last ``placement-ended``.
- A workshop visit is its last ``workshop-visited``; one that was ever voided is none.
- A certificate that was revoked never was one. One that names no enrolment belongs to no participation.
- The timing of a participation is the last ``timing`` other than ``none`` that was told, agreed or started, of a
  praktik linked to its enrolment; ``none`` when there is no such praktik or it was voided.
"""

from datetime import date, datetime
from functools import cmp_to_key
from typing import Any
from zoneinfo import ZoneInfo

DANISH = ZoneInfo("Europe/Copenhagen")
PLAN = ("placement-agreed", "placement-started", "placement-corrected")
Event = dict[str, Any]


def name(event: Event) -> str:
    """``dk.loeft.intake.citizen-registered.v1`` -> ``citizen-registered``."""
    return str(event["type"].split(".")[3])


def moment(text: str) -> datetime:
    """An RFC 3339 text as an aware datetime."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def happened_on(event: Event) -> date:
    """The Danish day of the event's ``time``."""
    return moment(event["time"]).astimezone(DANISH).date()


def day(text: str) -> date:
    """An ISO date."""
    return date.fromisoformat(text)


def _compare(a: Event, b: Event) -> int:
    if (a["subject"], a["source"]) == (b["subject"], b["source"]):
        return int(a["sequence"]) - int(b["sequence"])
    left, right = (moment(a["time"]), a["id"]), (moment(b["time"]), b["id"])
    return (left > right) - (left < right)


def in_order(events: list[Event]) -> list[Event]:
    """Earlier events first."""
    return sorted(events, key=cmp_to_key(_compare))


def last(events: list[Event]) -> Event | None:
    """The last of some events, none of none."""
    return in_order(events)[-1] if events else None


def once(events: list[Event]) -> list[Event]:
    """Every event once."""
    return list({event["id"]: event for event in events}.values())


def named(events: list[Event], *names: str, **fields: str) -> list[Event]:
    """Those events with one of the names whose payload has the given values."""
    return [e for e in events if name(e) in names and all(e["data"].get(key) == fields[key] for key in fields)]


def values(events: list[Event], field: str) -> list[str]:
    """The different values of a payload field, sorted."""
    return sorted({e["data"][field] for e in events if e["data"].get(field) is not None})


def courses(events: list[Event]) -> dict[str, dict[str, Any]]:
    """Course id -> the payload of its last ``course-offered`` or ``course-changed``."""
    told = in_order(named(events, "course-offered", "course-changed"))
    return {event["data"]["course_id"]: event["data"] for event in told}


def cohorts(events: list[Event]) -> dict[str, dict[str, Any]]:
    """Cohort id -> the payload of its ``cohort-opened``."""
    return {e["data"]["cohort_id"]: e["data"] for e in named(events, "cohort-opened")}


def persons(events: list[Event]) -> list[dict[str, Any]]:
    """Every person with the events of all her citizen ids, the id that was kept first."""
    groups = [{c} for c in values(events, "citizen_id")]
    merges = [(e["data"]["citizen_id"], e["data"]["merged_id"]) for e in named(events, "citizens-merged")]
    for kept, merged in merges:
        touched = [g for g in groups if kept in g or merged in g]
        groups = [g for g in groups if g not in touched] + [set().union({kept, merged}, *touched)]
    people = []
    for group in groups:
        own = [e for e in events if e["data"].get("citizen_id") in group]
        participated, placed = participations(own), placements(own)
        people.append({"id": min(group), "events": own, "participations": participated, "placements": placed})
    return people


def as_valid_on(person: dict[str, Any], field: str, on: date) -> str | None:
    """The person's ``target_group`` or ``education_level`` on a day."""
    registered = named(person["events"], "citizen-registered")
    first = min(map(happened_on, registered), default=date.max)
    since, value = date.min, None
    for event in in_order(named(person["events"], "citizen-registered", "citizen-changed")):
        if event["data"].get(field) is None:
            continue
        told = happened_on(event) if event in registered else day(event["data"]["valid_from"])
        valid_from = date.min if event in registered and told == first else told
        if since <= valid_from <= on:
            since, value = valid_from, str(event["data"][field])
    return value


def participations(events: list[Event]) -> list[dict[str, Any]]:
    """The participations of one person: enrolment, cohort, course, municipality, S, E, reason, award, timing."""
    found = []
    for enrolment in values(events, "enrolment_id"):
        started = last(named(events, "participation-started", enrolment_id=enrolment))
        ended = last(named(events, "participation-ended", enrolment_id=enrolment))
        reason = ended["data"]["reason"] if ended else None
        if started is None or reason == "mis_registered":
            continue
        facts = started["data"]
        found.append(
            {
                "enrolment": enrolment,
                "cohort": facts["cohort_id"],
                "course": facts["course_id"],
                "municipality": facts["municipality"],
                "S": day(facts["on"]),
                "E": day(ended["data"]["on"]) if ended else None,
                "reason": reason,
                "award": first_award(events, enrolment),
                "timing": timing(events, enrolment),
            }
        )
    return found


def first_award(events: list[Event], enrolment: str) -> date | None:
    """The day of the first certificate of the enrolment that was not revoked."""
    revoked = values(named(events, "certificate-revoked"), "certificate_id")
    awards = [
        day((last(named(events, "certificate-awarded", certificate_id=c)) or {})["data"]["on"])
        for c in values(named(events, "certificate-awarded", enrolment_id=enrolment), "certificate_id")
        if c not in revoked
    ]
    return min(awards, default=None)


def timing(events: list[Event], enrolment: str) -> str:
    """When in the course its praktik lies: none, before, during, after."""
    telling = []
    for placement in values(named(events, "placement-agreed", "placement-started"), "placement_id"):
        told = named(events, *PLAN, placement_id=placement)
        facts = put_together(told)
        voided = named(events, "placement-voided", placement_id=placement)
        if facts["kind"] == "praktik" and facts.get("enrolment_id") == enrolment and not voided:
            telling += [e for e in told if e["data"].get("timing", "none") != "none"]
    final = last(telling)
    return str(final["data"]["timing"]) if final else "none"


def visits(events: list[Event]) -> list[Event]:
    """Every workshop visit as last told, in order, but for those of which it was ever said that they never were."""
    never = values(named(events, "workshop-visit-voided"), "visit_id")
    stand = [v for v in values(named(events, "workshop-visited"), "visit_id") if v not in never]
    told = [last(named(events, "workshop-visited", visit_id=visit)) for visit in stand]
    return sorted((v for v in told if v), key=lambda visit: (moment(visit["time"]), visit["data"]["visit_id"]))


def put_together(events: list[Event]) -> dict[str, Any]:
    """The payloads of events about one thing, later fields over earlier ones."""
    facts: dict[str, Any] = {}
    for event in in_order(events):
        facts |= {field: value for field, value in event["data"].items() if value is not None}
    return facts


def placements(events: list[Event]) -> list[dict[str, Any]]:
    """The placements of one person that started and stand: kind, first and last day, company, municipality."""
    found = []
    for placement in values(named(events, "placement-started"), "placement_id"):
        if named(events, "placement-voided", placement_id=placement):
            continue
        facts = put_together(named(events, "placement-started", "placement-corrected", placement_id=placement))
        ended = last(named(events, "placement-ended", placement_id=placement))
        end = day(ended["data"]["on"]) if ended else None
        told = put_together(named(events, *PLAN, placement_id=placement))
        found.append({"kind": facts["kind"], "start": day(facts["on"]), "end": end, "company": told.get("company_id"),
                      "municipality": facts["municipality"]})  # fmt: skip
    return found
