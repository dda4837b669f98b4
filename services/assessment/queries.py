"""Reads of assessment: what the rules decide on, and what callers may see."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, Field

from services.assessment.rules.gap import Course, Measurement
from shared.contracts.assessment.gap_found import AreaGap
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import AreaLevel, Demand, GapVerdict, Occupation, TestPurpose
from shared.persistence import Transaction
from shared.problems import NotFound


class MeasuredArea(AreaResult):
    """The newest measurement of one area, and the test it comes from."""

    test_id: UUID
    finished_at: datetime
    framework: str
    framework_version: str
    bank_version: str
    calibrated: bool = Field(description="False while item difficulties are set by experts (ikke kalibreret).")
    purpose: TestPurpose
    assisted: bool


class ResultView(BaseModel):
    """What the citizen can do, as last measured; areas that were never measured are absent."""

    citizen_id: UUID
    version: int = Field(description="Send it as Expected-Version with a command that rests on what you read here.")
    areas: list[MeasuredArea]


class ProfileView(BaseModel):
    """A job profile. Profiles are shared: every municipality reads them all, only its own changes one."""

    profile_id: UUID
    municipality: str
    version: int = Field(description="Send it as Expected-Version when you publish the profile anew.")
    title: str
    occupation: Occupation
    demands: list[Demand]
    tasks: list[str]
    company_id: UUID | None
    published_at: datetime


class GapView(BaseModel):
    """A found gap; the rule behind the verdict is in services/assessment/rules/gap.py."""

    profile_id: UUID
    found_at: datetime
    verdict: GapVerdict
    areas: list[AreaGap]
    course_ids: list[UUID]


async def must_be_known(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Raise NotFound unless intake registered the citizen in this municipality."""
    known = await tx.fetchval(
        "SELECT true FROM known_citizen WHERE citizen_id = $1 AND municipality = $2", citizen_id, municipality
    )
    if not known:
        raise NotFound(
            "citizen-unknown",
            "No such citizen in your municipality",
            "Check the id. A citizen who was registered a moment ago may not be known here yet: try again in a second.",
        )


async def newest_areas(tx: Transaction, citizen_id: UUID) -> list[MeasuredArea]:
    """The newest measurement of each area, in the order of the areas; what was only inferred gives way to it."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (a.area) a.*, t.*
        FROM area_result AS a JOIN test_result AS t USING (test_id)
        WHERE t.citizen_id = $1 ORDER BY a.area, a.items > 0 DESC, t.finished_at DESC, t.test_id DESC
        """,
        citizen_id,
    )
    return [MeasuredArea.model_validate(dict(row)) for row in rows]


async def measurements(tx: Transaction, citizen_id: UUID) -> dict[int, Measurement]:
    """The newest measurement of each area, as the gap's rule wants it."""
    areas = await newest_areas(tx, citizen_id)
    return {area.area: Measurement(area.level, area.level_low, area.level_high) for area in areas}


async def result(tx: Transaction, citizen_id: UUID) -> ResultView:
    """What the citizen can do, as last measured."""
    version = await tx.fetchval("SELECT version FROM entity WHERE subject = $1", f"citizen/{citizen_id}")
    return ResultView(citizen_id=citizen_id, version=version or 0, areas=await newest_areas(tx, citizen_id))


async def courses_on_offer(tx: Transaction, municipality: str) -> list[Course]:
    """The municipality's courses, shortest first: it is intensive upskilling that is asked for."""
    rows = await tx.fetch(
        "SELECT course_id, areas FROM known_course WHERE municipality = $1 AND on_offer ORDER BY weeks, course_id",
        municipality,
    )
    return [
        Course(row["course_id"], tuple(AreaLevel.model_validate(area) for area in json.loads(row["areas"])))
        for row in rows
    ]


PROFILES = (
    "SELECT p.*, e.version FROM job_profile AS p JOIN entity AS e ON e.subject = 'profile/' || p.profile_id::text"
)


async def profiles(tx: Transaction) -> list[ProfileView]:
    """Every profile of every municipality, by title."""
    return [_profile(row) for row in await tx.fetch(f"{PROFILES} ORDER BY p.title, p.profile_id")]


async def profile(tx: Transaction, profile_id: UUID) -> ProfileView:
    """One profile of any municipality. Raises NotFound."""
    row = await tx.fetchrow(f"{PROFILES} WHERE p.profile_id = $1", profile_id)
    if row is None:
        raise _unknown_profile()
    return _profile(row)


async def must_be_own_profile(tx: Transaction, profile_id: UUID, municipality: str) -> None:
    """Raise NotFound unless the profile is of this municipality."""
    own = await tx.fetchval(
        "SELECT true FROM job_profile WHERE profile_id = $1 AND municipality = $2", profile_id, municipality
    )
    if not own:
        raise _unknown_profile()


async def gaps(tx: Transaction, citizen_id: UUID) -> list[GapView]:
    """The newest gap to each profile that the citizen was held against, newest first."""
    rows = await tx.fetch("SELECT * FROM gap WHERE citizen_id = $1 ORDER BY found_at DESC, profile_id", citizen_id)
    return [GapView.model_validate(_read(row, "areas", "course_ids")) for row in rows]


def _profile(row: Record) -> ProfileView:
    occupation = Occupation(scheme=row["occupation_scheme"], code=row["occupation_code"])
    return ProfileView.model_validate(_read(row, "demands", "tasks") | {"occupation": occupation})


def _read(row: Record, *documents: str) -> dict[str, Any]:
    """The row with its JSON columns read."""
    return dict(row) | {name: json.loads(row[name]) for name in documents}


def _unknown_profile() -> NotFound:
    return NotFound(
        "profile-unknown",
        "No such job profile",
        "Check the id; GET /profiles lists them. A profile of another municipality can be read, but not changed.",
    )
