"""Nobody asks for the cells of a cohort any more: documents follow what changed, and an index less is written."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE cell DROP COLUMN IF EXISTS cohorts")  # with its index


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
