"""What callers may ask of outcomes: the bodies of its commands, one noun a file.

Every command may say when its matter ``happened`` (an aware moment, not in the future); it is now when left out.
Unknown fields are an error: a misspelt optional field would otherwise be lost without a word.
"""

from services.outcomes.commands.agreements import EndAgreement, SignAgreement
from services.outcomes.commands.companies import ChangeCompany, RegisterCompany
from services.outcomes.commands.contacts import AnswerCompany, CompanyAsks
from services.outcomes.commands.events import (
    CancelMeeting,
    HeldSeating,
    HoldEvent,
    HoldMeetings,
    PlanEvent,
    ScheduleMeetings,
    Seating,
)
from services.outcomes.commands.orders import ChangeOrder, CloseOrder, PlaceOrder
from services.outcomes.commands.placements import (
    AgreePlacement,
    ApprovePlacement,
    CorrectPlacement,
    EndPlacement,
    StartAgreedPlacement,
    StartPlacement,
    VoidPlacement,
)
from services.outcomes.commands.targets import SetTarget

__all__ = [
    "AgreePlacement",
    "AnswerCompany",
    "ApprovePlacement",
    "CancelMeeting",
    "ChangeCompany",
    "ChangeOrder",
    "CloseOrder",
    "CompanyAsks",
    "CorrectPlacement",
    "EndAgreement",
    "EndPlacement",
    "HeldSeating",
    "HoldEvent",
    "HoldMeetings",
    "PlaceOrder",
    "PlanEvent",
    "RegisterCompany",
    "ScheduleMeetings",
    "Seating",
    "SetTarget",
    "SignAgreement",
    "StartAgreedPlacement",
    "StartPlacement",
    "VoidPlacement",
]
