"""How assessment's events change its tables: the only code that writes them, but for what reactions.py copies.

Every function can be applied again in order and gives the same rows: an import, a rebuild and a command agree.
"""

import json
from datetime import datetime

from shared.contracts.assessment import (
    GapFound,
    JobProfileClosed,
    JobProfilePublished,
    ResultRescored,
    TestFinished,
)
from shared.contracts.envelope import Envelope
from shared.persistence import Appliers, Statement, Transaction


async def told(tx: Transaction, event: TestFinished | ResultRescored, envelope: Envelope) -> None:
    """A test has a result, or another one than was told before: the day of the test stays."""
    await tx.execute(
        """
        INSERT INTO test_result (test_id, citizen_id, finished_at, framework, framework_version, bank_version,
            calibrated, purpose, assisted)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (test_id) DO UPDATE SET framework = excluded.framework,
            framework_version = excluded.framework_version, bank_version = excluded.bank_version,
            calibrated = excluded.calibrated, purpose = excluded.purpose, assisted = excluded.assisted
        """,
        event.test_id,
        event.citizen_id,
        envelope.time,
        event.framework,
        event.framework_version,
        event.bank_version,
        event.calibrated,
        event.purpose,
        event.assisted,
    )
    await tx.execute("DELETE FROM area_result WHERE test_id = $1", event.test_id)
    await tx.execute(
        """
        INSERT INTO area_result (test_id, area, ability, standard_error, level, level_low, level_high, items)
        SELECT $1, * FROM jsonb_to_recordset($2::jsonb) AS area (area int, ability float8, standard_error float8,
            level int, level_low int, level_high int, items int)
        """,
        event.test_id,
        json.dumps([area.model_dump() for area in event.areas]),
    )


def profile_published(event: JobProfilePublished, at: datetime) -> Statement:
    """A profile is there, or is there anew; so it is open."""
    return Statement(
        """
        INSERT INTO job_profile (profile_id, municipality, title, occupation_scheme, occupation_code, company_id,
            demands, tasks, published_at, validated)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (profile_id) DO UPDATE SET title = excluded.title, occupation_scheme = excluded.occupation_scheme,
            occupation_code = excluded.occupation_code, company_id = excluded.company_id, demands = excluded.demands,
            tasks = excluded.tasks, published_at = excluded.published_at, validated = excluded.validated,
            closed_at = NULL, closed_reason = NULL
        """,
        event.profile_id,
        event.municipality,
        event.title,
        event.occupation.scheme,
        event.occupation.code,
        event.company_id,
        json.dumps([demand.model_dump() for demand in event.demands]),
        json.dumps(event.tasks),
        at,
        bool(event.validated),
    )


def profile_closed(event: JobProfileClosed, at: datetime) -> Statement:
    """The profile stays readable, and nobody is held against it."""
    return Statement(
        "UPDATE job_profile SET closed_at = $2, closed_reason = $3 WHERE profile_id = $1",
        event.profile_id,
        at,
        event.reason,
    )


def gap_found(event: GapFound, at: datetime) -> Statement:
    """The newest gap to a profile replaces the one before; one that is told late replaces none that is newer."""
    return Statement(
        """
        INSERT INTO gap (citizen_id, profile_id, found_at, verdict, areas, course_ids, profile_version, calibrated)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (citizen_id, profile_id) DO UPDATE SET found_at = excluded.found_at, verdict = excluded.verdict,
            areas = excluded.areas, course_ids = excluded.course_ids, profile_version = excluded.profile_version,
            calibrated = excluded.calibrated
        WHERE gap.found_at <= excluded.found_at
        """,
        event.citizen_id,
        event.profile_id,
        at,
        event.verdict,
        json.dumps([area.model_dump(mode="json") for area in event.areas]),
        json.dumps([str(course_id) for course_id in event.course_ids]),
        event.profile_version,
        event.calibrated,
    )


APPLY: Appliers = {
    TestFinished: told,
    ResultRescored: told,
    JobProfilePublished: profile_published,
    JobProfileClosed: profile_closed,
    GapFound: gap_found,
}
