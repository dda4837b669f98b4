"""Finds gaps: for whoever asks, and anew where a result came out otherwise."""

import json
from uuid import UUID

from services.assessment import gap_queries, known_courses, queries
from services.assessment.queries import ProfileView
from services.assessment.rules import gap
from shared.contracts.assessment import GapFound
from shared.persistence import Transaction

FOUND_BEFORE = """
SELECT profile_id, verdict, areas FROM gap JOIN job_profile USING (profile_id)
WHERE citizen_id = $1 AND closed_at IS NULL ORDER BY profile_id
"""


async def find(tx: Transaction, citizen_id: UUID, municipality: str, profile: ProfileView) -> GapFound:
    """How far her newest measurements are from an open profile. Raises Refused where there are none."""
    return gap.find(
        citizen_id,
        municipality,
        profile.profile_id,
        profile.version,
        profile.demands,
        await gap_queries.measurements(tx, citizen_id),
        await known_courses.on_offer(tx, municipality),
    )


async def find_anew(tx: Transaction, citizen_id: UUID, municipality: str) -> None:
    """Tell every gap of hers that is another one now."""
    for row in await tx.fetch(FOUND_BEFORE, citizen_id):
        found = await find(tx, citizen_id, municipality, await queries.open_profile(tx, row["profile_id"]))
        areas = [area.model_dump(mode="json") for area in found.areas]
        if (found.verdict, areas) != (row["verdict"], json.loads(row["areas"])):
            await tx.append(found)
