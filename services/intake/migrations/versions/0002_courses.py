"""Courses that citizens are referred to: which there are, which are wound down, and what took a referral's place."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referral", sa.Column("course_id", sa.Uuid()))
    op.add_column("referral", sa.Column("replaced_by", sa.Uuid()))
    op.create_index("referral_course", "referral", ["course_id"])
    op.create_table(
        "known_course",
        sa.Column("course_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        comment="A course as the courses service told it last.",
    )
    op.create_table(
        "wind_down",
        sa.Column("course_id", sa.Uuid(), primary_key=True),
        sa.Column("cause", sa.String(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String()),
        comment="That a course takes nobody new any more, and why: its pilot was stopped, or it was closed.",
    )
    op.create_index("wind_down_municipality", "wind_down", ["municipality"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
