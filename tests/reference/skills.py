"""Gain, self-reliance and what tested citizens have, by brute force, person by person."""

from collections.abc import Iterator
from datetime import date
from math import sqrt
from typing import Any

from tests.reference import reach, truth
from tests.reference.truth import happened_on, moment, named

AREAS = range(1, 6)
RELIABLE = 1.96
Mark = tuple[str, dict[str, Any], str, Any]


def marks(person: dict[str, Any], as_of: date) -> Iterator[Mark]:
    """The marks of one person as of a day."""
    tests = [test for test in _tests(person["events"]) if test["day"] <= as_of]
    for area in AREAS:
        measured = [test for test in tests if area in test["areas"]]
        for framework in {test["framework"] for test in measured}:
            yield from _gain(person, area, framework, [test for test in measured if test["framework"] == framework])
        if measured and not reach.has_left(person, as_of):
            level = measured[-1]["areas"][area]["level"]
            where = {"municipality": measured[-1]["municipality"], "area": str(area)}
            levels = [str(below) for below in range(1, level + 1)]  # who has a level has those below it
            yield "supply_demand", where | {"level": levels}, "denominator", (person["id"], area)
    visits = [visit for visit in truth.visits(person["events"]) if happened_on(visit) <= as_of]
    for theme in {told["theme"] for visit in visits for told in visit["data"]["themes"]}:
        yield from _self_reliance(person, theme, visits)


def _gain(person: dict[str, Any], area: int, framework: tuple[str, str], tests: list[dict[str, Any]]) -> Iterator[Mark]:
    first, latest = tests[0], tests[-1]
    if (latest["day"] - first["day"]).days < 14:
        return
    dimensions = _as_she_was(person, first["day"], first["municipality"]) | {"area": str(area)}
    who = (person["id"], area, framework)
    yield "gain", dimensions, "denominator", who
    before, after = first["areas"][area], latest["areas"][area]
    ends = [(before[end], after[end]) for end in ("level_low", "level_high")]
    moved_up = all(was <= now for was, now in ends) and any(was < now for was, now in ends)
    limit = RELIABLE * sqrt(before["standard_error"] ** 2 + after["standard_error"] ** 2)
    if moved_up and after["ability"] - before["ability"] > limit:
        yield "gain", dimensions, "so_far", who
        yield "gain", dimensions, "numerator", who


def _self_reliance(person: dict[str, Any], theme: str, visits: list[truth.Event]) -> Iterator[Mark]:
    told = [(visit, [one["autonomy"] for one in visit["data"]["themes"] if one["theme"] == theme]) for visit in visits]
    how = [(visit, autonomies[-1]) for visit, autonomies in told if autonomies]
    if len(how) < 2:
        return
    first = how[0][0]
    dimensions = _as_she_was(person, happened_on(first), first["data"]["municipality"]) | {"theme": theme}
    yield "self_reliance", dimensions, "denominator", (person["id"], theme)
    ways = [autonomy for _, autonomy in how]
    if any(ways[i] == "helped" and ways[j] == "alone" for i in range(len(ways)) for j in range(i + 1, len(ways))):
        yield "self_reliance", dimensions, "so_far", (person["id"], theme)
        yield "self_reliance", dimensions, "numerator", (person["id"], theme)


def _as_she_was(person: dict[str, Any], on: date, municipality: str) -> dict[str, Any]:
    groups = {field: truth.as_valid_on(person, field, on) for field in ("target_group", "education_level")}
    return {"municipality": municipality} | groups


def _tests(events: list[truth.Event]) -> list[dict[str, Any]]:
    """Every finished test in the order of their ends, with the areas that were measured as they were last scored."""
    found = []
    for test in truth.values(named(events, "test-finished"), "test_id"):
        finished = truth.last(named(events, "test-finished", test_id=test))
        scored = truth.last(named(events, "test-finished", "result-rescored", test_id=test))
        assert finished is not None
        assert scored is not None
        found.append(
            {
                "order": (moment(finished["time"]), test),
                "day": happened_on(finished),
                "municipality": finished["data"]["municipality"],
                "framework": (scored["data"]["framework"], scored["data"]["framework_version"]),
                "areas": {area["area"]: area for area in scored["data"]["areas"] if area["items"]},
            }
        )
    return sorted(found, key=lambda test: test["order"])
