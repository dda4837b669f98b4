"""The read-only schema ``analytics`` for BI tools, and the ledger of research extracts.

The views read through functions. A rebuild replaces the table ``cell`` by another one; a view would hold on to the old
table, a function finds the new one by its name. The functions run as the owner, so a reader of the views needs no right
on any table, and their schema is closed to readers, so nothing but the views can be asked.

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE course (
        course_id    text PRIMARY KEY,
        municipality text,
        title        text,
        kind         text,
        provider     text,
        methods      text[] NOT NULL,
        it_specific  boolean NOT NULL,
        closed       boolean NOT NULL
    )
    """,
    """
    CREATE TABLE cohort (
        cohort_id    text PRIMARY KEY,
        municipality text,
        course_id    text,
        starts       date,
        ends         date,
        capacity     int,
        cancelled    boolean NOT NULL
    )
    """,
    """
    CREATE TABLE research_project (
        project   text PRIMARY KEY,
        salt      bytea NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        opened_by text NOT NULL
    )
    """,
    """
    CREATE TABLE research_extract (
        extract_id      uuid PRIMARY KEY,
        project         text NOT NULL,
        municipality    text NOT NULL,
        made_at         timestamptz NOT NULL,
        made_by         text NOT NULL,
        purpose         text NOT NULL,
        as_of           date NOT NULL,
        smallest_group  int NOT NULL,
        rows            bigint NOT NULL,
        citizens        bigint NOT NULL,
        manifest_sha256 text NOT NULL
    )
    """,
    "CREATE INDEX research_extract_project ON research_extract (project, made_at)",
)

SCHEMAS = ("CREATE SCHEMA analytics", "CREATE SCHEMA analytics_source")

HELPERS = (
    """
    CREATE FUNCTION analytics_source.day(ordinal jsonb) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT date '0001-01-01' + (ordinal #>> '{}')::int - 1 $$
    """,
    """
    CREATE FUNCTION analytics_source.week(ordinal jsonb) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT date_trunc('week', analytics_source.day(ordinal))::date $$
    """,
    """
    CREATE FUNCTION analytics_source.days(later jsonb, earlier jsonb) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (later #>> '{}')::int - (earlier #>> '{}')::int $$
    """,
    # 'public' stands in front of every table: a reader's own tables can never be meant
    r"""
    CREATE FUNCTION analytics_source.cells(wanted text) RETURNS TABLE (c jsonb, n bigint)
    LANGUAGE sql STABLE AS
    $$ SELECT key::jsonb, n FROM public.cell WHERE kind = wanted AND strpos(key, '\u0000') = 0 $$
    """,
)

VIEWS: dict[str, tuple[str, str, str]] = {
    "participations": (
        "How many participations are exactly so. Starts and ends are the Mondays of their weeks; what came of them is"
        " days after the start, and after the end for the window W of the indicators.",
        "records bigint, municipality text, course_id text, cohort_id text, target_group text, education_level text,"
        " timing text, started_week date, ended_week date, end_reason text, days_to_end int, days_to_certificate int,"
        " days_to_ordinary int, days_to_wage_subsidy int, days_to_praktik int, days_to_flexjob int,"
        " ordinary_days_after_end int, wage_subsidy_days_after_end int, praktik_days_after_end int,"
        " flexjob_days_after_end int",
        """
        SELECT sum(n)::bigint, c->>1, c->>2, c->>3, c->>4, c->>5, c->>6,
            analytics_source.week(c->7), analytics_source.week(c->8), c->>9, analytics_source.days(c->8, c->7),
            analytics_source.days(c->10, c->7), analytics_source.days(c->11, c->7), analytics_source.days(c->12, c->7),
            analytics_source.days(c->13, c->7), analytics_source.days(c->14, c->7),
            analytics_source.days(c->11, c->8), analytics_source.days(c->12, c->8), analytics_source.days(c->13, c->8),
            analytics_source.days(c->14, c->8)
        FROM analytics_source.cells('participation')
        GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
        """,
    ),
    "funnel": (
        "How many citizens of a cohort are exactly so: the Monday of the week in which each reached each stage first."
        " What came after the start is of any of her participations in the cohort, the end reason of the last.",
        "records bigint, municipality text, cohort_id text, target_group text, education_level text, timing text,"
        " identified_week date, invited_week date, accepted_week date, enrolled_week date, started_week date,"
        " ended_week date, end_reason text, certified_week date, met_week date, praktik_week date,"
        " wage_subsidy_week date, job_week date",
        """
        SELECT sum(n)::bigint, c->>1, c->>2, c->>3, c->>4, c->>5, analytics_source.week(c->6),
            analytics_source.week(c->7), analytics_source.week(c->8), analytics_source.week(c->9),
            a.started, analytics_source.week(c->10->-1->1), c->10->-1->>2, a.certified, a.met, a.praktik,
            a.wage_subsidy, a.job
        FROM analytics_source.cells('funnel') CROSS JOIN LATERAL (
            SELECT min(analytics_source.week(one->0)) AS started, min(analytics_source.week(one->3)) AS certified,
                min(analytics_source.week(one->4)) AS met, min(analytics_source.week(one->5)) AS praktik,
                min(analytics_source.week(one->6)) AS wage_subsidy, min(analytics_source.week(one->7)) AS job
            FROM jsonb_array_elements(c->10) AS one
        ) AS a
        GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
        """,
    ),
    "agreements": (
        "How many companies with an agreement in force a municipality has more (or, negative, fewer) from a day on."
        " The sum of all days up to one is how many there are on it.",
        "change bigint, municipality text, day date",
        "SELECT sum(n)::bigint, c->>1, analytics_source.day(c->2)"
        " FROM analytics_source.cells('agreements') GROUP BY 2, 3",
    ),
    "service_goal": (
        "How many contacts of companies were due on a day, 24 hours after they came, and were answered in time or not.",
        "records bigint, municipality text, due date, answered_in_time boolean",
        "SELECT sum(n)::bigint, c->>1, analytics_source.day(c->2), c->>3 = '1'"
        " FROM analytics_source.cells('service_goal') GROUP BY 2, 3, 4",
    ),
    "courses": (
        "The courses as last described.",
        "course_id text, municipality text, title text, kind text, provider text, methods text[], it_specific boolean,"
        " closed boolean",
        "SELECT course_id, municipality, title, kind, provider, methods, it_specific, closed FROM public.course",
    ),
    "cohorts": (
        "The cohorts (hold) of the courses.",
        "cohort_id text, municipality text, course_id text, starts date, ends date, capacity int, cancelled boolean",
        "SELECT cohort_id, municipality, course_id, starts, ends, capacity, cancelled FROM public.cohort",
    ),
    "counted": (
        "When the projector last counted, and how many events it knows to be missing.",
        "counted_at timestamptz, events_missing bigint",
        "SELECT max(updated), (SELECT count(*) FROM public.gap) FROM public.projector",
    ),
}


def upgrade() -> None:
    for statement in (*TABLES, *SCHEMAS, *HELPERS):
        op.execute(statement)
    for name, (meaning, columns, query) in VIEWS.items():
        op.execute(
            f"CREATE FUNCTION analytics_source.{name}() RETURNS TABLE ({columns}) LANGUAGE sql STABLE"
            f" SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $query$ {query} $query$"
        )
        op.execute(f"CREATE VIEW analytics.{name} AS SELECT * FROM analytics_source.{name}()")
        op.execute(f"COMMENT ON VIEW analytics.{name} IS '{meaning}'")
