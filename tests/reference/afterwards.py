"""What became of people by brute force: kept jobs, standing after a participation, time to a job; day by day.

Readings where the definitions leave a choice (S, E, W as in the definitions, D = the day as of):

- An exit is a run of days on whose evenings she is not at the jobcenter (see ``reach``), after one on which she was. As
  of D only what has happened by D is known: the exit stands once 30 days of the run have passed by the day before D; it
  is void when she was back before that; until then it is provisional. Its way is that of the leaving on its first day:
  education, or left for every other reason.
- retained: a job is a run of days on which she has ordinary placements with the same company, at least the first day of
  each; a placement without a company is a job by itself. Mature from the day after its first day + W, and kept when all
  the days until then are in the run. It belongs to the participation she started last (S before the job's first day),
  if the job began no later than that one's E + 182, else to none; of several
  started on one day to one of which that holds. Flexjobs likewise, for the scheme only, beside it.
- status_after: on the same day of the month 1, 3, 6 and 12 months after E (or the month's last day), known from the day
  after. By the first that fits: a placement that runs, by kind (flexjob for the scheme only); an exit that stands, by
  its way; studying, that is a participation of hers ended for education and she neither started another since nor came
  back from an exit since; unemployed. Someone whose exit is provisional as of D counts provisionally only.
- job_entry: day by day from S on: an ordinary job, a flexjob (for the scheme), a wage subsidy, or a participation ended
  for education (from S + 1, her own from S), or an exit from S + 1 that stands as of D, unless one of the others begins
  in its first 30 days. Whoever meets none is followed until D, or until the day before an exit that is provisional as
  of D. Then the product limit: of those followed to day u, the share that leaves on it.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from tests.reference import reach, truth
from tests.reference.truth import day, happened_on, named

Person = dict[str, Any]
Row = dict[str, Any]
Case = tuple[dict[str, Any], Any]  # dimensions, what became of it

ONE, MONTH = timedelta(days=1), 30
MONTHS = (1, 3, 6, 12)
DAYS = (30, 91, 182, 365)
STANDINGS = ("job", "flexjob", "wage_subsidy", "praktik", "education", "unemployed", "left")
WAYS = ("job", "flexjob", "wage_subsidy", "education", "left")
SCHEME = "9"
NO_COURSE: dict[str, Any] = {
    "course": None,
    "course_kind": None,
    "provider": None,
    "learning_method": [],
    "timing": "none",
    "cohort": None,
    "start_month": None,
}


def rows(people: list[Person], as_of: date, window: int, by: tuple[str, ...]) -> list[Row]:
    """The rows of the three indicators. The participations of ``people`` carry their ``dimensions``."""
    found: list[Row] = []
    kept = [case for person in people for case in _jobs(person, as_of, window)]
    found += _grouped("retained", kept, by, _retained)
    stood = [case for person in people for case in _stood(person, as_of)]
    found += _grouped("status_after", stood, by, _status_after)
    followed = [case for person in people for case in _followed(person, as_of)]
    return found + _grouped("job_entry", followed, by, _job_entry)


def _grouped(
    indicator: str, cases: list[Case], by: tuple[str, ...], count: Callable[[list[Any]], list[Row]]
) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for dimensions, what in cases:
        each = [dimensions[name] if isinstance(dimensions[name], list) else [dimensions[name]] for name in by]
        for values in product(*[sorted(set(values)) if len(values) > 1 else values or [None] for values in each]):
            groups.setdefault(values, []).append(what)
    return [
        {"indicator": indicator, "dimensions": dict(zip(by, values, strict=True))} | row
        for values, group in groups.items()
        for row in count(group)
    ]


# Kept jobs


def _jobs(person: Person, as_of: date, window: int) -> Iterator[Case]:
    """(kind, kept) of each mature job."""
    days: dict[tuple[str, str], dict[date, str]] = {}
    for number, placement in enumerate(person["placements"]):
        if placement["kind"] in ("ordinary", "flexjob"):
            place = (placement["kind"], placement["company"] or f"nobody knows {number}")
            end = as_of if placement["end"] is None else max(placement["start"], placement["end"])
            on = placement["start"]
            while on <= min(end, as_of):
                days.setdefault(place, {}).setdefault(on, placement["municipality"])
                on += ONE
    for (kind, _), employed in days.items():
        for first in employed:
            until = first + timedelta(days=window)
            if first - ONE in employed or as_of <= until:
                continue
            dimensions = _after_which(person, first, employed[first])
            if kind == "ordinary" or dimensions["target_group"] == SCHEME:
                yield dimensions, (kind, all(first + timedelta(days=n) in employed for n in range(window + 1)))


def _after_which(person: Person, first: date, municipality: str) -> dict[str, Any]:
    before = [p for p in person["participations"] if p["S"] < first]
    last = [p for p in before if p["S"] == max(each["S"] for each in before)]
    mine = [p for p in last if p["E"] is None or first <= p["E"] + timedelta(days=182)]
    if mine:
        return dict(max(mine, key=lambda p: p["enrolment"])["dimensions"])
    person_then = {field: truth.as_valid_on(person, field, first) for field in ("target_group", "education_level")}
    return NO_COURSE | person_then | {"municipality": municipality}


def _retained(jobs: list[tuple[str, bool]]) -> list[Row]:
    kept = {kind: [stayed for job, stayed in jobs if job == kind] for kind in ("ordinary", "flexjob")}
    numerator, denominator = sum(kept["ordinary"]), len(kept["ordinary"])
    flexjob = {"so_far": sum(kept["flexjob"]), "numerator": sum(kept["flexjob"]), "denominator": len(kept["flexjob"])}
    return [{"so_far": numerator, "numerator": numerator, "denominator": denominator, "flexjob": flexjob}]


# Exits as they are known on a day


def _exits(person: Person, as_of: date) -> list[dict[str, Any]]:
    events = named(person["events"], "citizen-registered", "citizen-left", "citizen-changed")
    days = {happened_on(e) for e in named(events, "citizen-registered")}
    days |= {day(e["data"]["on"]) for e in named(events, "citizen-left")}
    days |= {day(e["data"]["valid_from"]) for e in named(events, "citizen-changed")}
    found: list[dict[str, Any]] = []
    present = False
    for on in sorted(d for d in days if d <= as_of):
        before, present = present, reach.at_the_jobcenter(person, on)
        if before and not present:
            leaving = truth.last(named(events, "citizen-left", on=on.isoformat()))
            assert leaving is not None
            way = "education" if leaving["data"]["reason"] == "education" else "left"
            found.append({"first": on, "back": None, "way": way})
        if found and not before and present:
            found[-1]["back"] = on
    for each in found:
        away = ((each["back"] or as_of) - each["first"]).days
        each["is"] = "standing" if away >= MONTH else "void" if each["back"] else "provisional"
    return found


# Standing after


def _stood(person: Person, as_of: date) -> Iterator[Case]:
    """(months, standing, whether provisional) of each participation and number of months that have passed."""
    exits = _exits(person, as_of)
    for mine in person["participations"]:
        for months in MONTHS if mine["E"] else ():
            on = months_later(mine["E"], months)
            if on < as_of:
                yield mine["dimensions"], (months, *_standing(person, mine, exits, on))


def months_later(since: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = since.year, since.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def _standing(person: Person, mine: dict[str, Any], exits: list[dict[str, Any]], on: date) -> tuple[str, bool]:
    runs = {p["kind"] for p in person["placements"] if p["start"] <= on and (p["end"] is None or on <= p["end"])}
    if mine["dimensions"]["target_group"] != SCHEME:
        runs -= {"flexjob"}
    for kind, standing in (("ordinary", "job"), ("flexjob", "flexjob"), ("wage-subsidy", "wage_subsidy"),
                           ("praktik", "praktik")):  # fmt: skip
        if kind in runs:
            return standing, False
    for out in exits:
        if out["is"] != "void" and out["first"] <= on and (out["back"] is None or on < out["back"]):
            return out["way"], out["is"] == "provisional"
    new = [p["S"] for p in person["participations"]]
    new += [out["back"] for out in exits if out["is"] == "standing" and out["back"]]
    for p in person["participations"]:
        if p["reason"] == "education" and p["E"] <= on and not [since for since in new if p["E"] < since <= on]:
            return "education", False
    return "unemployed", False


def _status_after(stood: list[tuple[int, str, bool]]) -> list[Row]:
    found = []
    for months, standing in product(MONTHS, STANDINGS):
        settled = [each for each in stood if each[0] == months and not each[2]]
        count = settled.count((months, standing, False))
        row: Row = {"stage": standing, "after_months": months, "so_far": count, "numerator": count}
        row |= {"denominator": len(settled), "provisional": stood.count((months, standing, True))}
        found.append(row)
    return found


# Time to a job


def _followed(person: Person, as_of: date) -> Iterator[Case]:
    """(days followed, way out or None, whether an exit is provisional) of each participation."""
    exits = _exits(person, as_of)
    for mine in person["participations"]:
        if mine["S"] <= as_of:
            yield mine["dimensions"], _way_out(person, mine, exits, as_of)


def _way_out(
    person: Person, mine: dict[str, Any], exits: list[dict[str, Any]], as_of: date
) -> tuple[int, str | None, bool]:
    length, on = 0, mine["S"]
    while on <= as_of:
        begun = _begun(person, mine, on)
        if begun:
            return length, begun, False
        leaving = [out for out in exits if out["first"] == on > mine["S"] and out["is"] != "void"]
        soon = [on + timedelta(days=n) for n in range(MONTH)]
        if leaving and not any(_begun(person, mine, later) for later in soon if later <= as_of):
            provisional = leaving[0]["is"] == "provisional"
            return (length - 1, None, True) if provisional else (length, leaving[0]["way"], False)
        length, on = length + 1, on + ONE
    return length - 1, None, False


def _begun(person: Person, mine: dict[str, Any], on: date) -> str | None:
    """The first of the ways in which she leaves unemployment on a day, but for exits."""
    starts = {p["kind"] for p in person["placements"] if p["start"] == on > mine["S"]}
    if "ordinary" in starts:
        return "job"
    if "flexjob" in starts and mine["dimensions"]["target_group"] == SCHEME:
        return "flexjob"
    if "wage-subsidy" in starts:
        return "wage_subsidy"
    ended = [p for p in person["participations"] if p["reason"] == "education" and p["E"] == on]
    return "education" if mine in ended or (ended and on > mine["S"]) else None


def _job_entry(followed: list[tuple[int, str | None, bool]]) -> list[Row]:
    waiting, gone = Fraction(1), dict.fromkeys(WAYS, Fraction(0))
    provisional = sum(out for _, _, out in followed)
    jobs = sum(way == "job" for _, way, _ in followed)
    found = []
    for on in range(DAYS[-1] + 1):
        at_risk = sum(length >= on for length, _, _ in followed)
        leaving = {way: sum((length, way) == (on, out) for length, out, _ in followed) for way in WAYS}
        if at_risk:
            gone = {way: gone[way] + waiting * Fraction(leaving[way], at_risk) for way in WAYS}
            waiting *= 1 - Fraction(sum(leaving.values()), at_risk)
        if on in DAYS:
            known = at_risk > 0 or waiting == 0
            row: Row = {"after_days": on, "so_far": jobs, "denominator": len(followed), "provisional": provisional}
            row["numerator"] = sum(length <= on and way == "job" for length, way, _ in followed)
            row["share"] = round(float(gone["job"]), 9) if known else None
            shares = {way: round(float(share), 9) for way, share in (gone | {"waiting": waiting}).items()}
            found.append(row | {"incidences": shares if known else None})
    return found
