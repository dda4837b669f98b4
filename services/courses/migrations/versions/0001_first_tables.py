"""The first tables of courses: courses, cohorts, invitations, enrolments, participations, certificates, citizens."""

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
    op.create_table(
        "course",
        sa.Column("course_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("description", JSONB(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        comment="A course with its whole description; closed_on is null while it takes cohorts.",
    )
    op.create_table(
        "cohort",
        sa.Column("cohort_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("site", sa.String()),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("cancelled_on", sa.Date()),
        sa.Column("frozen_on", sa.Date()),
        comment="A cohort (hold). Its row is the lock under which seats are given.",
    )
    op.create_index("cohort_course", "cohort", ["course_id"])
    op.create_table(
        "invitation",
        sa.Column("cohort_id", sa.Uuid(), primary_key=True),
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("identified", sa.Boolean(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String()),
        sa.Column("reason", sa.String()),
        comment="How far a citizen has come with a cohort before enrolling.",
    )
    op.create_index("ix_invitation_citizen_id", "invitation", ["citizen_id"])
    op.create_table(
        "enrolment",
        sa.Column("enrolment_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("queue", sa.Integer()),
        sa.Column("expires", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String()),
        comment="enrolled, offered or waitlisted while it stands; withdrawn or expired when it is over.",
    )
    op.create_index("enrolment_cohort", "enrolment", ["cohort_id"])
    op.create_index("enrolment_citizen", "enrolment", ["citizen_id"])
    op.create_table(
        "participation",
        sa.Column("enrolment_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date()),
        sa.Column("reason", sa.String()),
        comment="One citizen on a frozen roster; ended is null while it runs.",
    )
    op.create_index("participation_cohort", "participation", ["cohort_id"])
    op.create_index("participation_citizen", "participation", ["citizen_id"])
    op.create_table(
        "certificate",
        sa.Column("certificate_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("award", JSONB(), nullable=False),
        sa.Column("revoked_on", sa.Date()),
        sa.Column("revoked_reason", sa.String()),
        comment="A certificate with its whole award; revoked_on is null while it counts.",
    )
    op.create_index("certificate_citizen", "certificate", ["citizen_id"])
    op.create_table(
        "known_citizen",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("merged_into", sa.Uuid()),
        sa.Column("erased", sa.Boolean(), nullable=False),
        comment="Whom courses may enrol, from intake's events; not rebuilt from this service's log.",
    )
    op.create_index("ix_known_citizen_merged_into", "known_citizen", ["merged_into"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
