"""Starters beside those who wait by brute force: every landmark of every person, counted group by group.

Readings where the definition leaves a choice (L = landmark, D = the day as of):

- A run of days on whose evenings she is at the jobcenter (see ``reach``) has an unemployment of its own, since the day
  that the last ``citizen-registered`` or ``citizen-changed`` of those days told; if none did, the run's first.
  L is the same day of the month 3, 6, 9 and 12 months later, or the month's last day, and must lie in the run.
- On L she has no ordinary placement that runs and has never started a participation, also not on L. She starts when her
  first one begins in the 30 days after L. A job is an ordinary placement that begins in the 182 days after L.
- Mature, in both groups, from the day after L + 182. So far are jobs, of those who start, once both have begun by D.
- Group and level as valid on L; age is the year of L less the last told year of birth.
- The difference is the mean of the differences of the strata (L's months, group, level, age under 30, under 50 or more)
  in which both groups have somebody, weighted by n m / (n + m). Shares are of all.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.reference import reach, truth
from tests.reference.afterwards import months_later
from tests.reference.truth import day, happened_on, named

Person = dict[str, Any]
Case = dict[str, Any]
Row = dict[str, Any]

DIMENSIONS = ("municipality", "target_group", "education_level")
MONTHS = (3, 6, 9, 12)


def rows(people: list[Person], as_of: date, by: tuple[str, ...]) -> list[Row]:
    """The rows of the comparison, one for each landmark and one for all."""
    cases = [case for person in people for case in landmarks(person) if case["L"] <= as_of]
    found = []
    for values in {tuple(case[name] for name in by) for case in cases}:
        here = [case for case in cases if tuple(case[name] for name in by) == values]
        for stage in (*map(str, MONTHS), "all"):
            row = _row([case for case in here if stage in ("all", str(case["months"]))], as_of)
            found.append(
                {"indicator": "comparison", "dimensions": dict(zip(by, values, strict=True)), "stage": stage} | row
            )
    return found


def landmarks(person: Person) -> Iterator[Case]:
    """Every landmark at which a person is compared."""
    for first, last in _runs(person):
        since = _unemployed_since(person, first, last)
        for months in MONTHS:
            on = months_later(since, months)
            starts = sorted(p["S"] for p in person["participations"])
            jobs = [p for p in person["placements"] if p["kind"] == "ordinary"]
            works = [p for p in jobs if p["start"] <= on and (p["end"] is None or p["end"] >= on)]
            if first <= on <= last and not works and not [start for start in starts if start <= on]:
                soon = [start for start in starts if (start - on).days <= 30]
                after = [(p["start"] - on).days for p in jobs]
                yield {
                    "L": on, "months": months, "S": soon[0] if soon else None, "who": person["id"],
                    "job": min([n for n in after if 1 <= n <= 182], default=None),
                    "municipality": person["events"][0]["data"]["municipality"], "age": _age(person, on),
                    "target_group": truth.as_valid_on(person, "target_group", on),
                    "education_level": truth.as_valid_on(person, "education_level", on),
                }  # fmt: skip


def _runs(person: Person) -> Iterator[tuple[date, date]]:
    """First and last day of each run of days at the jobcenter."""
    events = named(person["events"], "citizen-registered", "citizen-left", "citizen-changed")
    days = {happened_on(e) for e in named(events, "citizen-registered")}
    days |= {day(e["data"][field]) for e in events for field in ("on", "valid_from") if field in e["data"]}
    first = None
    for on in sorted(days):
        present = reach.at_the_jobcenter(person, on)
        if present and first is None:
            first = on
        if not present and first is not None:
            yield first, on - timedelta(days=1)
            first = None
    if first is not None:
        yield first, date.max


def _unemployed_since(person: Person, first: date, last: date) -> date:
    registered = [e for e in named(person["events"], "citizen-registered") if first <= happened_on(e) <= last]
    changed = [e for e in named(person["events"], "citizen-changed") if first <= day(e["data"]["valid_from"]) <= last]
    told = truth.last([e for e in [*registered, *changed] if e["data"].get("unemployed_since")])
    return day(told["data"]["unemployed_since"]) if told else first


def _age(person: Person, on: date) -> str | None:
    told = truth.put_together(named(person["events"], "citizen-registered", "citizen-changed"))
    if told.get("birth_year") is None:
        return None
    years = on.year - int(told["birth_year"])
    return "young" if years <= 29 else "middle" if years <= 49 else "old"


def _row(cases: list[Case], as_of: date) -> Row:
    started = [c for c in cases if c["S"]]
    mature = [c for c in cases if (as_of - c["L"]).days >= 183]
    so_far = [c for c in started if c["S"] <= as_of and c["job"] and c["L"] + timedelta(days=c["job"]) <= as_of]
    jobs = _compared(mature, 182)
    early = _compared(mature, 91)
    return {
        "so_far": len(so_far), "numerator": jobs["started"][0], "denominator": jobs["started"][1],
        "compared": {"others": jobs["others"], "difference": jobs["difference"], "left_out": jobs["left_out"],
                     "lock_in": early},
    }  # fmt: skip


def _compared(cases: list[Case], days: int) -> dict[str, Any]:
    """(jobs, people) of both groups, the difference, and the people in strata where one group has nobody."""
    strata: dict[Any, tuple[list[bool], list[bool]]] = {}
    for case in cases:
        alike = case["months"], case["target_group"], case["education_level"], case["age"]
        both = strata.setdefault(alike, ([], []))
        both[0 if case["S"] else 1].append(case["job"] is not None and case["job"] <= days)
    two_sided = [(one, other) for one, other in strata.values() if one and other]
    weights = [Fraction(len(one) * len(other), len(one) + len(other)) for one, other in two_sided]
    differences = [Fraction(sum(one), len(one)) - Fraction(sum(other), len(other)) for one, other in two_sided]
    weighted = sum((w * d for w, d in zip(weights, differences, strict=True)), Fraction(0))
    arms = [[job for both in strata.values() for job in both[arm]] for arm in (0, 1)]
    return {
        "started": [sum(arms[0]), len(arms[0])], "others": [sum(arms[1]), len(arms[1])],
        "difference": round(float(weighted / sum(weights)), 9) + 0.0 if weights else None,
        "left_out": sum(len(one) + len(other) for one, other in strata.values() if not (one and other)),
    }  # fmt: skip
