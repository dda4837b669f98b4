"""Workshops: the visits, and who has checked in at a site today."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("visit_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.Uuid()),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("themes", JSONB(), nullable=False),
        comment="A visit to a digital workshop; an anonymous one has no citizen.",
    )
    op.create_index("visit_day", "visit", ["municipality", "day"])
    op.create_index("visit_citizen", "visit", ["citizen_id"])
    op.create_table(
        "opening",
        sa.Column("opening_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.UniqueConstraint("municipality", "day", "site", name="opening_once"),
        comment="A site that is open for check-in on a day. Written by commands, deleted after the day.",
    )
    op.create_table(
        "check_in",
        sa.Column("check_in_id", sa.Uuid(), primary_key=True),
        sa.Column("opening_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.Uuid(), nullable=False),
        sa.Column("themes", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("been_before", sa.Boolean()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.UniqueConstraint("opening_id", "form", name="check_in_once"),
        sa.CheckConstraint("state IN ('waiting', 'helped', 'gone')", name="check_in_state"),
        comment="Somebody who has checked in, nobody knows who. Written by commands, deleted after the day.",
    )


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
