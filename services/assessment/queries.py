"""Reads of assessment: what the rules decide on, and what callers may see."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, Field

from services.assessment.rules.profile import must_be_open
from shared.clock import danish_day
from shared.contracts.assessment.result import AreaResult
from shared.contracts.vocabulary import Demand, Occupation, TestPurpose
from shared.persistence import Transaction, known_citizens
from shared.persistence.known_citizens import SAME_CITIZEN
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
    validated: bool = Field(
        description="False while the demands are a judgement (skøn, ikke valideret): say so beside them."
    )
    published_at: datetime
    closed_at: datetime | None = Field(description="Since when nobody is held against it any more; null while open.")
    closed_reason: str | None


async def to_decide_on(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Lock the citizen until the commit. Raises NotFound; Refused for an id that was merged into another."""
    await known_citizens.must_be_known(tx, citizen_id, municipality)
    await known_citizens.lock(tx, [citizen_id], municipality)


async def needs_accessible(tx: Transaction, citizen_id: UUID) -> bool:
    """Whether the citizen was given the accessible form of the test when she was asked last."""
    need = f"SELECT bool_or(accessible) FROM test_need WHERE citizen_id IN ({SAME_CITIZEN})"
    return bool(await tx.fetchval(need, citizen_id))


async def tested_on(tx: Transaction, citizen_id: UUID) -> list[date]:
    """The days of her finished tests."""
    rows = await tx.fetch(f"SELECT finished_at FROM test_result WHERE citizen_id IN ({SAME_CITIZEN})", citizen_id)
    return [danish_day(row["finished_at"]) for row in rows]


async def newest_areas(tx: Transaction, citizen_id: UUID) -> list[MeasuredArea]:
    """The newest measurement of each area, in the order of the areas; what was only inferred gives way to it."""
    rows = await tx.fetch(
        f"""
        SELECT DISTINCT ON (a.area) a.*, t.*
        FROM area_result AS a JOIN test_result AS t USING (test_id)
        WHERE t.citizen_id IN ({SAME_CITIZEN}) ORDER BY a.area, a.items > 0 DESC, t.finished_at DESC, t.test_id DESC
        """,
        citizen_id,
    )
    return [MeasuredArea.model_validate(dict(row)) for row in rows]


async def result(tx: Transaction, citizen_id: UUID) -> ResultView:
    """What the citizen can do, as last measured."""
    version = await tx.fetchval("SELECT version FROM entity WHERE subject = $1", f"citizen/{citizen_id}")
    return ResultView(citizen_id=citizen_id, version=version or 0, areas=await newest_areas(tx, citizen_id))


PROFILES = (
    "SELECT p.*, e.version FROM job_profile AS p JOIN entity AS e ON e.subject = 'profile/' || p.profile_id::text"
)


async def profiles(tx: Transaction, *, closed: bool) -> list[ProfileView]:
    """The profiles of every municipality, by title; the closed ones only where they are asked for."""
    chosen = f"{PROFILES} WHERE $1 OR p.closed_at IS NULL ORDER BY p.title, p.profile_id"
    return [_profile(row) for row in await tx.fetch(chosen, closed)]


async def profile(tx: Transaction, profile_id: UUID) -> ProfileView:
    """One profile of any municipality. Raises NotFound."""
    row = await tx.fetchrow(f"{PROFILES} WHERE p.profile_id = $1", profile_id)
    if row is None:
        raise _unknown_profile()
    return _profile(row)


async def open_profile(tx: Transaction, profile_id: UUID) -> ProfileView:
    """A profile of any municipality that somebody is held against: it neither changes nor closes before the commit.

    Raises NotFound, or Refused when it is closed.
    """
    row = await tx.fetchrow(f"{PROFILES} WHERE p.profile_id = $1 FOR SHARE", profile_id)
    if row is None:
        raise _unknown_profile()
    must_be_open(closed=row["closed_at"] is not None)
    return _profile(row)


async def own_profile_to_change(tx: Transaction, profile_id: UUID, municipality: str) -> bool:
    """Whether this municipality's profile is closed; it stays locked until the commit. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT closed_at FROM job_profile WHERE profile_id = $1 AND municipality = $2 FOR UPDATE",
        profile_id,
        municipality,
    )
    if row is None:
        raise _unknown_profile()
    return row["closed_at"] is not None


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
