"""What outcomes tells of companies, laid out for the pages: moments as moments, codes as words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.desk import labels
from services.desk.companies.deadline import Deadline, length
from shared.danish import NBSP

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """A company's request: what it wants, and how long it has waited or did wait."""

    contact_id: str
    company_id: str
    company: str
    wants: str
    asked: datetime
    deadline: Deadline
    answered: datetime | None

    @property
    def took(self) -> str:
        """How long the answer took, in words."""
        return length(self.answered - self.asked) if self.answered else ""

    @property
    def in_time(self) -> bool:
        """Whether it was answered within 24 hours."""
        return self.answered is not None and self.answered <= self.deadline.due


@dataclass(frozen=True, slots=True)
class Agreement:
    """A cooperation agreement, and in words whether it is in force."""

    agreement_id: str
    kind: str
    signed_on: date
    until: date | None
    ended_on: date | None
    in_force: bool
    standing: str
    can_end: bool
    """Whether its end may be recorded: it has none, and has not run out."""


def contact(told: Told, now: datetime) -> Contact:
    """A contact as it stands at a moment."""
    return Contact(
        told["contact_id"],
        told["company_id"],
        told["company_name"] or "En virksomhed, vi ikke kender navnet på",
        labels.WANTS.get(told["wants"]) or told["wants"],
        datetime.fromisoformat(told["asked"]),
        Deadline.of(datetime.fromisoformat(told["due"]), now),
        _moment(told["answered"]),
    )


def agreement(told: Told, today: date) -> Agreement:
    """An agreement as it stands on a day."""
    signed, until, ended = date.fromisoformat(told["signed_on"]), _day(told["until"]), _day(told["ended_on"])
    if told["in_force"]:
        standing = "Gælder"
    elif signed > today:
        standing = "Gælder ikke endnu"
    else:
        standing = "Ophørt" if ended is not None and ended <= today else "Udløbet"
    kind = labels.AGREEMENT_KINDS.get(told["kind"]) or told["kind"]
    can_end = ended is None and (until is None or until >= today)
    return Agreement(told["agreement_id"], kind, signed, until, ended, told["in_force"], standing, can_end)


def size(sme: bool) -> str:
    """The size class of a company."""
    return "Lille eller mellemstor" if sme else "Stor"


def about(company: Told) -> list[str]:
    """What is known of a company, for one line."""
    people = company["employees"]
    return [
        f"CVR{NBSP}{company['cvr']}",
        *([f"P-nummer{NBSP}{company['p_number']}"] if company["p_number"] else []),
        f"{people}{NBSP}{'ansat' if people == 1 else 'ansatte'} ({size(company['sme']).lower()} virksomhed)",
        *([company["industry"]] if company["industry"] else []),
    ]


def waiting(contacts: list[Contact]) -> str:
    """How many contacts wait, and how many of them too long."""
    late = sum(one.deadline.state == "overdue" for one in contacts)
    if not contacts:
        return "Ingen henvendelser venter på svar."
    wait = f"{len(contacts)} {'henvendelse' if len(contacts) == 1 else 'henvendelser'} venter på svar."
    return f"{wait} {late} af dem har ventet for længe." if late else wait


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
