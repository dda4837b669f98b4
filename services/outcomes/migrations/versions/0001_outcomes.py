"""The tables of outcomes: the commands' state and the projector's.

Revision ID: 0001
Revises:
"""

from alembic import op

from shared.persistence.schema import create_shared_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATE = (
    """
    CREATE TABLE company (
        company_id   uuid PRIMARY KEY,
        municipality text NOT NULL,
        name         text NOT NULL,
        cvr          text NOT NULL,
        p_number     text,
        employees    int NOT NULL,
        sme          boolean NOT NULL,
        industry     text NOT NULL
    )
    """,
    "CREATE INDEX company_cvr ON company (municipality, cvr)",
    """
    CREATE TABLE agreement (
        agreement_id uuid PRIMARY KEY,
        company_id   uuid NOT NULL,
        municipality text NOT NULL,
        kind         text NOT NULL,
        signed_on    date NOT NULL,
        until        date,
        ended_on     date
    )
    """,
    "CREATE INDEX ix_agreement_company_id ON agreement (company_id)",
    """
    CREATE TABLE contact (
        contact_id   uuid PRIMARY KEY,
        company_id   uuid NOT NULL,
        municipality text NOT NULL,
        wants        text NOT NULL,
        asked        timestamptz NOT NULL,
        answered     timestamptz
    )
    """,
    "CREATE INDEX ix_contact_company_id ON contact (company_id)",
    "CREATE INDEX contact_asked ON contact (municipality, asked)",
    """
    CREATE TABLE matchmaking_event (
        event_id     uuid PRIMARY KEY,
        municipality text NOT NULL,
        cohort_ids   uuid[] NOT NULL,
        companies    uuid[] NOT NULL,
        rounds       int NOT NULL,
        online       boolean NOT NULL,
        planned_on   date NOT NULL,
        held_on      date
    )
    """,
    "CREATE INDEX matchmaking_event_day ON matchmaking_event (municipality, planned_on)",
    """
    CREATE TABLE meeting (
        event_id         uuid NOT NULL,
        round            int NOT NULL,
        citizen_id       uuid NOT NULL,
        municipality     text NOT NULL,
        table_number     int NOT NULL,
        company_id       uuid NOT NULL,
        state            text NOT NULL CHECK (state IN ('scheduled', 'held', 'cancelled')),
        interest_citizen boolean,
        interest_company boolean,
        PRIMARY KEY (event_id, round, citizen_id)
    )
    """,
    "CREATE INDEX ix_meeting_citizen_id ON meeting (citizen_id)",
    """
    CREATE TABLE placement (
        placement_id   uuid PRIMARY KEY,
        citizen_id     uuid NOT NULL,
        municipality   text NOT NULL,
        company_id     uuid,
        kind           text NOT NULL,
        temp_agency    boolean NOT NULL,
        hours_per_week double precision NOT NULL,
        state          text NOT NULL CHECK (state IN ('agreed', 'approved', 'started', 'ended', 'voided')),
        planned_starts date,
        planned_ends   date,
        started_on     date,
        ended_on       date,
        reason         text,
        occupation     jsonb,
        enrolment_id   uuid,
        timing         text,
        approved_by    text
    )
    """,
    "CREATE INDEX ix_placement_citizen_id ON placement (citizen_id)",
    """
    CREATE TABLE target (
        municipality text NOT NULL,
        indicator    text NOT NULL,
        period       text NOT NULL,
        value        double precision NOT NULL,
        PRIMARY KEY (municipality, indicator, period)
    )
    """,
    """
    CREATE TABLE known_citizen (
        citizen_id   uuid PRIMARY KEY,
        municipality text NOT NULL,
        kept         uuid,
        erased       boolean NOT NULL DEFAULT false
    )
    """,
    "CREATE INDEX ix_known_citizen_kept ON known_citizen (kept)",
)

PROJECTOR = (
    # Collation C: the projector reads histories by prefix ('course/…'), and orders ids by their bytes.
    """
    CREATE TABLE fact (
        entity   text COLLATE "C" NOT NULL,
        event_id uuid NOT NULL,
        service  text NOT NULL,
        sequence int,
        body     bytea NOT NULL,
        PRIMARY KEY (entity, event_id)
    )
    """,
    """
    CREATE TABLE cell (
        key          text COLLATE "C" PRIMARY KEY,
        kind         text NOT NULL,
        municipality text,
        cohorts      uuid[],
        n            bigint NOT NULL
    )
    """,
    "CREATE INDEX cell_cohorts ON cell USING gin (cohorts)",
    "CREATE INDEX cell_kind ON cell (municipality, kind)",
    "CREATE TABLE alias (merged text PRIMARY KEY, kept text NOT NULL)",
    """
    CREATE TABLE projector (
        partition int PRIMARY KEY,
        epoch     uuid,
        sequence  bigint,
        event_id  uuid,
        stored    bigint,
        owner     bigint,
        updated   timestamptz
    )
    """,
    """
    CREATE TABLE gap (
        entity  text NOT NULL,
        service text NOT NULL,
        missing bigint NOT NULL,
        found   timestamptz NOT NULL,
        PRIMARY KEY (entity, service, missing)
    )
    """,
)


def upgrade() -> None:
    create_shared_tables(op)
    for statement in (*STATE, *PROJECTOR):
        op.execute(statement)
