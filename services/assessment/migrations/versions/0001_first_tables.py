"""Assessment's first tables: results, job profiles, gaps, and the citizens and courses it knows of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.persistence.schema import create_shared_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_shared_tables(op)
    _results()
    _profiles_and_gaps()
    _known_of_others()


def _results() -> None:
    op.create_table(
        "test_result",
        sa.Column("test_id", sa.Uuid(), primary_key=True),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("framework_version", sa.String(), nullable=False),
        sa.Column("bank_version", sa.String(), nullable=False),
        sa.Column("calibrated", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        comment="A finished test.",
    )
    op.create_index("test_result_citizen", "test_result", ["citizen_id", "finished_at"])
    op.create_table(
        "area_result",
        sa.Column("test_id", sa.Uuid(), primary_key=True),
        sa.Column("area", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("ability", sa.Float(), nullable=False),
        sa.Column("standard_error", sa.Float(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("level_low", sa.Integer(), nullable=False),
        sa.Column("level_high", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        comment="One area of a test: the ability, how sure it is, and the level with its interval.",
    )


def _profiles_and_gaps() -> None:
    op.create_table(
        "job_profile",
        sa.Column("profile_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("occupation_scheme", sa.String(), nullable=False),
        sa.Column("occupation_code", sa.String(), nullable=False),
        sa.Column("company_id", sa.Uuid()),
        sa.Column("demands", JSONB(), nullable=False),
        sa.Column("tasks", JSONB(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        comment="What a job asks for.",
    )
    op.create_table(
        "gap",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("profile_id", sa.Uuid(), primary_key=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("areas", JSONB(), nullable=False),
        sa.Column("course_ids", JSONB(), nullable=False),
        comment="The newest gap that was found of a citizen to a profile.",
    )


def _known_of_others() -> None:
    op.create_table(
        "known_citizen",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String()),
        comment="A citizen whom intake registered; municipality is null once she is erased.",
    )
    op.create_table(
        "known_course",
        sa.Column("course_id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("on_offer", sa.Boolean(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("areas", JSONB(), nullable=False),
        comment="A course as the courses service told it last.",
    )
    op.create_index("known_course_municipality", "known_course", ["municipality"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
