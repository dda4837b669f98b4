"""Cooperation agreements (samarbejdsaftaler): signed once, ended at most once, never before they were in force."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outcomes.commands import EndAgreement, SignAgreement
from services.outcomes.rules.companies import Company
from shared.contracts.outcomes import AgreementEnded, AgreementSigned
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Agreement:
    """A signed agreement as the commands see it; ``signed_on`` is its first day in force."""

    agreement_id: UUID
    company_id: UUID
    municipality: str
    kind: str
    signed_on: date
    until: date | None
    ended_on: date | None


def sign(company: Company, command: SignAgreement, *, agreement_id: UUID) -> AgreementSigned:
    """An agreement with a company; a company may have several, and one may begin on a day to come."""
    if command.until is not None and command.until < command.on:
        raise Refused(
            "agreement-ends-before-signing",
            "The agreement would run out before it began",
            f"Give an until on or after {command.on}, or leave it out.",
        )
    return AgreementSigned(
        municipality=company.municipality,
        agreement_id=agreement_id,
        company_id=company.company_id,
        on=command.on,
        until=command.until,
        kind=command.kind,
    )


def end(agreement: Agreement, command: EndAgreement) -> AgreementEnded:
    """The end of an agreement, now or at a day to come (it was terminated with notice)."""
    if agreement.ended_on is not None:
        raise Refused(
            "agreement-ended-already",
            f"The agreement ended on {agreement.ended_on}",
            "An agreement ends once. Sign a new one if the cooperation goes on.",
        )
    if command.on < agreement.signed_on:
        raise Refused(
            "agreement-ends-before-signing",
            "The agreement would end before it was signed",
            f"It was signed on {agreement.signed_on}: give that day or a later one.",
        )
    return AgreementEnded(
        municipality=agreement.municipality,
        agreement_id=agreement.agreement_id,
        company_id=agreement.company_id,
        on=command.on,
        until=agreement.until,
        kind=agreement.kind,
        reason=command.reason,
    )
