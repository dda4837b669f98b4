"""Courses and the opening of cohorts."""

from datetime import UTC, datetime, timedelta

import pytest

from services.courses.commands import ChangeCourse
from services.courses.rules import cohort, course
from services.courses.rules.course import Course
from shared.contracts.courses import CohortOpened, CourseChanged
from shared.moment import moment
from shared.problems import Refused
from tests.unit.courses.given import course as offered

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def opened(**changes: object) -> CohortOpened:
    return CohortOpened.model_validate(CohortOpened.example().data() | changes)


def test_a_change_tells_the_whole_course() -> None:
    changed = CourseChanged.model_validate(offered(hours=90).data())
    assert course.change(Course(offered(hours=120)), changed) == changed


def test_a_change_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="nothing-changed"):
        course.change(Course(offered()), CourseChanged.model_validate(offered().data()))


def test_a_null_takes_away_only_what_a_course_may_be_without() -> None:
    command = ChangeCourse.model_validate({"price_dkk": None, "hours": None, "weeks": 3})
    assert command.changes() == {"price_dkk": None, "weeks": 3}


def test_a_closed_course_is_neither_changed_nor_closed_nor_given_cohorts() -> None:
    closed = Course(offered(), closed=True)
    for act in (
        lambda: course.change(closed, CourseChanged.model_validate(offered(hours=1).data())),
        lambda: course.close(closed, None),
        lambda: cohort.open_cohort(closed, opened()),
    ):
        with pytest.raises(Refused, match="course-closed"):
            act()


def test_a_cohort_may_last_one_day_but_does_not_end_before_it_starts() -> None:
    one_day = opened(starts="2026-12-01", ends="2026-12-01")
    assert cohort.open_cohort(Course(offered()), one_day) == one_day
    with pytest.raises(Refused, match="ends-before-start"):
        cohort.open_cohort(Course(offered()), opened(starts="2026-12-02", ends="2026-12-01"))


def test_nothing_has_happened_in_the_future() -> None:
    assert moment(None, NOW).time == NOW
    assert moment(NOW - timedelta(days=400), NOW).time == NOW - timedelta(days=400)
    with pytest.raises(Refused, match="happened-in-the-future"):
        moment(NOW + timedelta(seconds=1), NOW)
