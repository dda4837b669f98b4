"""The visits to workshops as callers may see them: known citizens by their ids, everybody else as counts."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.rules.visit import VisitKind
from shared.contracts.intake.workshop_visited import ThemeVisited
from shared.contracts.vocabulary import Device
from shared.persistence import Transaction

MOST_SITES = 50


class VisitView(BaseModel):
    """A visit of a known citizen."""

    visit_id: UUID
    citizen_id: UUID
    at: datetime
    site: str
    kind: VisitKind
    online: bool
    themes: list[ThemeVisited]
    minutes: int
    device: Device


class ThemeCount(BaseModel):
    """How often a theme was worked on, and how often each degree of autonomy was reached."""

    theme: str
    helped: int
    partly: int
    alone: int


class AnonymousView(BaseModel):
    """The visits of people who are not known, together."""

    visits: int
    themes: list[ThemeCount]


class DayOfVisits(BaseModel):
    """The visits of one day."""

    day: date
    site: str | None = Field(description="The site, where only one was asked for.")
    known: list[VisitView] = Field(description="Visits of known citizens, the newest first.")
    anonymous: AnonymousView


async def of_day(tx: Transaction, municipality: str, day: date, site: str | None) -> DayOfVisits:
    """The visits of a day at a site, or at all of them."""
    rows = await tx.fetch(
        "SELECT v.*, coalesce(c.merged_into, v.citizen_id) AS who"
        " FROM visit AS v LEFT JOIN citizen AS c USING (citizen_id)"
        " WHERE v.municipality = $1 AND v.day = $2 AND ($3::text IS NULL OR v.site = $3)"
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
        anonymous=AnonymousView(visits=len(nobody), themes=_counted(nobody)),
    )


def _counted(visits: Iterable[dict[str, Any]]) -> list[ThemeCount]:
    """The themes of visits, the most frequent first."""
    counts = Counter((one["theme"], one["autonomy"]) for visit in visits for one in visit["themes"])
    themes = [
        ThemeCount(theme=theme, **{autonomy: counts[theme, autonomy] for autonomy in ("helped", "partly", "alone")})
        for theme in {theme for theme, _ in counts}
    ]
    return sorted(themes, key=lambda one: (-(one.helped + one.partly + one.alone), one.theme))


async def sites(tx: Transaction, municipality: str) -> list[str]:
    """The sites that the municipality has used, the last used first."""
    rows = await tx.fetch(
        """
        SELECT site FROM (
            SELECT site, max(day) AS day FROM visit WHERE municipality = $1 GROUP BY site
            UNION ALL SELECT site, day FROM opening WHERE municipality = $1
        ) AS used GROUP BY site ORDER BY max(day) DESC, site LIMIT $2
        """,
        municipality,
        MOST_SITES,
    )
    return [row["site"] for row in rows]
