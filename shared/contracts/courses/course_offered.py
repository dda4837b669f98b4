"""A course is offered."""

from shared.contracts.courses.course import CourseDescription


class CourseOffered(CourseDescription, service="courses", entity="course", classification="public"):
    """A course can be used from now on; seats come with its cohorts."""

    @classmethod
    def example(cls) -> "CourseOffered":
        return cls.model_validate(
            {
                "municipality": "0101",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "title": "Azure Fundamentals",
                "kind": "mikrosprint",
                "provider": "Microsoft",
                "methods": ["e-learning", "practice-near"],
                "weeks": 6,
                "hours": 60,
                "digital_areas": [{"area": 5, "level": 5}],
                "certificate": "AZ-900",
                "target_groups": ["1"],
                "it_specific": True,
                "price_dkk": 0,
            },
        )
