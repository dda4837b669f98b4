"""The work list: what holds of each citizen in each stretch of time, so that a list need not put it together."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# as services/intake/standing.py does it for one citizen; repeated, for a migration stays as it was
FILL = """
    INSERT INTO standing
    SELECT c.citizen_id, d.valid_from,
        coalesce(lead(d.valid_from) OVER (PARTITION BY c.citizen_id ORDER BY d.valid_from), 'infinity'),
        c.municipality, h.target_group, h.education_level, h.unemployed_since, h.protected
    FROM citizen AS c JOIN (SELECT DISTINCT citizen_id, valid_from FROM circumstances) AS d USING (citizen_id),
        LATERAL (
            SELECT
                (array_agg(target_group ORDER BY valid_from DESC, version DESC)
                    FILTER (WHERE target_group IS NOT NULL))[1] AS target_group,
                (array_agg(education_level ORDER BY valid_from DESC, version DESC)
                    FILTER (WHERE education_level IS NOT NULL))[1] AS education_level,
                (array_agg(unemployed_since ORDER BY valid_from DESC, version DESC)
                    FILTER (WHERE unemployed_since IS NOT NULL))[1] AS unemployed_since,
                (array_agg(protected ORDER BY valid_from DESC, version DESC)
                    FILTER (WHERE protected IS NOT NULL))[1] AS protected
            FROM circumstances AS x WHERE x.citizen_id = c.citizen_id AND x.valid_from <= d.valid_from
        ) AS h
"""


def upgrade() -> None:
    op.add_column("citizen", sa.Column("merged_into", sa.Uuid()))
    op.create_index("citizen_newest", "citizen", ["municipality", "registered_on", "citizen_id"])
    op.create_index(
        "referral_awaited",
        "referral",
        ["citizen_id", "due"],
        postgresql_where=sa.text("answer IS NULL AND replaced_by IS NULL"),
    )
    op.create_table(
        "standing",
        sa.Column("citizen_id", sa.Uuid(), primary_key=True),
        sa.Column("valid_from", sa.Date(), primary_key=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("target_group", sa.String(), nullable=False),
        sa.Column("education_level", sa.String(), nullable=False),
        sa.Column("unemployed_since", sa.Date(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        comment="What holds of a citizen from valid_from up to, not including, valid_until: the work list reads it.",
    )
    op.create_index("standing_longest", "standing", ["municipality", "unemployed_since", "citizen_id"])
    op.execute(FILL)


def downgrade() -> None:
    raise RuntimeError("the event log is never taken down; restore a backup instead")
