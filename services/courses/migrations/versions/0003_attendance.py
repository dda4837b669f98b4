"""Attendance: who was there on which day of a cohort."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("enrolment_id", sa.Uuid(), primary_key=True),
        sa.Column("on", sa.Date(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        comment="Whether a participant was there on a day; the later told holds.",
    )
    op.create_index("attendance_cohort", "attendance", ["cohort_id", "on"])
    op.create_index("attendance_citizen", "attendance", ["citizen_id"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
