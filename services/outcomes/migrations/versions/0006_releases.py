"""What was published of an indicator in a municipality, as of the last day of which quarter.

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE release (
        municipality   text NOT NULL,
        indicator      text NOT NULL,
        day            date NOT NULL,
        made_at        timestamptz NOT NULL,
        smallest_group integer NOT NULL,
        told           json NOT NULL,
        answers        json NOT NULL,
        PRIMARY KEY (municipality, indicator, day)
    )
    """)
