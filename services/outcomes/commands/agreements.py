"""What callers may do with cooperation agreements (samarbejdsaftaler)."""

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import Label, Reason
from shared.moment import Day


class SignAgreement(Command):
    """A cooperation agreement was signed: in force from the day ``on``, perhaps for a limited time (``until``)."""

    kind: Label = Field(
        description="What your jobcenter calls it; the desk shows cooperation, partnership, praktik and job in Danish.",
        examples=["cooperation"],
    )
    on: Day
    until: Day | None = None


class EndAgreement(Command):
    """The agreement ended ``on`` a day: from that day it is in force no more."""

    on: Day
    reason: Reason | None = None
