"""Who was merged into whom is named alike in all services: ``merged_into``."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE known_citizen RENAME COLUMN kept TO merged_into")
    op.execute("ALTER INDEX ix_known_citizen_kept RENAME TO ix_known_citizen_merged_into")


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
