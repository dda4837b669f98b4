"""The work list of a municipality: what a caseworker needs of each citizen to see whom to act on, a page at a time.

Pages are found by the last line of the page before (keyset), so the hundredth is as fast as the first, and nobody is
skipped or told twice because somebody else was registered meanwhile.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.tables import AWAITED
from shared.contracts.vocabulary import BarrierKind, EducationLevel, ReferralAnswer, ReferralOffer, Severity
from shared.persistence import Transaction
from shared.problems import Invalid

MOST = 100
Presence = Literal["here", "left", "all"]
ReferralState = Literal["waiting", "overdue", "none"]
Sorting = Literal["longest", "newest", "due"]

KEYS: dict[Sorting, tuple[str, str, str]] = {
    "longest": ("s.unemployed_since", ">", "ASC"),
    "newest": ("c.registered_on", "<", "DESC"),
    "due": ("coalesce(w.due, DATE '2999-12-31')", ">", "ASC"),
}
"""The day by which each sorting goes, what comes after another, and in which direction; who waits for nothing is last.

Not on the last day there is: the driver reads and writes that one as *infinity*.
"""
STANDS = "coalesce(o.merged_into, o.citizen_id)"
"""Who stands now for the citizen that something was told of."""
HERS = "(SELECT c.citizen_id UNION ALL SELECT o.citizen_id FROM citizen AS o WHERE o.merged_into = c.citizen_id)"
"""The ids that tell of citizen c: her own, and what was merged into it (decision 0025)."""
TOLD_OF = "(o.citizen_id = ANY($1) OR o.merged_into = ANY($1))"
"""Of citizen o: that one of these stands for her."""
DUE_OF_EACH = (
    f"LEFT JOIN LATERAL (SELECT min(due) AS due FROM {HERS} AS hers JOIN referral USING (citizen_id) WHERE {AWAITED})"
    " AS w ON true"
)
DUE_OF_ALL = (
    f"LEFT JOIN (SELECT {STANDS} AS citizen_id, min(due) AS due FROM referral JOIN citizen AS o USING (citizen_id)"
    f" WHERE {AWAITED} GROUP BY 1) AS w ON w.citizen_id = c.citizen_id"
)
"""The same where all of them are looked at anyway."""
FROM = """
    FROM citizen AS c JOIN standing AS s
        ON s.citizen_id = c.citizen_id AND s.valid_from <= $2 AND s.valid_until > $2 AND s.municipality = $1
"""
WHERE = f"""
    WHERE c.municipality = $1 AND c.merged_into IS NULL
        AND ($3::text IS NULL OR s.target_group = $3)
        AND ($4::text IS NULL OR c.citizen_id IN (
            SELECT {STANDS} FROM barrier AS b JOIN citizen AS o USING (citizen_id) WHERE b.kind = $4))
        AND ($5::text IS NULL OR right(c.citizen_id::text, 8) = $5 OR EXISTS (
            SELECT FROM citizen AS o WHERE o.merged_into = c.citizen_id AND right(o.citizen_id::text, 8) = $5))
"""
UNIT = {None: "AND $6::text IS NULL", "": "AND s.unit IS NULL AND $6::text = ''"}
"""Of which unit: of any, or of none; of a named one otherwise."""
OF_UNIT = "AND s.unit = $6"
HERE: dict[Presence, str] = {"here": "AND c.left_on IS NULL", "left": "AND c.left_on IS NOT NULL", "all": ""}
REFERRED: dict[ReferralState | None, str] = {
    None: "",
    "waiting": "AND w.due IS NOT NULL",
    "overdue": "AND w.due < $2",
    "none": f"AND NOT EXISTS (SELECT FROM referral JOIN citizen AS o USING (citizen_id) WHERE {STANDS} = c.citizen_id)",
}


class OpenBarrier(BaseModel):
    """A barrier that stands."""

    kind: BarrierKind
    severity: Severity


class NewestReferral(BaseModel):
    """The referral that was made last."""

    referral_id: UUID
    offer: ReferralOffer
    made_on: date
    due: date
    answer: ReferralAnswer | None = Field(description="Null while the citizen's answer is awaited.")
    replaced: bool = Field(description="Whether another one took its place.")


class ListedCitizen(BaseModel):
    """One line of the work list."""

    citizen_id: UUID
    birth_year: int
    target_group: str
    education_level: EducationLevel
    unemployed_since: date
    protected: bool
    unit: str | None = Field(description="Her unit (afdeling), if she belongs to one.")
    registered_on: date
    left_on: date | None
    barriers: list[OpenBarrier]
    awaited_due: date | None = Field(description="The first day on which a referral without an answer is due.")
    referral: NewestReferral | None


class WorkList(BaseModel):
    """A page of the work list."""

    total: int = Field(description="How many citizens there are on all pages.")
    next: str | None = Field(description="Send it as `after` for the next page; null on the last.")
    citizens: list[ListedCitizen]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which citizens, and in which order; None asks for all, an empty unit for those who belong to none."""

    municipality: str
    today: date
    target_group: str | None = None
    barrier: str | None = None
    referral: ReferralState | None = None
    presence: Presence = "here"
    reference: str | None = None
    unit: str | None = None
    sort: Sorting = "longest"

    @property
    def arguments(self) -> tuple[object, ...]:
        """What the queries' $1 to $6 stand for."""
        return self.municipality, self.today, self.target_group, self.barrier, self.reference, self.unit


