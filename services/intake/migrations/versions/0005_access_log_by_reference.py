"""The access log finds a citizen by her reference: the last digits of her id."""

from alembic import op

from shared.persistence.schema import index_access_log_by_reference

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    index_access_log_by_reference(op)


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
