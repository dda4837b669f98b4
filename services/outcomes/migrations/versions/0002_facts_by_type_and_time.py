"""Facts by type and by when they were learnt; which definitions the cells were counted by.

The projection is made again from the stream: nothing but time is lost with its tables.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    "TRUNCATE fact, cell, alias, gap",
    "DELETE FROM projector",
    "ALTER TABLE fact ADD COLUMN type text NOT NULL, ADD COLUMN recorded bigint NOT NULL",
    "CREATE INDEX fact_recorded ON fact USING brin (recorded)",
    "ALTER TABLE projector ADD COLUMN definitions text",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
