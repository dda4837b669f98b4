"""Events that intake publishes."""

from shared.contracts.intake.barrier_recorded import BarrierRecorded
from shared.contracts.intake.citizen_changed import CitizenChanged
from shared.contracts.intake.citizen_erased import CitizenErased
from shared.contracts.intake.citizen_left import CitizenLeft
from shared.contracts.intake.citizen_registered import CitizenRegistered
from shared.contracts.intake.citizens_merged import CitizensMerged
from shared.contracts.intake.consent_given import ConsentGiven
from shared.contracts.intake.consent_withdrawn import ConsentWithdrawn
from shared.contracts.intake.referral_answered import ReferralAnswered
from shared.contracts.intake.referral_made import ReferralMade
from shared.contracts.intake.self_service_granted import SelfServiceGranted
from shared.contracts.intake.workshop_visit_voided import WorkshopVisitVoided
from shared.contracts.intake.workshop_visited import WorkshopVisited

EVENTS = (
    CitizenRegistered,
    CitizenChanged,
    CitizensMerged,
    ConsentGiven,
    ConsentWithdrawn,
    BarrierRecorded,
    ReferralMade,
    ReferralAnswered,
    WorkshopVisited,
    WorkshopVisitVoided,
    SelfServiceGranted,
    CitizenLeft,
    CitizenErased,
)

__all__ = [
    "EVENTS",
    "BarrierRecorded",
    "CitizenChanged",
    "CitizenErased",
    "CitizenLeft",
    "CitizenRegistered",
    "CitizensMerged",
    "ConsentGiven",
    "ConsentWithdrawn",
    "ReferralAnswered",
    "ReferralMade",
    "SelfServiceGranted",
    "WorkshopVisitVoided",
    "WorkshopVisited",
]
