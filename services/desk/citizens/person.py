"""Everything that the page of one citizen shows, asked of the services at once."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.desk.citizens.told import Told, days, told
from services.desk.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen as each service tells of her. What intake tells is always there; the rest may be away."""

    citizen: dict[str, Any]
    referrals: list[dict[str, Any]]
    units: Told
    result: Told
    sessions: Told
    gaps: Told
    profiles: Told
    participations: Told
    invitations: Told
    certificates: Told
    cohorts: Told
    courses: Told
    placements: Told
    companies: Told

    @property
    def away(self) -> set[str]:
        """What cannot be told now."""
        services = {
            "test": (self.result, self.sessions, self.gaps),
            "kurser": (self.participations, self.invitations, self.certificates, self.cohorts),
            "forloeb": (self.placements, self.companies),
        }
        return {part for part, answers in services.items() if any(one.away for one in answers)}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The id that stands for the citizen now."""

    citizen_id: UUID


async def person(sheet: Sheet, citizen_id: UUID) -> Person | Elsewhere:
    """Everything about the citizen, or where it is. Raises what intake answers: who may not see her sees nothing."""
    at = f"/citizens/{citizen_id}"
    citizen, referrals = await sheet.calls.read_all(("intake", at), ("intake", f"{at}/referrals"))
    if citizen["merged_into"]:
        return Elsewhere(UUID(citizen["merged_into"]))
    answers = await asyncio.gather(
        told(sheet, "intake", "/units", []),
        told(sheet, "assessment", f"{at}/result", {"areas": []}),
        told(sheet, "assessment", f"{at}/sessions", []),
        told(sheet, "assessment", f"{at}/gaps", []),
        told(sheet, "assessment", "/profiles", []),
        told(sheet, "courses", f"{at}/participations", []),
        told(sheet, "courses", f"{at}/invitations", []),
        told(sheet, "courses", f"{at}/certificates", []),
        told(sheet, "courses", "/cohorts", [], state=["upcoming", "running"]),
        told(sheet, "courses", "/courses", []),
        told(sheet, "outcomes", f"{at}/placements", {"placements": []}),
        told(sheet, "outcomes", "/companies", []),
    )
    return Person(days(citizen), days(referrals), *answers)
