"""Companies, their agreements and what they asked for, as their events tell them."""

from datetime import datetime

from shared.contracts.outcomes import (
    AgreementEnded,
    AgreementSigned,
    CompanyAnswered,
    CompanyAsked,
    CompanyChanged,
    CompanyRegistered,
)
from shared.persistence import Appliers, Statement


def company_described(event: CompanyRegistered | CompanyChanged, at: datetime) -> Statement:
    """The whole company is known, for the first time or anew."""
    return Statement(
        """
        INSERT INTO company (company_id, municipality, name, cvr, p_number, employees, sme, industry)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (company_id) DO UPDATE SET name = excluded.name, cvr = excluded.cvr, p_number = excluded.p_number,
            employees = excluded.employees, sme = excluded.sme, industry = excluded.industry
        """,
        event.company_id,
        event.municipality,
        event.company_name,
        event.cvr,
        event.p_number,
        event.employees,
        event.sme,
        event.industry,
    )


def agreement_signed(event: AgreementSigned, at: datetime) -> Statement:
    """An agreement is in force from a day."""
    return Statement(
        """
        INSERT INTO agreement (agreement_id, company_id, municipality, kind, signed_on, until)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (agreement_id) DO UPDATE SET kind = excluded.kind, signed_on = excluded.signed_on,
            until = excluded.until
        """,
        event.agreement_id,
        event.company_id,
        event.municipality,
        event.kind,
        event.on,
        event.until,
    )


def agreement_ended(event: AgreementEnded, at: datetime) -> Statement:
    """An agreement is in force no more."""
    return Statement("UPDATE agreement SET ended_on = $2 WHERE agreement_id = $1", event.agreement_id, event.on)


def company_asked(event: CompanyAsked, at: datetime) -> Statement:
    """A company awaits an answer."""
    return Statement(
        """
        INSERT INTO contact (contact_id, company_id, municipality, wants, asked) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (contact_id) DO UPDATE SET wants = excluded.wants, asked = excluded.asked
        """,
        event.contact_id,
        event.company_id,
        event.municipality,
        event.wants,
        event.at,
    )


def company_answered(event: CompanyAnswered, at: datetime) -> Statement:
    """A company has its answer; the first one counts."""
    return Statement(
        "UPDATE contact SET answered = least(answered, $2) WHERE contact_id = $1", event.contact_id, event.at
    )


APPLY: Appliers = {
    CompanyRegistered: company_described,
    CompanyChanged: company_described,
    AgreementSigned: agreement_signed,
    AgreementEnded: agreement_ended,
    CompanyAsked: company_asked,
    CompanyAnswered: company_answered,
}
