"""The verdict: by hand at its edges, and against possible worlds.

The expected verdicts by hand were worked out from the six steps at the top of ``rules/verdict.py``. The property test
states the same in another way and shares no code: a citizen has one true level in each area, which may be any in her
interval (any at all, or none, in an area that nobody asked her about). She is *ready* when she is in every such world,
and a course helps as far as she would be ready in every world, or in some, once she had taken it.
"""

from collections.abc import Mapping
from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.rules.comparison import Measurement, compared
from services.assessment.rules.course import Course
from services.assessment.rules.verdict import Verdict, verdict
from shared.contracts.vocabulary import AreaLevel, Demand

Levels = Mapping[int, tuple[int, int]]


def course(number: int, leads_to: Mapping[int, int], weeks: int = 4) -> Course:
    return Course(UUID(int=number), weeks, tuple(AreaLevel(area=area, level=level) for area, level in leads_to.items()))


def found(measured: Levels, demanded: Mapping[int, int], *courses: Course, asked: int = 5) -> Verdict:
    """The verdict when these intervals were measured with so many questions asked in each area."""
    results = {
        area: Measurement(low, low, high, asked, date(2026, 11, 2), True) for area, (low, high) in measured.items()
    }
    gaps = [compared(Demand(area=area, level=level), results.get(area)) for area, level in demanded.items()]
    return verdict(gaps, courses)


AZURE = course(1, {5: 5}, weeks=6)
OFFICE = course(2, {1: 4, 3: 4})


@pytest.mark.parametrize(
    ("measured", "demanded", "courses", "said", "course_ids"),
    [
        # met: the lowest believable level is enough
        ({1: (3, 4)}, {1: 3}, (), "ready", []),
        ({1: (3, 4), 2: (5, 5)}, {1: 1, 2: 5}, (OFFICE,), "ready", []),
        # inside the interval, or never tested
        ({1: (3, 4)}, {1: 4}, (OFFICE,), "uncertain", []),
        ({1: (3, 4)}, {1: 3, 2: 1}, (), "uncertain", []),
        # missing, and one course covers it
        ({5: (3, 4)}, {5: 5}, (AZURE, OFFICE), "after-course", [1]),
        ({1: (2, 2), 3: (3, 3)}, {1: 4, 3: 4}, (OFFICE,), "after-course", [2]),
        # the course covers what is missing and what is uncertain beside it
        ({1: (2, 2), 3: (3, 5)}, {1: 4, 3: 4}, (OFFICE,), "after-course", [2]),
        # it covers what is missing only: testing more decides
        ({1: (2, 2), 2: (3, 5)}, {1: 4, 2: 4}, (OFFICE,), "uncertain", []),
        ({1: (2, 2)}, {1: 4, 2: 4}, (OFFICE,), "uncertain", []),
        # no course, the wrong area, not far enough, or two courses where one would be needed
        ({5: (3, 4)}, {5: 5}, (), "not-yet", []),
        ({5: (3, 4)}, {5: 5}, (OFFICE,), "not-yet", []),
        ({5: (4, 5)}, {5: 6}, (AZURE,), "not-yet", []),
        ({1: (3, 3), 5: (4, 4)}, {1: 4, 5: 5}, (AZURE, OFFICE), "not-yet", []),
        # two levels above the interval are within reach, three are not, even with a course
        ({5: (2, 3)}, {5: 5}, (AZURE,), "after-course", [1]),
        ({5: (2, 2)}, {5: 5}, (AZURE,), "not-yet", []),
        ({5: (2, 2), 1: (1, 8)}, {5: 5, 1: 4}, (AZURE,), "not-yet", []),
        # six weeks are short, seven are not
        ({5: (4, 4)}, {5: 5}, (course(3, {5: 5}, weeks=7),), "not-yet", []),
        ({5: (4, 4)}, {5: 5}, (course(3, {5: 5}, weeks=7), AZURE), "after-course", [1]),
        ({5: (4, 4), 1: (1, 8)}, {5: 5, 1: 4}, (course(3, {5: 5}, weeks=7),), "not-yet", []),
    ],
)
def test_verdicts(
    measured: Levels, demanded: Mapping[int, int], courses: tuple[Course, ...], said: str, course_ids: list[int]
) -> None:
    what = found(measured, demanded, *courses)
    assert (what.verdict, [course_id.int for course_id in what.course_ids]) == (said, course_ids)


