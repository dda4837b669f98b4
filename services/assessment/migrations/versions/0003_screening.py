"""Profiles that close, gaps that say what they rest on, and what screening knows of citizens, courses and orders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job_profile", sa.Column("validated", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("job_profile", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("job_profile", sa.Column("closed_reason", sa.String()))
    op.add_column("gap", sa.Column("profile_version", sa.Integer()))
    op.add_column("gap", sa.Column("calibrated", sa.Boolean()))
    _known_of_others()


def _known_of_others() -> None:
    op.add_column("known_citizen", sa.Column("here", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("known_citizen", sa.Column("here_version", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE known_citizen SET here_version = version")
    op.add_column("known_citizen", sa.Column("left_on", sa.Date()))
    op.add_column("known_citizen", sa.Column("merged_into", sa.Uuid()))
    op.create_index("known_citizen_merged", "known_citizen", ["merged_into"])
    op.add_column("known_course", sa.Column("title", sa.String()))
    op.add_column("known_course", sa.Column("closed_version", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE known_course SET closed_version = version, version = 0 WHERE NOT on_offer")
    op.create_table(
        "known_order",
        sa.Column("order_id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_version", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid()),
        sa.Column("title", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("seats", sa.Integer()),
        sa.Column("demands", JSONB(), nullable=False),
        comment="A job order as the outcomes service told it last.",
    )
    op.create_index("known_order_municipality", "known_order", ["municipality"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