def cursor(text: str | None) -> tuple[date, UUID] | None:
    """The last line of the page before: its day and its citizen. Raises Invalid for what no page gave."""
    if text is None:
        return None
    day, _, citizen_id = text.partition("_")
    try:
        return date.fromisoformat(day), UUID(citizen_id)
    except ValueError as failure:
        raise Invalid(
            "cursor-unreadable", "`after` is not what a page of this list gave", "Send `next` of the page before."
        ) from failure


async def work_list(tx: Transaction, asked: Asked, *, limit: int, after: tuple[date, UUID] | None) -> WorkList:
    """A page of the list. Whoever asks logs the reads."""
    key, beyond, direction = KEYS[asked.sort]
    chosen = f"{WHERE} {UNIT.get(asked.unit, OF_UNIT)} {HERE[asked.presence]} {REFERRED[asked.referral]}"
    due = DUE_OF_ALL if asked.sort == "due" or asked.referral in {"waiting", "overdue"} else DUE_OF_EACH
    rows = await tx.fetch(
        f"SELECT c.citizen_id, c.birth_year, c.registered_on, c.left_on, s.target_group, s.education_level,"
        f" s.unemployed_since, s.protected, s.unit, w.due AS awaited_due, {key} AS key {FROM} {due} {chosen}"
        f" AND ($7::date IS NULL OR ({key}, c.citizen_id) {beyond} ($7::date, $8::uuid))"
        f" ORDER BY {key} {direction}, c.citizen_id {direction} LIMIT $9",
        *asked.arguments,
        *(after or (None, None)),
        limit + 1,
    )
    counted = FROM + (DUE_OF_ALL if asked.referral in {"waiting", "overdue"} else "")
    total = await tx.fetchval(f"SELECT count(*) {counted} {chosen}", *asked.arguments)
    shown = rows[:limit]
    ids = [row["citizen_id"] for row in shown]
    barriers, referrals = await _barriers(tx, ids), await _referrals(tx, ids)
    lines = [
        ListedCitizen.model_validate(
            {**row, "barriers": barriers[row["citizen_id"]], "referral": referrals.get(row["citizen_id"])}
        )
        for row in shown
    ]
    more = f"{shown[-1]['key'].isoformat()}_{ids[-1]}" if len(rows) > limit else None
    return WorkList(total=total, next=more, citizens=lines)


async def units(tx: Transaction, municipality: str, today: date) -> list[str]:
    """The units that citizens of a municipality belong to today, by name; who has left is not counted."""
    rows = await tx.fetch(
        f"SELECT DISTINCT s.unit {FROM} WHERE s.unit IS NOT NULL AND c.left_on IS NULL"
        " AND c.merged_into IS NULL ORDER BY s.unit",
        municipality,
        today,
    )
    return [row["unit"] for row in rows]


async def _barriers(tx: Transaction, citizens: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Her own say how much a barrier weighs, also where it was told of an id that was merged, too."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = await tx.fetch(
        f"SELECT DISTINCT ON (1, kind) {STANDS} AS citizen_id, kind, severity"
        f" FROM barrier JOIN citizen AS o USING (citizen_id) WHERE {TOLD_OF}"
        f" ORDER BY 1, kind, o.merged_into IS NOT NULL",
        citizens,
    )
    for row in rows:
        found[row["citizen_id"]].append(dict(row))
    return found


async def _referrals(tx: Transaction, citizens: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = await tx.fetch(
        f"SELECT DISTINCT ON (1) {STANDS} AS citizen_id, referral_id, offer, made_on, due, answer,"
        f" replaced_by IS NOT NULL AS replaced FROM referral JOIN citizen AS o USING (citizen_id) WHERE {TOLD_OF}"
        " ORDER BY 1, made_on DESC, referral_id DESC",
        citizens,
    )
    return {row["citizen_id"]: dict(row) for row in rows}
