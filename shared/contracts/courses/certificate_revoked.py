"""A certificate was revoked."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.vocabulary import CitizenId, Reason


class CertificateRevoked(Event, service="courses", entity="citizen", classification="personal"):
    """A certificate was revoked; it counts as never awarded."""

    certificate_id: UUID = Field(description="Id of the certificate.")
    citizen_id: CitizenId
    reason: Reason
    on: date = Field(description="Day of the revocation.")

    @classmethod
    def example(cls) -> "CertificateRevoked":
        return cls.model_validate(
            {
                "municipality": "0101",
                "certificate_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c0e",
                "citizen_id": "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01",
                "reason": "Awarded to the wrong candidate number",
                "on": "2026-03-27",
            },
        )
