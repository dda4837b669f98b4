"""A certificate: awarded, revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.courses.rules.participation import Participation
from shared.contracts.courses import CertificateAwarded, CertificateRevoked
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it stands; revoked ones count as never awarded."""

    municipality: str
    certificate_id: UUID
    citizen_id: UUID
    enrolment_id: UUID | None
    code: str
    awarded: date
    revoked: date | None = None


def award(
    certificate: CertificateAwarded, participation: Participation | None, held: Iterable[Certificate], today: date
) -> CertificateAwarded:
    """A citizen is awarded a certificate, for a participation or without one.

    Refused in the future, before the participation started, for a mis-registered participation, for validity that ends
    before the award, and when the citizen holds the same certificate of the same day or participation.
    """
    if certificate.on > today:
        raise Refused("award-in-the-future", f"{certificate.on} is after {today}", "Give the day of the award.")
    if certificate.valid_until is not None and certificate.valid_until < certificate.on:
        raise Refused("validity-before-award", "It would end before it is awarded", "Give `valid_until` >= `on`.")
    if participation is not None:
        if participation.reason == "mis_registered":
            raise Refused("mis-registered", "The participation was registered by mistake", "Correct its end first.")
        if certificate.on < participation.started:
            raise Refused(
                "award-before-start",
                f"The participation started on {participation.started}",
                "A certificate of a participation is awarded after its start.",
            )
    for other in held:
        same = other.awarded == certificate.on or (participation and other.enrolment_id == participation.enrolment_id)
        if other.revoked is None and other.code == certificate.code and same:
            raise Refused(
                "already-awarded",
                f"The citizen has {certificate.code} already",
                "Revoke the certificate there is, if it is wrong.",
                certificate_id=str(other.certificate_id),
            )
    return certificate


def revoke(certificate: Certificate, reason: str, on: date, today: date) -> CertificateRevoked:
    """The certificate counts as never awarded. Refused a second time, before the award and in the future."""
    if certificate.revoked is not None:
        raise Refused("already-revoked", f"The certificate was revoked on {certificate.revoked}", "Nothing more to do.")
    if not certificate.awarded <= on <= today:
        raise Refused(
            "revoked-outside-validity",
            f"{on} is not between the award on {certificate.awarded} and {today}",
            "Give the day of the revocation.",
        )
    return CertificateRevoked(
        municipality=certificate.municipality,
        certificate_id=certificate.certificate_id,
        citizen_id=certificate.citizen_id,
        reason=reason,
        on=on,
    )
