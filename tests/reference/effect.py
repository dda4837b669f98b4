"""The figures by brute force: for one day everything is recounted from the events, person by person, nothing clever.

``figures(events, as_of=…, window=…, by=…)`` gives rows ``{indicator, dimensions, so_far, numerator, denominator}``,
with ``stage`` for the funnel and ``split`` for moved_on, supply_demand and the job indicators (kind -> so_far and
numerator). A count
is the number of *different* things marked, so "distinct citizens" needs no thought. Rows in which all is zero are left
out. A dimension that something lacks is None. What is held against a target X has no denominator; of the funnel it is
the first stage that anyone reached, each cohort by its own.

Readings where the definitions leave a choice (see also ``truth``; S, E, W as in the definitions, D = the day as of):

- A participation's target group and education level are those valid on S. A citizen on a cohort who never started has
  those of the day of her first stage there, and timing ``none``. The funnel's start month is the cohort's own, so that
  all stages of a cohort are in one row; elsewhere it is the month of S.
- The funnel counts a citizen once per cohort and stage, on the first day she reached it there; as of D only days up to
  D. Identified to enrolled are the Danish days of those events (accepted: any acceptance), and stand even when the
  enrolment was withdrawn. The enrolment of a mis-registered participation does not count either, and someone who had
  no other there is not in the cohort's funnel at all. From ``started`` on only participations count. ``met`` is the
  first meeting held on a Danish day on or after S, with whatever company. Praktik, wage subsidy and job start after S
  and by E + W. Someone with two participations on one cohort has the dimensions of the first. End reasons other than
  completed are stages ``ended:<reason>`` on the day E.
- A job is an ordinary placement. A flexjob is one only for a citizen of the flexible job scheme (target group 9 on S),
  and stands apart in the split of the job indicators: never in their own numbers, and only where there is no ordinary
  job (one per participation).
- A so-far count sees only placements that have started by D. moved_on as of D therefore tells the best kind so far.
- it_course_job counts a job so far from the day it starts, even when the course is completed only later.
- upskilled_praktik: U is the earlier of E and the award as the text says, also where the course ended otherwise than
  completed. In a cut, a citizen counts in every row in which one of her participations brings her there, once a row; in
  the whole she counts once.
- A row per learning method: a course with two methods is in both rows, a course without methods in the row None.
- service_goal: a contact is due on the Danish day of ``at`` + 24 hours, and answered in time when any answer's ``at``
  is not after that moment. Its so-far number is that of those answered in time.
- reach: on a day someone is at the jobcenter or not by the last thing before or on it: registered (the Danish day of
  the event), left (``on``), or began a new spell: a change (``valid_from``) that gives an ``unemployed_since`` not
  before the day she left. On the same day registering comes first, then leaving, then a new spell. Visited, tested,
  opened, granted: the Danish days of those events. Target group as valid on D.
- agreements: the last signing of an agreement counts, and its last ending.
- A test is the last ``test-finished`` of its id, on the day of that, with the result of the last of it and every
  ``result-rescored``; tests are in the order of their moments, then ids. An area without items was not measured.
- gain: for each citizen, area and framework with version, her first test that measured it against her latest by D, if
  that is at least 14 days later. It is gained when neither end of the level interval went down, one went up, and the
  ability rose by more than 1.96 standard errors of the difference. Dimensions are those of the day of the first.
- self_reliance: for each citizen and theme that she had at two or more visits by D (a visit is as last told; in it the
  last autonomy told of a theme): helped at one and alone at any later one. Dimensions are those of the first visit.
- supply_demand: an order asks on D as described by its last event by D, unless closed by D, for the highest level it
  names in an area; each seat counts once an area. A citizen who has not left by D has the level of her latest test that
  measured the area, and all levels below. Orders are described by whichever event of them is known.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from tests.reference import afterwards, companies, funnel, landmarks, reach, skills, truth
from tests.reference.truth import Event

Dimensions = dict[str, Any]
Mark = tuple[str, Dimensions, str, Any]  # indicator (with stage or split), dimensions, which count, who or what
Row = dict[str, Any]

Counted = dict[tuple[str, tuple[str | None, ...]], dict[str, set[Any]]]

DIMENSIONS = (
    "municipality", "course", "course_kind", "provider", "learning_method", "target_group", "education_level", "timing",
    "cohort", "start_month",
)  # fmt: skip
FLEXIBLE_JOB_SCHEME = "9"
SPLIT = {  # kinds that count, best first
    "moved_on": ("ordinary", "wage-subsidy", "praktik"),
    "mikrosprint_job": ("ordinary", "flexjob"),
    "it_course_job": ("ordinary", "flexjob"),
    "supply_demand": ("ordinary", "wage-subsidy", "praktik", "flexjob"),
}
TARGETED = ("agreements", "upskilled_praktik")


def figures(events: list[Event], *, as_of: date, window: int, by: tuple[str, ...] = ()) -> list[Row]:
    """Every row of every indicator as of a day, cut by dimensions. An indicator that lacks one of them has no rows."""
    events = truth.once(events)
    people = truth.persons(events)
    marks = [*_of_persons(events, people, as_of, window), *companies.marks(events, as_of)]
    counted: Counted = {}
    for indicator, dimensions, count, who in marks:
        if all(dimension in dimensions for dimension in by):
            for values in product(*[_each(dimensions[dimension]) for dimension in by]):
                if indicator.partition("/")[0] in SPLIT:  # the whole has a row wherever a part has one
                    counted.setdefault((indicator.partition("/")[0], values), _nothing())
                counted.setdefault((indicator, values), _nothing())[count].add(who)
    whole = all(dimension in DIMENSIONS for dimension in by)
    later = afterwards.rows(people, as_of, window, by) if whole else []
    compared = landmarks.rows(people, as_of, by) if set(by) <= set(landmarks.DIMENSIONS) else []
    return _rows(counted, by) + later + compared


def _nothing() -> dict[str, set[Any]]:
    return {"so_far": set(), "numerator": set(), "denominator": set()}


def _each(value: str | list[str] | None) -> list[str | None]:
    return [*sorted(set(value))] or [None] if isinstance(value, list) else [value]


def _rows(counted: Counted, by: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    for (name, values), sets in counted.items():
        indicator, _, part = name.partition("/")
        if indicator in SPLIT and part:
            continue
        row: Row = {"indicator": indicator, "dimensions": dict(zip(by, values, strict=True))}
        row |= {count: len(who) for count, who in sets.items()}
        if indicator == "funnel":
            row |= {"stage": part, "numerator": row["so_far"], "denominator": _at_first_stage(counted, values)}
        if indicator in TARGETED:
            row |= {"numerator": row["so_far"], "denominator": None}
        if indicator in SPLIT:
            parts = {kind: counted.get((f"{indicator}/{kind}", values), {}) for kind in SPLIT[indicator]}
            for split, count in (("split", "numerator"), ("split_so_far", "so_far")):
                row[split] = {kind.replace("-", "_"): len(part.get(count, ())) for kind, part in parts.items()}
        rows.append(row)
    return rows


def _at_first_stage(counted: Counted, values: tuple[str | None, ...]) -> int:
    """Citizens at the first stage that anyone reached, each cohort by its own."""
    reached = {stage: counted.get((f"funnel/{stage}", values), {}).get("so_far", set()) for stage in funnel.STAGES}
    cohorts = {cohort for who in reached.values() for _, cohort in who}
    return sum(
        next(n for n in (sum(c == cohort for _, c in who) for who in reached.values()) if n) for cohort in cohorts
    )


def _of_persons(events: list[Event], people: list[dict[str, Any]], as_of: date, window: int) -> Iterator[Mark]:
    courses, cohorts = truth.courses(events), truth.cohorts(events)
    for person in people:
        for mine in person["participations"]:
            mine["dimensions"] = _dimensions(person, courses[mine["course"]], mine)
            mine["after"] = _after(person, mine, window)
            yield from _share("moved_on", mine, as_of, window)
            if courses[mine["course"]]["kind"] == "mikrosprint":
                yield from _share("mikrosprint_job", mine, as_of, window)
            if courses[mine["course"]]["it_specific"] and (mine["reason"] == "completed" or mine["award"]):
                yield from _share("it_course_job", mine, as_of, window)
            yield from _upskilled(person, mine, as_of, window)
        for cohort in truth.values(person["events"], "cohort_id"):
            never_started = _never_started(person, cohorts[cohort], courses[cohorts[cohort]["course_id"]])
            yield from funnel.marks(person, cohorts[cohort], never_started, as_of)
        yield from reach.marks(person, {"target_group": truth.as_valid_on(person, "target_group", as_of)}, as_of)
        yield from skills.marks(person, as_of)


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


def _never_started(person: dict[str, Any], cohort: dict[str, Any], course: dict[str, Any]) -> Dimensions:
    """The dimensions of someone who never started on a cohort."""
    stand_in = {
        "municipality": person["events"][0]["data"]["municipality"],
        "course": cohort["course_id"],
        "cohort": cohort["cohort_id"],
        "S": funnel.first_day(person, cohort["cohort_id"]),
        "timing": "none",
    }
    return _dimensions(person, course, stand_in)


def _after(person: dict[str, Any], mine: dict[str, Any], window: int) -> list[dict[str, Any]]:
    """Her placements that start on a day d with S < d <= E + W (any d > S while it runs)."""
    deadline = mine["E"] + timedelta(days=window) if mine["E"] else date.max
    return [p for p in person["placements"] if mine["S"] < p["start"] <= deadline]


def _share(indicator: str, mine: dict[str, Any], as_of: date, window: int) -> Iterator[Mark]:
    """The marks of one participation, by the best kind of placement that has started."""
    mature = mine["E"] is not None and as_of >= mine["E"] + timedelta(days=window + 1)
    if mature:
        yield indicator, mine["dimensions"], "denominator", mine["enrolment"]
    started = {p["kind"] for p in mine["after"] if p["start"] <= as_of}
    if mine["dimensions"]["target_group"] != FLEXIBLE_JOB_SCHEME:
        started -= {"flexjob"}
    best = next((kind for kind in SPLIT[indicator] if kind in started), None)
    if best is None:
        return
    counts = ["so_far", "numerator"] if mature else ["so_far"]
    for count in counts:
        yield f"{indicator}/{best}", mine["dimensions"], count, mine["enrolment"]
        if best != "flexjob":
            yield indicator, mine["dimensions"], count, mine["enrolment"]


def _upskilled(person: dict[str, Any], mine: dict[str, Any], as_of: date, window: int) -> Iterator[Mark]:
    if mine["reason"] != "completed" and mine["award"] is None:
        return
    since = min(day for day in (mine["E"], mine["award"]) if day is not None)
    for placement in person["placements"]:
        in_time = placement["start"] <= since + timedelta(days=window)
        over = placement["end"] is not None and placement["end"] < since
        if placement["kind"] == "praktik" and in_time and not over and max(since, placement["start"]) <= as_of:
            yield "upskilled_praktik", mine["dimensions"], "so_far", person["id"]