def test_inferred_areas_alone_never_make_ready_or_not_yet() -> None:
    assert found({1: (8, 8)}, {1: 1}, asked=0).verdict == "uncertain"
    assert found({1: (1, 1)}, {1: 8}, OFFICE, asked=0).verdict == "uncertain"


def test_every_course_that_is_enough_is_named_in_the_given_order_and_no_more_than_fit() -> None:
    what = found({5: (4, 4)}, {5: 5}, *(course(number, {5: 6}) for number in range(25, 0, -1)))
    assert [course_id.int for course_id in what.course_ids] == list(range(25, 5, -1))


# Possible worlds

levels = st.integers(1, 8)
intervals = st.tuples(levels, levels).map(lambda pair: (min(pair), max(pair)))
areas = st.integers(1, 3)  # three areas have at most 9 * 9 * 9 worlds, and more would show nothing new
results = st.dictionaries(areas, intervals)
demands = st.dictionaries(areas, levels, min_size=1)
offers = st.lists(st.tuples(st.dictionaries(areas, levels), st.integers(0, 12)), max_size=3)
NEITHER_ASKED_NOR_TOLD = range(9)
TWO_LEVELS, SIX_WEEKS = 2, 6


def by_possible_worlds(
    measured: Levels, demanded: Mapping[int, int], offered: list[tuple[dict[int, int], int]]
) -> tuple[str, list[int]]:
    believable = [
        range(measured[area][0], measured[area][1] + 1) if area in measured else NEITHER_ASKED_NOR_TOLD
        for area in demanded
    ]
    worlds = [dict(zip(demanded, truth, strict=True)) for truth in product(*believable)]

    def ready_in(reached: Mapping[int, int]) -> list[bool]:
        return [
            all(max(world[area], reached.get(area, 0)) >= level for area, level in demanded.items()) for world in worlds
        ]

    best = {area: max(world[area] for world in worlds) for area in demanded}
    if any(best[area] + TWO_LEVELS < level for area, level in demanded.items()):
        return "not-yet", []
    now = ready_in({})
    if all(now):
        return "ready", []
    if any(now):
        return "uncertain", []
    after = [(number, ready_in(reached)) for number, (reached, weeks) in enumerate(offered) if weeks <= SIX_WEEKS]
    if enough := [number for number, ready in after if all(ready)]:
        return "after-course", enough
    return ("uncertain" if any(any(ready) for _, ready in after) else "not-yet"), []


@given(results, demands, offers)
def test_the_verdict_is_that_of_all_possible_worlds(
    measured: Levels, demanded: Mapping[int, int], offered: list[tuple[dict[int, int], int]]
) -> None:
    courses = [course(number, reached, weeks) for number, (reached, weeks) in enumerate(offered)]
    what = found(measured, demanded, *courses)
    assert (what.verdict, [one.int for one in what.course_ids]) == by_possible_worlds(measured, demanded, offered)


@given(results, demands, levels)
def test_one_more_course_never_makes_a_verdict_worse(
    measured: Levels, demanded: Mapping[int, int], reached: int
) -> None:
    better = {"not-yet": 0, "uncertain": 1, "after-course": 2, "ready": 3}
    without = found(measured, demanded).verdict
    with_course = found(measured, demanded, course(1, dict.fromkeys(range(1, 6), reached))).verdict
    assert better[with_course] >= better[without]
