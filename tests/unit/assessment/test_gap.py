"""The gap's verdict: given measured intervals, demands and courses, when held against each other, then one of four.

The expected verdicts were worked out by hand from the six steps at the top of ``rules/gap.py``.
"""

from collections.abc import Mapping
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.rules import gap
from services.assessment.rules.gap import Course, Measurement
from shared.contracts.assessment import GapFound
from shared.contracts.vocabulary import AreaLevel, Demand
from shared.problems import Refused

CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
PROFILE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09")

Levels = Mapping[int, tuple[int, int]]


def course(number: int, leads_to: Mapping[int, int]) -> Course:
    return Course(UUID(int=number), tuple(AreaLevel(area=area, level=level) for area, level in leads_to.items()))


def find(measured: Levels, demanded: Mapping[int, int], *courses: Course) -> GapFound:
    return gap.find(
        CITIZEN,
        "0101",
        PROFILE,
        [Demand(area=area, level=level) for area, level in demanded.items()],
        {area: Measurement(low, low, high) for area, (low, high) in measured.items()},
        courses,
    )


AZURE = course(1, {5: 5})
OFFICE = course(2, {1: 4, 3: 4})


@pytest.mark.parametrize(
    ("measured", "demanded", "courses", "verdict", "course_ids"),
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
    ],
)
def test_verdicts(
    measured: Levels, demanded: Mapping[int, int], courses: tuple[Course, ...], verdict: str, course_ids: list[int]
) -> None:
    found = find(measured, demanded, *courses)
    assert found.verdict == verdict
    assert [course_id.int for course_id in found.course_ids] == course_ids


def test_each_demand_is_told_with_what_was_measured() -> None:
    found = find({1: (3, 4), 2: (2, 2), 3: (2, 5)}, {1: 3, 2: 4, 3: 4, 4: 1})
    assert [(area.area, area.demanded, area.level_low, area.level_high, area.met) for area in found.areas] == [
        (1, 3, 3, 4, "yes"),
        (2, 4, 2, 2, "no"),
        (3, 4, 2, 5, "uncertain"),
        (4, 1, None, None, "uncertain"),
    ]


def test_every_course_that_is_enough_is_named_in_the_given_order_and_no_more_than_fit() -> None:
    found = find({5: (4, 4)}, {5: 5}, *(course(number, {5: 6}) for number in range(25, 0, -1)))
    assert [course_id.int for course_id in found.course_ids] == list(range(25, 5, -1))


def test_a_citizen_who_was_never_tested_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        find({}, {1: 3})
    assert refusal.value.code == "citizen-not-tested"


levels = st.integers(1, 8)
intervals = st.tuples(levels, levels).map(lambda pair: (min(pair), max(pair)))
areas = st.integers(1, 5)


@given(st.dictionaries(areas, intervals, min_size=1), st.dictionaries(areas, levels, min_size=1))
def test_a_tighter_interval_around_the_same_level_never_turns_ready_or_not_yet_around(
    measured: Levels, demanded: Mapping[int, int]
) -> None:
    """What the interval was sure of, its inside is sure of too; without courses only *uncertain* may change."""
    before = find(measured, demanded).verdict
    low_ends = find({area: (low, low) for area, (low, _) in measured.items()}, demanded).verdict
    high_ends = find({area: (high, high) for area, (_, high) in measured.items()}, demanded).verdict
    if before == "ready":
        assert low_ends == high_ends == "ready"
    if before == "not-yet":
        assert low_ends == high_ends == "not-yet"


@given(st.dictionaries(areas, intervals, min_size=1), st.dictionaries(areas, levels, min_size=1), levels)
def test_one_more_course_never_makes_a_verdict_worse(
    measured: Levels, demanded: Mapping[int, int], reached: int
) -> None:
    better = {"not-yet": 0, "uncertain": 1, "after-course": 2, "ready": 3}
    without = find(measured, demanded).verdict
    with_course = find(measured, demanded, course(1, dict.fromkeys(range(1, 6), reached))).verdict
    assert better[with_course] >= better[without]
