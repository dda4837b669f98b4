"""Every value that a target was given, with the moment it was recorded, so that targets can be told as once known.

Those set before are taken from the event log.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE target_setting (
    municipality text NOT NULL,
    indicator    text NOT NULL,
    period       text NOT NULL,
    sequence     bigint NOT NULL,
    recorded     timestamptz NOT NULL,
    value        double precision NOT NULL,
    PRIMARY KEY (municipality, indicator, period, sequence)
)
"""

FROM_LOG = """
INSERT INTO target_setting (municipality, indicator, period, sequence, recorded, value)
SELECT e->'data'->>'municipality', e->'data'->>'indicator', e->'data'->>'period', version,
    (e->>'recordedtime')::timestamptz, (e->'data'->>'value')::double precision
FROM event_log CROSS JOIN LATERAL (SELECT body::jsonb AS e) AS told
WHERE subject ^@ 'target/'
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute(FROM_LOG)
