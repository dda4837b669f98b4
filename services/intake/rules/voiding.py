"""Taking back a visit that was registered by mistake: it never was, once and for all."""

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.intake.workshop_visit_voided import WorkshopVisitVoided
from shared.contracts.vocabulary import VisitVoidingReason
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was registered. ``voided`` says why it was taken back; None while it stands."""

    visit_id: UUID
    municipality: str
    citizen_id: UUID | None
    site: str
    voided: str | None = None

    @property
    def subject(self) -> str:
        """Whose history it is in: hers, or its own."""
        return f"visit/{self.visit_id}" if self.citizen_id is None else f"citizen/{self.citizen_id}"


def void(visit: Visit, reason: VisitVoidingReason) -> WorkshopVisitVoided:
    """The visit never was. An answer to a referral that was given with it stands: that is another statement."""
    if visit.voided is not None:
        raise Refused(
            "visit-voided",
            "The visit was taken back already",
            "Nothing is left to do; it counts nowhere.",
        )
    return WorkshopVisitVoided(
        municipality=visit.municipality, visit_id=visit.visit_id, citizen_id=visit.citizen_id, reason=reason
    )
