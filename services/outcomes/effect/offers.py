"""Offers: the courses and cohorts that something was counted by, each looked up once."""

from typing import NamedTuple

from services.outcomes.effect.references import Course, References


class Group(NamedTuple):
    """The course of a cohort, and the day the cohort starts where that is known."""

    course: Course
    starts: int | None


class Offers:
    """Remembers what it was asked, and so can tell whether what was counted by it still holds."""

    def __init__(self, references: References):
        self._references = references
        self._courses: dict[str, Course] = {}
        self._groups: dict[str, Group] = {}

    def course(self, course_id: str) -> Course:
        """The course; one without attributes when none is known by that id."""
        course = self._courses.get(course_id)
        if course is None:
            course = self._courses[course_id] = self._references.course(course_id)
        return course

    def group(self, cohort_id: str) -> Group:
        """The course and start of a cohort; a course without id and attributes when it is not known."""
        group = self._groups.get(cohort_id)
        if group is None:
            group = self._groups[cohort_id] = _group(self._references, cohort_id)
        return group

    def follow(self, references: References) -> bool:
        """Look up in these from now on; False when an answer that was given would be another one now."""
        self._references = references
        return all(references.course(each) == course for each, course in self._courses.items()) and all(
            _group(references, each) == group for each, group in self._groups.items()
        )


def _group(references: References, cohort_id: str) -> Group:
    cohort = references.cohorts.get(cohort_id)
    return Group(references.course_of(cohort_id), cohort.starts if cohort else None)
