"""The figures by brute force: for one day everything is recounted from the events, person by person, nothing clever.

``figures(events, as_of=…, window=…, by=…)`` gives rows ``{indicator, dimensions, so_far, numerator, denominator}``,
with ``stage`` for the funnel and ``split`` for moved_on (kind -> so_far and numerator). A count is the number of
*different* things marked, so "distinct citizens" needs no thought. Rows in which all is zero are left out.

Readings where the definitions leave a choice (see also ``truth``; S, E, W as in the definitions, D = the day as of):

- A participation's target group and education level are those valid on S. A citizen on a cohort who never started has
  those of the day of her first stage there, no timing and no start month (``none``).
- The funnel counts a citizen once per cohort and stage, on the first day she reached it there; as of D only days up to
  D. Identified to enrolled are the Danish days of those events (accepted: any acceptance), and stand even when the
  participation was mis-registered or the enrolment withdrawn. From ``started`` on only participations count. ``met``
  is the first meeting held on a Danish day on or after S, with whatever company. Praktik, wage subsidy and job start
  after S and by E + W. Someone with two participations on one cohort has the dimensions of the first.
  End reasons other than completed are stages ``ended:<reason>`` on the day E.
- A job is an ordinary placement; for a citizen of the flexible job scheme (target group 9 on S) a flexjob too.
- A so-far count sees only placements that have started by D. moved_on as of D therefore tells the best kind so far.
- it_course_job counts a job so far from the day it starts, even when the course is completed only later.
- upskilled_praktik: E counts towards U only when the course ended completed. In a cut, a citizen counts in every row in
  which one of her participations brings her there, once a row; in the whole she counts once.
- A row per learning method: a course with two methods is in both rows, a course without methods in none.
- service_goal: a contact is due on the Danish day of ``at`` + 24 hours, and answered in time when any answer's ``at``
  is not after that moment. Its so-far number is that of those answered in time.
- reach: on a day someone is at the jobcenter or not by the last thing before or on it: registered (the Danish day of
  the event), left (``on``), or a new spell: a change that gives ``unemployed_since`` (its ``valid_from``); on the same
  day the later event. Visited, tested, opened, granted: the Danish days of those events. Education level and target
  group as valid on D.
- agreements: the last signing of an agreement counts, and its last ending.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from tests.reference import companies, funnel, reach, truth
from tests.reference.truth import Event

Dimensions = dict[str, Any]
Mark = tuple[str, Dimensions, str, Any]  # indicator (with stage or split), dimensions, which count, who or what
Row = dict[str, Any]

FLEXIBLE_JOB_SCHEME = "9"
KINDS = ("ordinary", "wage-subsidy", "praktik")  # best first


def figures(events: list[Event], *, as_of: date, window: int, by: tuple[str, ...] = ()) -> list[Row]:
    """Every row of every indicator as of a day, cut by dimensions. An indicator that lacks one of them has no rows."""
    events = truth.once(events)
    marks = [*_of_persons(events, as_of, window), *companies.marks(events, as_of)]
    counted: dict[tuple[str, tuple[str, ...]], dict[str, set[Any]]] = {}
    for indicator, dimensions, count, who in marks:
        if all(dimension in dimensions for dimension in by):
            for values in product(*[_each(dimensions[dimension]) for dimension in by]):
                nothing: dict[str, set[Any]] = {"so_far": set(), "numerator": set(), "denominator": set()}
                counted.setdefault((indicator, values), nothing)[count].add(who)
    return _rows(counted, by)


def _each(value: str | list[str] | None) -> list[str]:
    return sorted(set(value)) if isinstance(value, list) else [value or "none"]


def _rows(counted: dict[tuple[str, tuple[str, ...]], dict[str, set[Any]]], by: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    for (name, values), sets in sorted(counted.items()):
        indicator, _, part = name.partition("/")
        row: Row = {"indicator": indicator, "dimensions": dict(zip(by, values, strict=True))}
        row |= {count: len(who) for count, who in sets.items()}
        if indicator == "funnel":
            row["stage"] = part
        if indicator == "moved_on" and part:
            whole = next(r for r in rows if r["indicator"] == indicator and r["dimensions"] == row["dimensions"])
            whole["split"][part] = {"so_far": row["so_far"], "numerator": row["numerator"]}
            continue
        if indicator == "moved_on":
            row["split"] = {}
        rows.append(row)
    return rows


def _of_persons(events: list[Event], as_of: date, window: int) -> Iterator[Mark]:
    courses, course_of = truth.courses(events), truth.course_of_cohort(events)
    for person in truth.persons(events):
        for mine in person["participations"]:
            mine["dimensions"] = _dimensions(person, courses[mine["course"]], mine)
            mine["after"] = _after(person, mine, window)
            moved = [p for p in mine["after"] if p["kind"] in KINDS]
            yield from _share("moved_on", mine, moved, as_of, window)
            yield from _split(mine, as_of, window)
            jobs = [p for p in mine["after"] if p["job"]]
            if courses[mine["course"]]["kind"] == "mikrosprint":
                yield from _share("mikrosprint_job", mine, jobs, as_of, window)
            if courses[mine["course"]]["it_specific"] and (mine["reason"] == "completed" or mine["award"]):
                yield from _share("it_course_job", mine, jobs, as_of, window)
            yield from _upskilled(person, mine, as_of, window)
        for cohort in truth.values(person["events"], "cohort_id"):
            never_started = _dimensions(
                person,
                courses[course_of[cohort]],
                {"course": course_of[cohort], "S": funnel.first_day(person, cohort), "timing": "none", "cohort": cohort,
                 "municipality": person["events"][0]["data"]["municipality"]},
            ) | {"start_month": "none"}  # fmt: skip
            yield from funnel.marks(person, cohort, never_started, as_of)
        target_group, education = (truth.as_valid_on(person, f, as_of) for f in ("target_group", "education_level"))
        yield from reach.marks(person, {"target_group": target_group, "education_level": education}, as_of)


def _dimensions(person: dict[str, Any], course: dict[str, Any], participation: dict[str, Any]) -> Dimensions:
    start = participation["S"]
    return {
        "municipality": participation["municipality"],
        "course": participation["course"],
        "course_kind": course["kind"],
        "provider": course["provider"],
        "learning_method": list(course["methods"]),
        "target_group": truth.as_valid_on(person, "target_group", start),
        "education_level": truth.as_valid_on(person, "education_level", start),
        "timing": participation["timing"],
        "cohort": participation["cohort"],
        "start_month": f"{start:%Y-%m}",
    }


def _after(person: dict[str, Any], mine: dict[str, Any], window: int) -> list[dict[str, Any]]:
    """Her placements that start on a day d with S < d <= E + W (any d > S while it runs), and whether each is a job."""
    deadline = mine["E"] + timedelta(days=window) if mine["E"] else date.max
    jobs = {"ordinary", "flexjob"} if mine["dimensions"]["target_group"] == FLEXIBLE_JOB_SCHEME else {"ordinary"}
    return [p | {"job": p["kind"] in jobs} for p in person["placements"] if mine["S"] < p["start"] <= deadline]


def _mature(mine: dict[str, Any], as_of: date, window: int) -> bool:
    return mine["E"] is not None and as_of >= mine["E"] + timedelta(days=window + 1)


def _share(
    indicator: str, mine: dict[str, Any], good: list[dict[str, Any]], as_of: date, window: int
) -> Iterator[Mark]:
    """The marks of one participation in an indicator whose numerator is that one of ``good`` has started."""
    if _mature(mine, as_of, window):
        yield indicator, mine["dimensions"], "denominator", mine["enrolment"]
    for placement in good:
        if placement["start"] <= as_of:
            yield indicator, mine["dimensions"], "so_far", mine["enrolment"]
            if _mature(mine, as_of, window):
                yield indicator, mine["dimensions"], "numerator", mine["enrolment"]


def _split(mine: dict[str, Any], as_of: date, window: int) -> Iterator[Mark]:
    """The best kind among her placements so far."""
    for kind in KINDS:
        started = [p for p in mine["after"] if p["kind"] == kind and p["start"] <= as_of]
        if started:
            yield f"moved_on/{kind}", mine["dimensions"], "so_far", mine["enrolment"]
            if _mature(mine, as_of, window):
                yield f"moved_on/{kind}", mine["dimensions"], "numerator", mine["enrolment"]
            return


def _upskilled(person: dict[str, Any], mine: dict[str, Any], as_of: date, window: int) -> Iterator[Mark]:
    completed = mine["E"] if mine["reason"] == "completed" else None
    days = [day for day in (completed, mine["award"]) if day is not None]
    for placement in person["placements"]:
        if not days or placement["kind"] != "praktik":
            continue
        in_time = placement["start"] <= min(days) + timedelta(days=window)
        over = placement["end"] is not None and placement["end"] < min(days)
        if in_time and not over and max(min(days), placement["start"]) <= as_of:
            yield "upskilled_praktik", mine["dimensions"], "so_far", person["ids"][0]
