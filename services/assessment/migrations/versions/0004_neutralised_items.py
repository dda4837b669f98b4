"""Items that were found faulty, and the finished tests that are to be computed anew without them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOR_GOOD = (
    "CREATE FUNCTION neutralised_item_is_for_good() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'a neutralised item stays so: results were computed without it'; END $$",
    "CREATE TRIGGER for_good BEFORE UPDATE OR DELETE OR TRUNCATE ON neutralised_item"
    " EXECUTE FUNCTION neutralised_item_is_for_good()",
)


def upgrade() -> None:
    op.create_table(
        "neutralised_item",
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        comment="An item that was found faulty: not asked and not scored any more, in any bank.",
    )
    op.create_table(
        "rescoring",
        sa.Column("item", sa.String(), primary_key=True),
        sa.Column("test_id", sa.Uuid(), primary_key=True),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("rescored", sa.Boolean()),
        sa.Column("moved", sa.Integer()),
        comment="A finished test that asked a neutralised item; moved counts areas with another level since.",
    )
    op.create_index("rescoring_left", "rescoring", ["test_id"], postgresql_where=sa.text("done_at IS NULL"))
    op.create_index("test_entry_asks", "test_entry", ["asks"])
    for statement in FOR_GOOD:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
