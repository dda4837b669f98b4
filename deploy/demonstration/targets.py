"""What the administration wants to reach this year: a target X for each of T1 to T4."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from deploy.demonstration.telling import Telling
from shared.contracts.envelope import Envelope
from shared.contracts.outcomes import TargetSet

WANTED = {"agreements": 30, "mikrosprint_job": 40, "it_course_job": 25, "upskilled_praktik": 60}


def targets(telling: Telling, now: datetime) -> Iterator[Envelope]:
    """Set as the year began."""
    at = min(datetime(now.year, 1, 1, 8, tzinfo=UTC), now - timedelta(hours=1))
    for indicator, value in WANTED.items():
        yield telling.event(TargetSet, at, indicator=indicator, period=str(now.year), value=value)
