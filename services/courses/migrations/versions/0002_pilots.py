"""Pilots: what was registered before anyone started, and what was decided since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pilot",
        sa.Column("pilot_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("plan", JSONB(), nullable=False),
        comment="A pilot with what was registered. Its row is the lock on the seats of all cohorts of the course.",
    )
    op.create_index("pilot_course", "pilot", ["course_id"])
    op.create_table(
        "pilot_decision",
        sa.Column("pilot_id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", JSONB(), nullable=False),
        comment="A decision about a pilot, as it was told; version is the pilot's after it.",
    )


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
