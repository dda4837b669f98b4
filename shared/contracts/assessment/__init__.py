"""Events that assessment publishes."""

from shared.contracts.assessment.gap_found import GapFound
from shared.contracts.assessment.job_profile_closed import JobProfileClosed
from shared.contracts.assessment.job_profile_published import JobProfilePublished
from shared.contracts.assessment.result_rescored import ResultRescored
from shared.contracts.assessment.test_abandoned import TestAbandoned
from shared.contracts.assessment.test_aborted import TestAborted
from shared.contracts.assessment.test_expired import TestExpired
from shared.contracts.assessment.test_finished import TestFinished
from shared.contracts.assessment.test_started import TestStarted

EVENTS = (
    TestStarted,
    TestAbandoned,
    TestAborted,
    TestExpired,
    TestFinished,
    ResultRescored,
    JobProfilePublished,
    JobProfileClosed,
    GapFound,
)

__all__ = [
    "EVENTS",
    "GapFound",
    "JobProfileClosed",
    "JobProfilePublished",
    "ResultRescored",
    "TestAbandoned",
    "TestAborted",
    "TestExpired",
    "TestFinished",
    "TestStarted",
]
