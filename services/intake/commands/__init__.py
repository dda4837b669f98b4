"""What callers may ask intake to do, and what they get back. One noun a file."""

from services.intake.commands.barrier import ClearBarrier, RecordBarrier
from services.intake.commands.citizen import (
    ChangeCitizen,
    CitizenFound,
    CitizenRecorded,
    LeaveJobcenter,
    LookUpCitizen,
    RegisterCitizen,
)
from services.intake.commands.referral import AnswerReferral, MakeReferral, ReferralRecorded
from services.intake.commands.visit import (
    CheckedIn,
    OpenSite,
    RegisterVisit,
    Site,
    ThemeOfVisit,
    VisitsRecorded,
    VisitVoided,
    VoidVisit,
    WriteUp,
)

__all__ = [
    "AnswerReferral",
    "ChangeCitizen",
    "CheckedIn",
    "CitizenFound",
    "CitizenRecorded",
    "ClearBarrier",
    "LeaveJobcenter",
    "LookUpCitizen",
    "MakeReferral",
    "OpenSite",
    "RecordBarrier",
    "ReferralRecorded",
    "RegisterCitizen",
    "RegisterVisit",
    "Site",
    "ThemeOfVisit",
    "VisitVoided",
    "VisitsRecorded",
    "VoidVisit",
    "WriteUp",
]
