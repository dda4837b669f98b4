"""Intake's first tables: citizens, circumstances, barriers, referrals, the CPR vault."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.schema import create_shared_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_shared_tables(op)
    op.create_table(
        "citizen",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date()),
        sa.Column("left_reason", sa.String()),
        comment="A citizen of one municipality; left_on is null while she is at the jobcenter.",
    )
    op.create_table(
        "circumstances",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("target_group", sa.String()),
        sa.Column("education_level", sa.String()),
        sa.Column("academic", sa.Boolean()),
        sa.Column("unemployed_since", sa.Date()),
        sa.Column("device", sa.String()),
        sa.Column("protected", sa.Boolean()),
        comment="What an event said about a citizen from a day on; null where it said nothing.",
    )
    op.create_table(
        "barrier",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        comment="An open barrier.",
    )
    op.create_table(
        "referral",
        sa.Column("referral_id", sa.Uuid(), primary_key=True),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("offer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("answer_reason", sa.String()),
        sa.Column("answered_on", sa.Date()),
        sa.CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="referral_answer_has_a_day"),
        comment="A referral, and its answer once there is one.",
    )
    op.create_index("referral_citizen", "referral", ["citizen_id"])
    op.create_table(
        "cpr_vault",
        sa.Column("lookup", sa.LargeBinary(), primary_key=True),
        sa.Column("citizen_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        comment="Sealed CPR numbers, found by a keyed hash. Written by the command, not from events.",
    )


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
