"""Events that outcomes publishes."""

from shared.contracts.outcomes.agreement_ended import AgreementEnded
from shared.contracts.outcomes.agreement_signed import AgreementSigned
from shared.contracts.outcomes.citizen_introduced import CitizenIntroduced
from shared.contracts.outcomes.company_answered import CompanyAnswered
from shared.contracts.outcomes.company_asked import CompanyAsked
from shared.contracts.outcomes.company_changed import CompanyChanged
from shared.contracts.outcomes.company_registered import CompanyRegistered
from shared.contracts.outcomes.event_held import EventHeld
from shared.contracts.outcomes.event_planned import EventPlanned
from shared.contracts.outcomes.interest_declared import InterestDeclared
from shared.contracts.outcomes.interest_withdrawn import InterestWithdrawn
from shared.contracts.outcomes.meeting_cancelled import MeetingCancelled
from shared.contracts.outcomes.meeting_held import MeetingHeld
from shared.contracts.outcomes.meeting_scheduled import MeetingScheduled
from shared.contracts.outcomes.order_changed import OrderChanged
from shared.contracts.outcomes.order_closed import OrderClosed
from shared.contracts.outcomes.order_placed import OrderPlaced
from shared.contracts.outcomes.placement_agreed import PlacementAgreed
from shared.contracts.outcomes.placement_approved import PlacementApproved
from shared.contracts.outcomes.placement_corrected import PlacementCorrected
from shared.contracts.outcomes.placement_ended import PlacementEnded
from shared.contracts.outcomes.placement_started import PlacementStarted
from shared.contracts.outcomes.placement_voided import PlacementVoided
from shared.contracts.outcomes.target_set import TargetSet

EVENTS = (
    CompanyRegistered,
    CompanyChanged,
    AgreementSigned,
    AgreementEnded,
    CompanyAsked,
    CompanyAnswered,
    OrderPlaced,
    OrderChanged,
    OrderClosed,
    InterestDeclared,
    InterestWithdrawn,
    CitizenIntroduced,
    EventPlanned,
    EventHeld,
    MeetingScheduled,
    MeetingHeld,
    MeetingCancelled,
    PlacementAgreed,
    PlacementApproved,
    PlacementVoided,
    PlacementStarted,
    PlacementEnded,
    PlacementCorrected,
    TargetSet,
)

__all__ = [
    "EVENTS",
    "AgreementEnded",
    "AgreementSigned",
    "CitizenIntroduced",
    "CompanyAnswered",
    "CompanyAsked",
    "CompanyChanged",
    "CompanyRegistered",
    "EventHeld",
    "EventPlanned",
    "InterestDeclared",
    "InterestWithdrawn",
    "MeetingCancelled",
    "MeetingHeld",
    "MeetingScheduled",
    "OrderChanged",
    "OrderClosed",
    "OrderPlaced",
    "PlacementAgreed",
    "PlacementApproved",
    "PlacementCorrected",
    "PlacementEnded",
    "PlacementStarted",
    "PlacementVoided",
    "TargetSet",
]
