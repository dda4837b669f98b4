"""All events of the made-up year, as of a moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from deploy import synthetic
from deploy.demonstration.contacts import open_contacts
from deploy.demonstration.forgotten import without_forgotten
from deploy.demonstration.people import people
from deploy.demonstration.pilot import PilotStory
from deploy.demonstration.targets import targets
from deploy.demonstration.telling import Telling, numbered
from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode

SEED = 1971
DRAWN = 800
"""Citizens of two years; about half of them arrive in the first, which is all that is shown."""
ROUND = 84
"""Days between the starts of a course's cohorts, where few citizens are drawn (``deploy.synthetic.offers``)."""
STARTED_AGO = (9, 3, 1, 20, 34)
"""How many days ago the running courses may have started, the best first: in the holidays of July nothing starts, and
of some days' years no cohort would stand open."""
JULY = 7


def year(now: datetime, municipality: str = "0101") -> list[Envelope]:
    """What had been recorded by ``now``, in that order; the same for a day but for what is told of the last hours."""
    until = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    for start in _starts(now.date()):
        drawn = synthetic.lines(SEED, DRAWN, start=start, municipality=municipality)
        recorded = takewhile(lambda line: _recorded(line) <= until, drawn)
        told = without_forgotten(map(decode, recorded), now)
        if _stands_open(told, now.date()):
            break
    companies = [envelope.data["company_id"] for envelope in told if envelope.name == "company-registered"]
    telling = Telling(SEED, municipality)
    story = PilotStory(telling, now).told(people(told))
    return numbered([*told, *story, *open_contacts(telling, companies, now), *targets(telling, now)])


def _recorded(line: bytes) -> bytes:
    """When the event of a line was recorded: it says so before anything else may."""
    return line.partition(b'"recordedtime":"')[2][:20]


def _starts(today: date) -> Iterator[date]:
    """Days about a year ago from which the generator's cohorts fall so that some run today."""
    rounds = (synthetic.EPOCH_DAYS + 365) // ROUND
    for ago in STARTED_AGO:
        if (today - timedelta(days=ago)).month != JULY:
            yield today - timedelta(days=rounds * ROUND + ago - synthetic.EPOCH_DAYS)


def _stands_open(told: list[Envelope], today: date) -> bool:
    """Whether a cohort may still be filled: in a few drawn years the next ones are not opened yet."""
    return any(one.name == "cohort-opened" and one.data["starts"] > str(today) for one in told)
