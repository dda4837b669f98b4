"""Leaving the jobcenter."""

from datetime import date

from services.intake.rules.citizen import Citizen
from shared.contracts.intake.citizen_left import CitizenLeft
from shared.contracts.vocabulary import LeavingReason
from shared.problems import Refused


def leave(citizen: Citizen, *, reason: LeavingReason, on: date, today: date) -> CitizenLeft:
    """The citizen left on a day between her registration and today. Leaving is never planned ahead: it happens."""
    if citizen.left_on is not None:
        raise Refused(
            "citizen-left",
            f"The citizen left the jobcenter already, on {citizen.left_on}",
            "Nothing is left to record; register the citizen again if she has come back.",
        )
    if on > today:
        raise Refused(
            "departure-in-future", "The day of leaving lies in the future", f"Record it when it has come: {on}."
        )
    if on < citizen.registered_on:
        raise Refused(
            "departure-before-registration",
            f"The citizen was registered on {citizen.registered_on}, after the day of leaving",
            f"Give a day from {citizen.registered_on} to {today}.",
        )
    return CitizenLeft(municipality=citizen.municipality, citizen_id=citizen.citizen_id, reason=reason, on=on)
