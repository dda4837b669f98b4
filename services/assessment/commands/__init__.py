"""What callers may ask assessment to do, and what they get back. One noun a file."""

from services.assessment.commands.gap import FindGap
from services.assessment.commands.profile import CloseProfile, ProfileRecorded, PublishProfile
from services.assessment.commands.result import RecordTest, TestRecorded
from services.assessment.commands.session import (
    AbandonTest,
    AbortTest,
    AnswerQuestion,
    BeginTest,
    GiveLink,
    OfferTest,
    PauseTest,
    ResumeTest,
    SkipQuestion,
    act,
)

__all__ = [
    "AbandonTest",
    "AbortTest",
    "AnswerQuestion",
    "BeginTest",
    "CloseProfile",
    "FindGap",
    "GiveLink",
    "OfferTest",
    "PauseTest",
    "ProfileRecorded",
    "PublishProfile",
    "RecordTest",
    "ResumeTest",
    "SkipQuestion",
    "TestRecorded",
    "act",
]
