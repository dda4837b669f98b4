"""Mergers and visits told before there was a place for them (0003, 0004) are taken from the event log.

A visit that is there already stays as it is: it was told since. With an erased citizen goes who was merged into her.
"""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHO_IS_WHOM = """
    SELECT (data->>'citizen_id')::uuid AS citizen_id, (data->>'merged_id')::uuid AS merged_id
    FROM (
        SELECT id, body::jsonb->'data' AS data FROM event_log
        WHERE bus_subject LIKE 'evt.%.intake.citizens-merged.%' OR bus_subject LIKE 'evt.%.intake.citizen-erased.%'
    ) AS told ORDER BY id
"""
"""Mergers, and erasures (without a merged id), as they were told."""
VISITS = """
    INSERT INTO visit (visit_id, municipality, citizen_id, site, day, at, kind, online, minutes, device, themes)
    SELECT DISTINCT ON (data->>'visit_id') (data->>'visit_id')::uuid, data->>'municipality',
        (data->>'citizen_id')::uuid, data->>'site', (at AT TIME ZONE 'Europe/Copenhagen')::date, at, data->>'kind',
        (data->>'online')::boolean, (data->>'minutes')::int, data->>'device', data->'themes'
    FROM (
        SELECT id, body::jsonb->'data' AS data, (body::jsonb->>'time')::timestamptz AS at FROM event_log
        WHERE bus_subject LIKE 'evt.%.intake.workshop-visited.%'
    ) AS told
    WHERE coalesce((data->>'citizen_id')::uuid <> ALL(:erased), true)
    ORDER BY data->>'visit_id', id DESC
    ON CONFLICT (visit_id) DO NOTHING
"""
OF_A_CITIZEN = ("citizen", "circumstances", "standing", "barrier", "referral", "visit", "cpr_vault")


def who_is_whom(told: Iterable[tuple[UUID, UUID | None]]) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Which id stands for each merged one in the end, and all ids that are erased: as intake's state does it."""
    into: dict[UUID, UUID] = {}
    erased: set[UUID] = set()
    for citizen_id, merged_id in told:
        if merged_id is not None:
            kept = into.get(citizen_id, citizen_id)
            into |= dict.fromkeys((merged_id, *_those(into, merged_id)), kept)
        else:
            gone = {citizen_id, *_those(into, citizen_id)}
            erased |= gone
            into = {one: kept for one, kept in into.items() if one not in gone}
    return into, erased


def _those(into: dict[UUID, UUID], kept: UUID) -> list[UUID]:
    return [one for one, other in into.items() if other == kept]


def upgrade() -> None:
    op.create_index("citizen_merged", "citizen", ["merged_into"], postgresql_where=sa.text("merged_into IS NOT NULL"))
    connection = op.get_bind()
    into, erased = who_is_whom(map(tuple, connection.execute(sa.text(WHO_IS_WHOM))))
    ids = sa.bindparam("erased", list(erased), type_=sa.ARRAY(sa.Uuid()))
    for table in OF_A_CITIZEN:
        connection.execute(sa.text(f"DELETE FROM {table} WHERE citizen_id = ANY(:erased)").bindparams(ids))
    for merged_id, kept in into.items():
        merged = {"merged": merged_id, "kept": kept}
        connection.execute(sa.text("UPDATE citizen SET merged_into = :kept WHERE citizen_id = :merged"), merged)
    connection.execute(sa.text(VISITS).bindparams(ids))


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
