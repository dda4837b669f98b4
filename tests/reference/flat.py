"""``moved_on`` by course as one flat SQL query, straight from its definition, for DuckDB and for PostgreSQL.

A second oracle that shares neither code nor method with the product: no histories, no cells, no differences; a table
of events and one query that reads all of it again. Where it stands beside the product, the answers must be equal.
"""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

EVENT = """
CREATE TABLE event (
    id uuid, service text, type text, subject text, sequence int, happened timestamptz, citizen_id text, merged_id text,
    enrolment_id text, placement_id text, course_id text, kind text, reason text, day date
)
"""
"""Typed columns, for what any part of the query reads."""

FROM_JSON = """
INSERT INTO event
SELECT id, split_part(type, '.', 3), split_part(type, '.', 4), subject, sequence::int, time, data.citizen_id,
    data.merged_id, data.enrolment_id, data.placement_id, data.course_id, data.kind, data.reason, data."on"
FROM read_json($path, format = 'newline_delimited', columns = {{
    id: 'UUID', type: 'VARCHAR', subject: 'VARCHAR', sequence: 'VARCHAR', time: 'TIMESTAMPTZ',
    data: 'STRUCT({data})'
}})
"""
_DATA = ("citizen_id", "merged_id", "enrolment_id", "placement_id", "course_id", "kind", "reason")

_LAST = """
SELECT DISTINCT ON ({thing}) {columns} FROM (
    SELECT DISTINCT ON ({thing}, subject, service) * FROM event WHERE {which}
    ORDER BY {thing}, subject, service, sequence DESC, happened DESC, id DESC
) AS last_of_streams ORDER BY {thing}, happened DESC, id DESC
"""
"""What holds of a thing: the last that each stream says of it, and of those the latest."""


def _last(thing: str, columns: str, which: str) -> str:
    return _LAST.format(thing=thing, columns=f"{thing}, {columns}", which=which)


_PLACED = "type IN ('placement-started', 'placement-corrected')"

MOVED_ON = f"""
WITH RECURSIVE pair (one, other) AS (
    SELECT citizen_id, merged_id FROM event WHERE type = 'citizens-merged'
    UNION SELECT merged_id, citizen_id FROM event WHERE type = 'citizens-merged'
),
same (one, other) AS (
    SELECT one, other FROM pair
    UNION SELECT same.one, pair.other FROM same JOIN pair ON pair.one = same.other
),
person AS (SELECT one AS citizen_id, min(other) AS person FROM same GROUP BY one),
started AS ({_last("enrolment_id", "citizen_id, course_id, day", "type = 'participation-started'")}),
ended AS ({_last("enrolment_id", "reason, day", "type = 'participation-ended'")}),
kind AS ({_last("placement_id", "kind", f"{_PLACED} AND kind IS NOT NULL")}),
first_day AS ({_last("placement_id", "day", f"{_PLACED} AND day IS NOT NULL")}),
placed AS (
    SELECT COALESCE(person.person, begun.citizen_id) AS person, kind.kind, first_day.day
    FROM (SELECT DISTINCT placement_id, citizen_id FROM event WHERE type = 'placement-started') AS begun
    JOIN kind USING (placement_id) JOIN first_day USING (placement_id) LEFT JOIN person USING (citizen_id)
    WHERE placement_id NOT IN (SELECT placement_id FROM event WHERE type = 'placement-voided')
),
taken AS (
    SELECT started.enrolment_id, started.course_id, COALESCE(person.person, started.citizen_id) AS person,
        started.day AS first, ended.day + {{window}} AS closes
    FROM started LEFT JOIN ended USING (enrolment_id) LEFT JOIN person ON person.citizen_id = started.citizen_id
    WHERE started.day <= DATE '{{as_of}}' AND ended.reason IS DISTINCT FROM 'mis_registered'
),
best AS (
    SELECT taken.enrolment_id, taken.course_id, DATE '{{as_of}}' > taken.closes AS mature,
        min(CASE placed.kind WHEN 'ordinary' THEN 1 WHEN 'wage-subsidy' THEN 2 WHEN 'praktik' THEN 3 END) AS kind
    FROM taken LEFT JOIN placed ON placed.person = taken.person AND placed.day > taken.first
        AND placed.day <= LEAST(DATE '{{as_of}}', taken.closes)
    GROUP BY taken.enrolment_id, taken.course_id, taken.closes
)
SELECT course_id, count(kind) AS so_far, count(*) FILTER (WHERE mature) AS denominator,
    count(*) FILTER (WHERE mature AND kind = 1) AS ordinary,
    count(*) FILTER (WHERE mature AND kind = 2) AS wage_subsidy,
    count(*) FILTER (WHERE mature AND kind = 3) AS praktik
FROM best GROUP BY course_id ORDER BY course_id
"""
"""Of every course: all who moved on so far, the mature participations, and of those the ones of each kind."""

Row = tuple[str, int, int, int, int, int]


def moved_on(as_of: date, window: int = 182) -> str:
    """The query as of a day."""
    return MOVED_ON.format(as_of=as_of.isoformat(), window=window)


def tables(path: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that holds the events of a file of JSON lines."""
    connection = duckdb.connect()
    connection.execute(EVENT)
    data = ", ".join([*(f"{name} VARCHAR" for name in _DATA), '"on" DATE'])
    connection.execute(FROM_JSON.format(data=data), {"path": str(path)})
    return connection


def asked(connection: duckdb.DuckDBPyConnection, as_of: date, window: int = 182) -> list[Row]:
    """The rows as of a day."""
    return connection.execute(moved_on(as_of, window)).fetchall()


def as_flat(rows: list[dict[str, Any]]) -> list[Row]:
    """The product's rows of ``moved_on`` by course, in the same form."""
    return sorted(
        (
            row["dimensions"]["course"],
            row["so_far"],
            row["denominator"],
            *(row["split"][kind] for kind in ("ordinary", "wage_subsidy", "praktik")),
        )
        for row in rows
    )
