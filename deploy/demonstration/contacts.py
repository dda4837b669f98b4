"""Companies that have asked and wait for their answer: some just now, some near their 24 hours, one beyond them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from deploy.demonstration.telling import Telling
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import CompanyAsked

WAITED = (
    ("hire", timedelta(minutes=40)),
    ("praktik", timedelta(hours=5)),
    ("hire", timedelta(hours=19)),
    ("wage-subsidy", timedelta(hours=22, minutes=30)),
    ("hire", timedelta(hours=23, minutes=30)),
    ("praktik", timedelta(hours=27)),
)
"""What each wants, and how long ago it asked."""


def open_contacts(telling: Telling, companies: Sequence[str], now: datetime) -> Iterator[Envelope]:
    """One for each of the first companies."""
    for company_id, (wants, ago) in zip(companies, WAITED, strict=False):
        at = now - ago
        yield telling.event(
            CompanyAsked, at, contact_id=str(telling.id(at)), company_id=company_id, at=at.isoformat(), wants=wants
        )
