"""Companies, contacts and agreements in words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.desk.companies import facts

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
COMPANY: dict[str, Any] = {"cvr": "12345678", "p_number": None, "employees": 1, "sme": True, "industry": ""}


def contact(asked: str, due: str, answered: str | None = None, **more: Any) -> facts.Contact:
    told = {"contact_id": "c", "company_id": "f", "company_name": "Bageriet", "wants": "hire"} | more
    return facts.contact(told | {"asked": asked, "due": due, "answered": answered}, NOW)


def test_an_answer_at_the_deadline_is_in_time_and_one_after_it_is_not() -> None:
    asked, due = "2026-03-08T09:00:00Z", "2026-03-09T09:00:00Z"
    last, late = contact(asked, due, due), contact(asked, due, "2026-03-09T09:00:01Z")
    assert (last.in_time, last.took.replace("\N{NO-BREAK SPACE}", " ")) == (True, "24 timer")
    assert late.in_time is False
    assert contact(asked, due).in_time is False


def test_a_company_or_wish_that_has_no_words_is_shown_all_the_same() -> None:
    nameless = contact("2026-03-10T09:00:00Z", "2026-03-11T09:00:00Z", company_name=None, wants="lend")
    assert (nameless.company, nameless.wants) == ("En virksomhed, vi ikke kender navnet på", "lend")


def test_how_many_wait_and_how_many_too_long() -> None:
    fine, late = (
        contact("2026-03-10T09:00:00Z", "2026-03-11T09:00:00Z"),
        contact("2026-03-08T09:00:00Z", "2026-03-09T09:00:00Z"),
    )
    assert facts.waiting([]) == "Ingen henvendelser venter på svar."
    assert facts.waiting([fine]) == "1 henvendelse venter på svar."
    assert facts.waiting([late, fine]) == "2 henvendelser venter på svar. 1 af dem har ventet for længe."


@pytest.mark.parametrize(
    ("signed", "until", "ended", "in_force", "standing", "can_end"),
    [
        ("2026-01-01", None, None, True, "Gælder", True),
        ("2026-01-01", "2026-03-10", None, True, "Gælder", True),
        ("2026-01-01", "2026-03-09", None, False, "Udløbet", False),
        ("2026-01-01", None, "2026-03-10", False, "Ophørt", False),
        ("2026-01-01", None, "2026-03-11", True, "Gælder", False),
        ("2026-03-11", None, None, False, "Gælder ikke endnu", True),
    ],
)
def test_an_agreement_says_whether_it_is_in_force(
    *, signed: str, until: str | None, ended: str | None, in_force: bool, standing: str, can_end: bool
) -> None:
    told = {"agreement_id": "a", "kind": "cooperation", "signed_on": signed, "until": until, "ended_on": ended}
    found = facts.agreement(told | {"in_force": in_force}, TODAY)
    assert (found.kind, found.standing, found.can_end) == ("Samarbejdsaftale", standing, can_end)


def test_a_company_in_one_line() -> None:
    shown = [part.replace("\N{NO-BREAK SPACE}", " ") for part in facts.about(COMPANY)]
    assert shown == ["CVR 12345678", "1 ansat (lille eller mellemstor virksomhed)"]
    large = COMPANY | {"p_number": "1000000009", "employees": 250, "sme": False, "industry": "Detailhandel"}
    shown = [part.replace("\N{NO-BREAK SPACE}", " ") for part in facts.about(large)]
    assert shown == ["CVR 12345678", "P-nummer 1000000009", "250 ansatte (stor virksomhed)", "Detailhandel"]
