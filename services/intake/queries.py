"""Reads of intake: what the rules decide on (locked), and what callers may see."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.rules.citizen import Citizen
from services.intake.rules.referral import Referral
from services.intake.standing import holds
from shared.contracts.vocabulary import (
    BarrierKind,
    Device,
    EducationLevel,
    LeavingReason,
    ReferralAnswer,
    ReferralOffer,
    Severity,
    TargetGroup,
)
from shared.persistence import Transaction
from shared.problems import NotFound

HOLDS = holds("target_group", "education_level", "academic", "unemployed_since", "device", "protected", "unit")

MOST_AWAITED = 100

HERS = "(SELECT citizen_id FROM citizen WHERE citizen_id = $1 OR merged_into = $1)"
"""The ids that tell of citizen $1: her own, and what was merged into it."""
DECIDED_ON = f"""
    SELECT c.registered_on, c.left_on, c.merged_into,
        (SELECT json_object_agg(kind, severity ORDER BY citizen_id = $1) FROM barrier WHERE citizen_id IN {HERS})
            AS barriers,
        e.version, (SELECT version FROM entity WHERE subject = e.subject) AS read_at
    FROM entity AS e JOIN citizen AS c ON e.subject = 'citizen/' || c.citizen_id
    WHERE c.citizen_id = $1 AND c.municipality = $2
"""
"""Citizen $1 of municipality $2. Of a barrier that was told under several of her ids, her own comes last, and stands.

With a lock, ``version`` is that of the locked row and ``read_at`` the one that the rest was read at.
"""
REFERRAL = """
    SELECT r.referral_id, coalesce(c.merged_into, c.citizen_id) AS citizen_id, r.offer, r.answer,
        r.replaced_by IS NOT NULL AS replaced,
        EXISTS (SELECT FROM wind_down AS w WHERE w.course_id = r.course_id) AS wound_down
    FROM referral AS r JOIN citizen AS c USING (citizen_id)
"""
"""A referral, and who goes by it now."""


class BarrierView(BaseModel):
    """An open barrier."""

    kind: BarrierKind
    severity: Severity
    since: date


class CitizenView(BaseModel):
    """A citizen as known today. The CPR number is never told."""

    citizen_id: UUID
    merged_into: UUID | None = Field(
        description="The id that stands for her now, where two were one person: what is new is told there."
    )
    municipality: str
    version: int = Field(description="Send it as Expected-Version with a command that rests on what you read here.")
    birth_year: int
    registered_on: date
    left_on: date | None
    left_reason: LeavingReason | None
    target_group: TargetGroup
    education_level: EducationLevel
    academic: bool
    unemployed_since: date
    device: Device | None
    protected: bool
    unit: str | None = Field(description="Her unit (afdeling), if she belongs to one.")
    barriers: list[BarrierView]


class ReferralView(BaseModel):
    """A referral and, once there is one, its answer or the referral that took its place."""

    referral_id: UUID
    offer: ReferralOffer
    reason: str
    due: date
    made_on: date
    answer: ReferralAnswer | None
    answer_reason: str | None
    answered_on: date | None
    course_id: UUID | None = Field(description="The course, where one is named.")
    replaced_by: UUID | None = Field(description="Referral that took the place of this one; its course was wound down.")


class AwaitedReferral(BaseModel):
    """A referral that waits for its answer, and as much of the citizen as tells her from the others."""

    referral_id: UUID
    citizen_id: UUID
    birth_year: int
    reason: str
    made_on: date
    due: date


class AwaitedReferrals(BaseModel):
    """The referrals to an offer that wait for their answer."""

    total: int = Field(description="How many wait, whether listed or not.")
    referrals: list[AwaitedReferral] = Field(description=f"The first due first; at most {MOST_AWAITED} are listed.")


def _unknown_citizen() -> NotFound:
    return NotFound(
        "citizen-unknown",
        "No such citizen in your municipality",
        "Check the id; POST /citizens/lookup finds the id of a person by her CPR number.",
    )


async def citizen_if_known(tx: Transaction, citizen_id: UUID, municipality: str) -> Citizen | None:
    """The citizen, locked until the commit so that two decisions about her follow each other; None if there is none."""
    row = await tx.fetchrow(f"{DECIDED_ON} FOR UPDATE OF e, c", citizen_id, municipality)
    if row is not None and row["version"] != row["read_at"]:  # the lock was waited for, and she has changed meanwhile
        row = await tx.fetchrow(DECIDED_ON, citizen_id, municipality)
    if row is None:
        return None
    return Citizen(
        citizen_id=citizen_id,
        municipality=municipality,
        registered_on=row["registered_on"],
        left_on=row["left_on"],
        barriers=json.loads(row["barriers"] or "{}"),
        merged_into=row["merged_into"],
    )


async def citizen_to_decide_on(tx: Transaction, citizen_id: UUID, municipality: str) -> Citizen:
    """The citizen, locked until the commit. Raises NotFound; Refused for an id that was merged into another."""
    known = await citizen_if_known(tx, citizen_id, municipality)
    if known is None:
        raise _unknown_citizen()
    known.must_go_by_this_id()
    return known


async def goes_by(tx: Transaction, citizen_id: UUID) -> UUID:
    """The id that stands for a citizen now: hers, or the one that it was merged into."""
    kept: UUID | None = await tx.fetchval("SELECT merged_into FROM citizen WHERE citizen_id = $1", citizen_id)
    return kept or citizen_id


async def circumstances_on(tx: Transaction, citizen_id: UUID, day: date) -> dict[str, Any]:
    """What holds of a citizen on a day, by field; None where nothing was said."""
    row = await tx.fetchrow(
        f"SELECT {HOLDS} FROM circumstances WHERE citizen_id = $1 AND valid_from <= $2", citizen_id, day
    )
    assert row is not None, "an aggregate always gives a row"
    return dict(row)


async def citizen(tx: Transaction, citizen_id: UUID, municipality: str, today: date) -> CitizenView:
    """What is known of the citizen today. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT c.*, e.version FROM citizen AS c JOIN entity AS e ON e.subject = 'citizen/' || c.citizen_id"
        " WHERE c.citizen_id = $1 AND c.municipality = $2",
        citizen_id,
        municipality,
    )
    if row is None:
        raise _unknown_citizen()
    barriers = await tx.fetch(
        f"SELECT DISTINCT ON (kind) kind, severity, since FROM barrier WHERE citizen_id IN {HERS}"
        " ORDER BY kind, citizen_id <> $1",
        citizen_id,
    )
    holds = await circumstances_on(tx, citizen_id, today)
    told = {**row, **holds, "unit": holds["unit"] or None, "barriers": [dict(barrier) for barrier in barriers]}
    return CitizenView.model_validate(told)


