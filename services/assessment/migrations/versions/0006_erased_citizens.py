"""That a citizen was erased is said like that, as in the other services, and not by a municipality that is missing."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("known_citizen", sa.Column("erased", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE known_citizen SET erased = true WHERE version > 0 AND municipality IS NULL")
    op.drop_column("known_citizen", "version")


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
