"""The job orders, which were only counted until now. Those told before are taken from the event log.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE job_order (
    order_id       uuid PRIMARY KEY,
    company_id     uuid NOT NULL,
    municipality   text NOT NULL,
    profile_id     uuid,
    title          text,
    demands        jsonb NOT NULL,
    kind           text NOT NULL,
    seats          int NOT NULL,
    expectations   text NOT NULL,
    visible_in_app boolean NOT NULL,
    placed         timestamptz NOT NULL,
    closed         timestamptz,
    closed_reason  text
)
"""

FROM_LOG = """
WITH told AS (
    SELECT subject, version, body::jsonb AS e FROM event_log WHERE subject ^@ 'order/'
), described AS (
    SELECT DISTINCT ON (subject) subject, e->'data' AS data, min((e->>'time')::timestamptz) OVER of_order AS placed
    FROM told WHERE e->>'type' ~ '[.]order-(placed|changed)[.]'
    WINDOW of_order AS (PARTITION BY subject)
    ORDER BY subject, version DESC
), closing AS (
    SELECT DISTINCT ON (subject) subject, e->'data' AS data, (e->>'time')::timestamptz AS closed
    FROM told WHERE e->>'type' ~ '[.]order-closed[.]'
    ORDER BY subject, version DESC
)
INSERT INTO job_order (order_id, company_id, municipality, profile_id, title, demands, kind, seats, expectations,
    visible_in_app, placed, closed, closed_reason)
SELECT (d.data->>'order_id')::uuid, (d.data->>'company_id')::uuid, d.data->>'municipality',
    (d.data->>'profile_id')::uuid, d.data->>'title', d.data->'demands', d.data->>'kind', (d.data->>'seats')::int,
    d.data->>'expectations', (d.data->>'visible_in_app')::boolean, d.placed, c.closed, c.data->>'reason'
FROM described AS d LEFT JOIN closing AS c USING (subject)
"""


def upgrade() -> None:
    op.execute(TABLE)
    op.execute("CREATE INDEX ix_job_order_company_id ON job_order (company_id)")
    op.execute("CREATE INDEX job_order_placed ON job_order (municipality, placed)")
    op.execute(FROM_LOG)
