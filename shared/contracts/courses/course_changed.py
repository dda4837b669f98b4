"""A course's description changed."""

from shared.contracts.courses.course import CourseDescription


class CourseChanged(CourseDescription, service="courses", entity="course", classification="public"):
    """The whole description of a course as it is from now on."""

    @classmethod
    def example(cls) -> "CourseChanged":
        return cls.model_validate(
            {
                "municipality": "0101",
                "course_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04",
                "title": "Azure Fundamentals",
                "kind": "mikrosprint",
                "provider": "Microsoft",
                "methods": ["e-learning", "practice-near"],
                "weeks": 7,
                "hours": 70,
                "digital_areas": [{"area": 5, "level": 5}],
                "certificate": "AZ-900",
                "target_groups": ["1"],
                "it_specific": True,
                "price_dkk": 0,
            },
        )
