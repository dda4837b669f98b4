"""Registering a citizen.

**One person has one id in a municipality, and no two municipalities share it.** Municipalities are separate data
controllers. An id that followed the person through the country would let one municipality find out that another one
has her as unemployed, merely by typing her CPR number; a refusal would tell as much. So the vault's lookup is by
municipality *and* number: elsewhere the same person is simply new, and nothing is disclosed. Inside her municipality a
second registration is refused with the id she has, and a citizen who left and comes back keeps it.
"""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.intake.rules.citizen import Citizen
from services.intake.rules.cpr import CprNumber
from shared.codelists import target_groups
from shared.contracts.intake.citizen_registered import CitizenRegistered
from shared.contracts.vocabulary import Device, EducationLevel, TargetGroup, Unit
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a municipality knows of a citizen and what may change later."""

    target_group: TargetGroup
    education_level: EducationLevel
    academic: bool
    unemployed_since: date
    device: Device | None
    protected: bool
    unit: Unit | None = None


def known_already(citizen: Citizen) -> Refused | None:
    """The refusal, with the id, of a person who is registered now; None for one who has left: she may come back."""
    if citizen.left_on is not None:
        return None
    return Refused(
        "citizen-known",
        "This person is registered already",
        "Use the citizen id in this answer; to correct what is known, send a change of that citizen.",
        citizen_id=str(citizen.citizen_id),
    )


def register(
    citizen_id: UUID, municipality: str, number: CprNumber, circumstances: Circumstances, today: date
) -> CitizenRegistered:
    """The citizen is known from now on; of the number only the year of birth goes further."""
    known_group(circumstances.target_group, today)
    not_in_future(circumstances.unemployed_since, today)
    if circumstances.unemployed_since < number.born:
        raise Refused(
            "unemployed-before-birth",
            "The first day of unemployment lies before the citizen was born",
            "Correct unemployed_since; the year is often the mistake.",
        )
    return CitizenRegistered(
        municipality=municipality, citizen_id=citizen_id, birth_year=number.born.year, **asdict(circumstances)
    )


def not_in_future(unemployed_since: date, today: date) -> None:
    """Raise Refused for a spell of unemployment that has not begun."""
    if unemployed_since > today:
        raise Refused(
            "unemployed-in-future",
            "The first day of unemployment lies in the future",
            f"Send this on that day, or correct unemployed_since to a day up to {today}.",
        )


def known_group(code: str, day: date) -> None:
    """Raise Refused for a target group that the law does not have on the day; the code itself is not repeated."""
    if not target_groups.valid_on(code, day):
        raise Refused(
            "target-group-unknown",
            f"There is no such target group on {day}",
            f"Use one of: {', '.join(group.code for group in target_groups.groups_on(day))} (LAB § 6).",
        )
