"""What the projector keeps of citizens who were erased: their ids, and what they counted.

Not of events: a backup must hold both, and no later migration may empty them. Where an erasure was passed over before,
the stream is read again, and its histories are forgotten then.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    'CREATE TABLE erased (entity text COLLATE "C" PRIMARY KEY)',
    'CREATE TABLE kept_cell (key text COLLATE "C", layout text, n bigint NOT NULL, PRIMARY KEY (key, layout))',
    "UPDATE projector SET epoch = gen_random_uuid(), sequence = 0, event_id = NULL, stored = NULL"
    " WHERE EXISTS (SELECT FROM fact WHERE type = 'citizen-erased')",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
