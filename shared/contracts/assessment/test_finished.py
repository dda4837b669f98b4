"""A citizen finished the adaptive test."""

from shared.contracts.assessment.result import TestResult


class TestFinished(TestResult, service="assessment", entity="citizen", classification="personal"):
    """A test ended with a result: a level with interval for every competence area."""

    @classmethod
    def example(cls) -> "TestFinished":
        return cls.model_validate(
            {
                "municipality": "0101",
                "test_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0a",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "framework": "DigComp",
                "framework_version": "2.2",
                "bank_version": "2026.1",
                "calibrated": False,
                "items": 9,
                "areas": [
                    {
                        "area": 1,
                        "ability": -0.42,
                        "standard_error": 0.31,
                        "level": 3,
                        "level_low": 3,
                        "level_high": 4,
                        "items": 5,
                    },
                    {
                        "area": 2,
                        "ability": 0.18,
                        "standard_error": 0.35,
                        "level": 4,
                        "level_low": 3,
                        "level_high": 4,
                        "items": 4,
                    },
                ],
                "purpose": "entry",
            },
        )
