"""The schema ``analytics``: what a BI tool reads there, and that it can read nothing else."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.outcomes.effect.cells import AgreementCell, FunnelCell, ParticipationCell, ServiceGoalCell
from services.outcomes.projection.rebuild import SWAP
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.real.story import story
from tests.real_machines import RealPostgres
from tests.waiting import eventually

VIEWS = {"participations", "funnel", "agreements", "service_goal", "courses", "cohorts", "counted"}


@pytest.fixture
async def analyst(
    outcomes: RunningService, jobcenter: Jobcenter, postgres: RealPostgres
) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """A role as docs/extracts.md makes it for a BI tool, at work after the story of Næstved was counted."""
    told = story("naestved-2021.jsonl")
    for envelope in told:
        await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))

    async def all_counted() -> bool:
        facts = await outcomes.database.fetchval("SELECT count(DISTINCT event_id) FROM fact")
        known = await outcomes.database.fetchval("SELECT count(*) FROM known_citizen")
        return bool((facts, known) == (len(told), 23))  # the projector and the reaction go their own ways

    await eventually(all_counted)
    role = f"bi_{uuid4().hex[:8]}"
    own = outcomes.database
    await own.execute(f"CREATE ROLE {role}")
    await own.execute(f"GRANT USAGE ON SCHEMA analytics TO {role}")
    await own.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO {role}")
    connection = await asyncpg.connect(outcomes.address)
    await connection.execute(f"SET ROLE {role}")
    yield connection
    await connection.close()
    await own.execute(f"DROP OWNED BY {role}")
    await own.execute(f"DROP ROLE {role}")


async def test_the_story_of_naestved_is_counted_there(analyst: "asyncpg.Connection[Any]") -> None:
    """23 started in the week of 6 September 2021; 3 dropped out, 3 got a job, 17 met companies on 12 October."""
    by_reason = await analyst.fetch(
        "SELECT end_reason, sum(records)::int AS n FROM analytics.participations"
        " JOIN analytics.courses USING (course_id) JOIN analytics.cohorts USING (cohort_id)"
        " WHERE title = 'Digital koordinator' AND capacity = 25 AND started_week = '2021-09-06' GROUP BY 1"
    )
    assert {row["end_reason"]: row["n"] for row in by_reason} == {"completed": 17, "dropped_out": 3, "got_job": 3}
    jobs = await analyst.fetchval(
        "SELECT sum(records)::int FROM analytics.participations WHERE ordinary_days_after_end <= 182"
    )
    assert jobs == 3
    met = await analyst.fetch("SELECT met_week, sum(records)::int AS n FROM analytics.funnel GROUP BY 1 ORDER BY 1")
    assert [(row["met_week"], row["n"]) for row in met if row["met_week"]] == [(date(2021, 10, 11), 17)]
    (counted,) = await analyst.fetch("SELECT * FROM analytics.counted")
    assert (counted["events_missing"], counted["counted_at"] is None) == (0, False)


async def test_no_id_of_a_citizen_and_no_exact_day_of_one_is_there(
    analyst: "asyncpg.Connection[Any]", outcomes: RunningService
) -> None:
    everything = ""
    for view in VIEWS:
        everything += str(await analyst.fetchval(f"SELECT string_agg(v::text, ' ') FROM analytics.{view} AS v"))
    citizens = await outcomes.database.fetch("SELECT citizen_id::text FROM known_citizen")
    assert len(citizens) == 23
    assert [row[0] for row in citizens if row[0] in everything] == []
    for view, columns in (("participations", ("started_week", "ended_week")), ("funnel", ("met_week", "job_week"))):
        for column in columns:
            assert await analyst.fetchval(
                f"SELECT bool_and(extract(isodow FROM {column}) = 1) FROM analytics.{view} WHERE {column} IS NOT NULL"
            ) in (True, None)


async def test_a_reader_of_the_views_can_read_and_write_nothing_else(
    analyst: "asyncpg.Connection[Any]", outcomes: RunningService
) -> None:
    tables = await outcomes.database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await analyst.fetch(f"SELECT * FROM public.{table}")
    for question in (
        "SELECT * FROM analytics_source.cells('participation')",
        "SELECT * FROM analytics_source.participations()",
        "DELETE FROM analytics.courses",
        "CREATE TABLE analytics.mine ()",
    ):
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.ObjectNotInPrerequisiteStateError)):
            await analyst.execute(question)


async def test_the_views_read_the_new_tables_after_a_rebuild(
    analyst: "asyncpg.Connection[Any]", outcomes: RunningService
) -> None:
    before = await analyst.fetchval("SELECT sum(records) FROM analytics.participations")
    async with outcomes.database.transaction():
        await outcomes.database.execute(
            "CREATE SCHEMA rebuild; CREATE TABLE rebuild.fact (LIKE public.fact INCLUDING ALL);"
            "CREATE TABLE rebuild.cell (LIKE public.cell INCLUDING ALL);"
            "CREATE TABLE rebuild.alias (LIKE public.alias INCLUDING ALL);"
            "INSERT INTO rebuild.cell SELECT key, kind, municipality, n * 2 FROM public.cell"
        )
        await outcomes.database.execute(SWAP)
    assert await analyst.fetchval("SELECT sum(records) FROM analytics.participations") == before * 2


def test_the_views_know_where_a_cell_has_what() -> None:
    """The migration names the fields by their place: whoever moves one writes another migration."""
    assert ParticipationCell._fields[1:15] == (
        "municipality", "course", "cohort", "target_group", "education_level", "timing", "started", "ended", "reason",
        "certified", "ordinary", "wage_subsidy", "praktik", "flexjob",
    )  # fmt: skip
    assert FunnelCell._fields[1:11] == (
        "municipality", "cohort", "target_group", "education_level", "timing", "identified", "invited", "accepted",
        "enrolled", "attempts",
    )  # fmt: skip
    assert AgreementCell._fields[1:] == ("municipality", "day")
    assert ServiceGoalCell._fields[1:] == ("municipality", "due", "in_time")


async def test_every_view_says_what_it_holds(outcomes: RunningService) -> None:
    told = await outcomes.database.fetch(
        "SELECT viewname, obj_description(format('analytics.%I', viewname)::regclass) AS meaning"
        " FROM pg_views WHERE schemaname = 'analytics'"
    )
    assert {row["viewname"] for row in told} == VIEWS
    assert all(row["meaning"] for row in told)
