"""A workshop visit may be taken back: why it was, while it stays to be known as one that was. None was until now."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit", sa.Column("voided", sa.String()))


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
