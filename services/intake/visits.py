"""The visits to workshops as callers may see them: known citizens by their ids, everybody else as counts."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.rules.visit import VisitKind
from services.intake.rules.voiding import Visit
from shared.contracts.intake.workshop_visited import ThemeVisited
from shared.contracts.vocabulary import Device
from shared.persistence import Transaction
from shared.problems import NotFound

MOST_SITES = 50


class AnonymousVisit(BaseModel):
    """A visit of somebody who is not known."""

    visit_id: UUID
    at: datetime
    site: str
    kind: VisitKind
    online: bool
    themes: list[ThemeVisited]
    minutes: int
    device: Device


class VisitView(AnonymousVisit):
    """A visit of a known citizen."""

    citizen_id: UUID


class ThemeCount(BaseModel):
    """How often a theme was worked on, and how often each degree of autonomy was reached."""

    theme: str
    helped: int
    partly: int
    alone: int


class AnonymousView(BaseModel):
    """The visits of people who are not known, together and each."""

    visits: int
    themes: list[ThemeCount]
    each: list[AnonymousVisit] = Field(description="The newest first: one of them can be taken back.")


class DayOfVisits(BaseModel):
    """The visits of one day, without those that were taken back."""

    day: date
    site: str | None = Field(description="The site, where only one was asked for.")
    known: list[VisitView] = Field(description="Visits of known citizens, the newest first.")
    anonymous: AnonymousView


async def of_day(tx: Transaction, municipality: str, day: date, site: str | None) -> DayOfVisits:
    """The visits of a day at a site, or at all of them."""
    rows = await tx.fetch(
        "SELECT v.*, coalesce(c.merged_into, v.citizen_id) AS who"
        " FROM visit AS v LEFT JOIN citizen AS c USING (citizen_id)"
        " WHERE v.municipality = $1 AND v.day = $2 AND ($3::text IS NULL OR v.site = $3) AND v.voided IS NULL"
        " ORDER BY v.at DESC, v.visit_id DESC",
        municipality,
        day,
        site,
    )
    visits = [{**row, "citizen_id": row["who"], "themes": json.loads(row["themes"])} for row in rows]
    nobody = [visit for visit in visits if visit["citizen_id"] is None]
    return DayOfVisits(
        day=day,
        site=site,
        known=[VisitView.model_validate(visit) for visit in visits if visit["citizen_id"] is not None],
        anonymous=AnonymousView(
            visits=len(nobody),
            themes=_counted(nobody),
            each=[AnonymousVisit.model_validate(visit) for visit in nobody],
        ),
    )


def _counted(visits: Iterable[dict[str, Any]]) -> list[ThemeCount]:
    """The themes of visits, the most frequent first."""
    counts = Counter((one["theme"], one["autonomy"]) for visit in visits for one in visit["themes"])
    themes = [
        ThemeCount(theme=theme, **{autonomy: counts[theme, autonomy] for autonomy in ("helped", "partly", "alone")})
        for theme in {theme for theme, _ in counts}
    ]
    return sorted(themes, key=lambda one: (-(one.helped + one.partly + one.alone), one.theme))


async def to_take_back(tx: Transaction, visit_id: UUID, municipality: str) -> Visit:
    """The visit, locked until the commit, of whoever goes by it now. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT v.visit_id, v.municipality, v.site, v.voided, coalesce(c.merged_into, v.citizen_id) AS citizen_id"
        " FROM visit AS v LEFT JOIN citizen AS c USING (citizen_id)"
        " WHERE v.visit_id = $1 AND v.municipality = $2 FOR UPDATE OF v",
        visit_id,
        municipality,
    )
    if row is None:
        raise NotFound(
            "visit-unknown",
            "No such visit in your municipality",
            "Check the id; GET /visits lists the visits of a day.",
        )
    return Visit(**row)


async def sites(tx: Transaction, municipality: str) -> list[str]:
    """The sites that the municipality has used, the last used first."""
    rows = await tx.fetch(
        """
        SELECT site FROM (
            SELECT site, max(day) AS day FROM visit WHERE municipality = $1 AND voided IS NULL GROUP BY site
            UNION ALL SELECT site, day FROM opening WHERE municipality = $1
        ) AS used GROUP BY site ORDER BY max(day) DESC, site LIMIT $2
        """,
        municipality,
        MOST_SITES,
    )
    return [row["site"] for row in rows]
