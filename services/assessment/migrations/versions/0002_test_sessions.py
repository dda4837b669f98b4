"""Test sessions: their own append-only log, the banks they froze, and what citizens need."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    """
    CREATE FUNCTION test_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM test_session AS s WHERE s.test_id = OLD.test_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'test_entry is append-only: an entry goes only with its whole session';
    END $$
    """,
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON test_entry"
    " FOR EACH ROW EXECUTE FUNCTION test_entry_is_append_only()",
    "CREATE FUNCTION frozen_bank_is_frozen() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'a frozen bank does not change: tests are recomputed from it'; END $$",
    "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_bank EXECUTE FUNCTION frozen_bank_is_frozen()",
)


def upgrade() -> None:
    op.create_table(
        "test_session",
        sa.Column("test_id", sa.Uuid(), primary_key=True),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("digest", sa.String()),
        sa.Column("pool", sa.String()),
        sa.Column("links", sa.Integer(), nullable=False),
        comment="A test session, as its entries say; due is null once it is over.",
    )
    op.create_index("test_session_citizen", "test_session", ["citizen_id", "offered_at"])
    op.create_index("test_session_due", "test_session", ["due"])
    op.create_index("test_session_pool", "test_session", ["digest", "pool", "begun_at"])
    op.create_table(
        "test_entry",
        sa.Column("test_id", sa.Uuid(), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("asks", sa.String()),
        sa.Column("told", JSONB(), nullable=False),
        comment="What happened in a test, append-only and never published: answers are here.",
    )
    op.create_table(
        "frozen_bank",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        comment="A version of the item bank that a test began with; digest is the SHA-256 of content.",
    )
    op.create_table(
        "test_need",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        comment="That a citizen needs items which everyone can answer with any aid.",
    )
    for statement in APPEND_ONLY:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
