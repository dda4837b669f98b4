"""A citizen's unit of the jobcenter. No event told before says one, so everybody begins without."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("circumstances", sa.Column("unit", sa.String()))
    op.add_column("standing", sa.Column("unit", sa.String()))
    op.create_index("standing_unit", "standing", ["municipality", "unit", "unemployed_since", "citizen_id"])


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