async def referral_to_answer(tx: Transaction, referral_id: UUID, municipality: str) -> Referral:
    """The referral, locked after its citizen: all who decide about her lock her first. Raises NotFound."""
    of_ours = f"{REFERRAL} WHERE r.referral_id = $1 AND c.municipality = $2"
    row = await tx.fetchrow(of_ours, referral_id, municipality)
    if row is not None:
        await citizen_if_known(tx, row["citizen_id"], municipality)
        row = await tx.fetchrow(f"{of_ours} FOR UPDATE OF r", referral_id, municipality)
    if row is None:
        raise NotFound(
            "referral-unknown",
            "No such referral in your municipality",
            "Check the id; GET /citizens/{citizen_id}/referrals lists a citizen's referrals.",
        )
    return Referral(municipality=municipality, **row)


async def awaited(tx: Transaction, citizen: Citizen) -> list[Referral]:
    """The citizen's referrals that have no answer yet and that none has replaced."""
    rows = await tx.fetch(
        f"{REFERRAL} WHERE r.citizen_id IN {HERS} AND r.answer IS NULL AND r.replaced_by IS NULL", citizen.citizen_id
    )
    return [Referral(municipality=citizen.municipality, **row) for row in rows]


async def referrals(tx: Transaction, citizen_id: UUID, municipality: str) -> list[ReferralView]:
    """The citizen's referrals, those of ids that were merged into hers too, newest first.

    Raises NotFound for a citizen of another municipality.
    """
    await _must_be_known(tx, citizen_id, municipality)
    rows = await tx.fetch(
        f"SELECT * FROM referral WHERE citizen_id IN {HERS} ORDER BY made_on DESC, referral_id DESC", citizen_id
    )
    return [ReferralView.model_validate(dict(row)) for row in rows]


async def awaited_everywhere(tx: Transaction, municipality: str, offer: ReferralOffer) -> AwaitedReferrals:
    """The municipality's referrals to an offer that wait for their answer, of those who are here; nobody twice."""
    rows = await tx.fetch(
        """
        SELECT *, count(*) OVER () AS total FROM (
            SELECT DISTINCT ON (c.citizen_id) r.referral_id, c.citizen_id, c.birth_year, r.reason, r.made_on, r.due
            FROM referral AS r JOIN citizen AS told USING (citizen_id)
                JOIN citizen AS c ON c.citizen_id = coalesce(told.merged_into, told.citizen_id)
            WHERE c.municipality = $1 AND r.offer = $2 AND r.answer IS NULL AND r.replaced_by IS NULL
                AND c.left_on IS NULL
            ORDER BY c.citizen_id, r.due, r.referral_id
        ) AS hers
        ORDER BY due, referral_id LIMIT $3
        """,
        municipality,
        offer,
        MOST_AWAITED,
    )
    listed = [AwaitedReferral.model_validate(dict(row)) for row in rows]
    return AwaitedReferrals(total=rows[0]["total"] if rows else 0, referrals=listed)


async def _must_be_known(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    known = await tx.fetchval(
        "SELECT true FROM citizen WHERE citizen_id = $1 AND municipality = $2", citizen_id, municipality
    )
    if not known:
        raise _unknown_citizen()
