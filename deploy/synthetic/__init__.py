"""A made-up jobcenter for benchmarks and demonstrations: as many valid events as asked for, the same for a seed.

``lines`` writes the JSON bytes itself (well over a hundred thousand events a second); ``events`` reads them back.
``efforts.EFFORTS`` tells what each effort truly does, so that an estimate can be held against the truth.
No person or company in it is real.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from deploy.synthetic.companies import Companies
from deploy.synthetic.efforts import REGISTRATIONS_BY_MONTH
from deploy.synthetic.life import LONGEST, Life, arrivals
from deploy.synthetic.offers import Matchmaking, Offers
from deploy.synthetic.stream import EPOCH_DAYS, Stream
from shared.contracts.envelope import Envelope
from shared.messaging.cloudevents import decode

START = date(2024, 1, 1)
ARRIVAL_DAYS = 730
AFTERMATH_DAYS = 400  # what follows the end of a story: placements that end, late registrations

__all__ = ["EPOCH_DAYS", "START", "events", "lines"]


def lines(seed: int, citizens: int, *, start: date = START, municipality: str = "0101") -> Iterator[bytes]:
    """Structured CloudEvents as JSON bytes without line ends, in the order recorded: about sixty a citizen.

    Citizens arrive in the two years from ``start``; offers and companies are told in the two months before it.
    """
    random = Random(seed)
    followed = ARRIVAL_DAYS + LONGEST
    stream = Stream(random, municipality, start, followed + AFTERMATH_DAYS)
    offers, companies = Offers(stream, citizens), Companies(stream, citizens, followed)
    life = Life(stream, offers, companies, Matchmaking(stream, companies.ids))
    arriving = stream.days[EPOCH_DAYS : EPOCH_DAYS + ARRIVAL_DAYS]
    for day in arrivals(random, citizens, arriving, REGISTRATIONS_BY_MONTH, EPOCH_DAYS):
        yield from offers.due(day)
        life.live(day)
    yield from offers.due(len(stream.days))


def events(seed: int, citizens: int, *, start: date = START, municipality: str = "0101") -> Iterator[Envelope]:
    """The same events as envelopes."""
    return map(decode, lines(seed, citizens, start=start, municipality=municipality))
