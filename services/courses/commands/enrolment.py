"""What callers may ask about enrolments."""

from typing import Annotated

from pydantic import Field

from shared.command import Command
from shared.contracts.vocabulary import CitizenId


class Enrol(Command):
    """Give the citizen a seat, or a place in line when the cohort is full."""

    citizen_id: Annotated[CitizenId, Field(examples=["018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"])]


class AcceptSeat(Command):
    """The citizen takes the offered seat."""


class ExpireSeatOffers(Command):
    """End the offers that were not taken in time."""
