"""A course: changed, closed."""

from dataclasses import dataclass

from shared.contracts.courses import CourseChanged, CourseClosed
from shared.contracts.courses.course import CourseDescription
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Course:
    """A course as it stands: its whole description, and whether it takes no new cohorts any more."""

    description: CourseDescription
    closed: bool = False

    def must_be_open(self) -> None:
        """Refuse when the course is closed."""
        if self.closed:
            raise Refused(
                "course-closed", "The course is closed", "It takes no new cohorts. Offer a new course instead."
            )


def change(course: Course, description: CourseChanged) -> CourseChanged:
    """The course gets another description. Refused when it is closed or nothing differs."""
    course.must_be_open()
    if description.data() == course.description.data():
        raise Refused("nothing-changed", "The course is like that already", "Send the fields that are to differ.")
    return description


def close(course: Course, reason: str | None) -> CourseClosed:
    """The course takes no new cohorts; running ones end as planned. Refused when it is closed already."""
    course.must_be_open()
    description = course.description
    return CourseClosed(municipality=description.municipality, course_id=description.course_id, reason=reason)
