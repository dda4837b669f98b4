"""What a manager may decide about a pilot, and what a stop does. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.desk import wording
from shared import danish

CONTINUE = "Fortsæt: den går videre som nu"
CHOICES: Mapping[str, Mapping[str, str]] = {
    "testing": {"continue": CONTINUE, "widen": "Udvid: flere pladser, op til det planlagte", "stop": "Stop"},
    "widened": {"continue": CONTINUE, "stop": "Stop"},
    "proven": {"continue": CONTINUE, "stop": "Stop"},
}
"""By the pilot's state; one that was stopped is over."""
STATES = {
    "testing": "Prøves på få",
    "widened": "Udvidet",
    "proven": "Bevist: grænsen er væk",
    "stopped": "Stoppet",
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """A cohort that has not started: what a stop leaves to be done about it."""

    starts: str
    people: str


@dataclass(frozen=True, slots=True)
class Decidable:
    """A pilot as the decision form shows it. Without ``choices`` nothing is left to decide."""

    id: str
    version: int
    state: str
    seats: str
    choices: Mapping[str, str]
    ahead: tuple[Ahead, ...]


def decidable(pilot: Mapping[str, Any], course: Mapping[str, Any], today: date) -> Decidable:
    """The pilot of a course, both as courses tells them."""
    choices = dict(CHOICES.get(pilot["state"], {}))
    if "widen" in choices:
        choices["widen"] = f"Udvid: op til {wording.number(pilot['planned_size'])} pladser i alt"
    return Decidable(
        str(pilot["pilot_id"]),
        pilot["version"],
        STATES[pilot["state"]],
        _seats(pilot),
        choices,
        tuple(_ahead(cohort) for cohort in course["cohorts"] if _is_ahead(cohort, today)),
    )


def _seats(pilot: Mapping[str, Any]) -> str:
    if pilot["state"] == "stopped":
        return f"{wording.number(pilot['taken'])} pladser blev brugt."
    if pilot["size"] is None:
        return f"{wording.number(pilot['taken'])} pladser er brugt. Der er ingen grænse mere."
    return f"{wording.number(pilot['taken'])} af {wording.number(pilot['size'])} pladser er brugt."


def _is_ahead(cohort: Mapping[str, Any], today: date) -> bool:
    return not cohort["cancelled_on"] and not cohort["frozen_on"] and date.fromisoformat(cohort["starts"]) > today


def _ahead(cohort: Mapping[str, Any]) -> Ahead:
    taken = cohort["enrolled"] + cohort["offered"]
    waiting = f" og {wording.number(cohort['waitlisted'])} på venteliste" if cohort["waitlisted"] else ""
    return Ahead(danish.day(date.fromisoformat(cohort["starts"])), f"{wording.people(taken)} med plads{waiting}")


def may_become_pilot(course: Mapping[str, Any], pilots: list[Any], today: date) -> bool:
    """Whether the course can still be made a pilot: it is open, has none, and nobody has started."""
    begun = any(cohort["started"] or date.fromisoformat(cohort["starts"]) <= today for cohort in course["cohorts"])
    return not pilots and not course["closed_on"] and not begun
