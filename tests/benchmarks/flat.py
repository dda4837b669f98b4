"""One figure by one flat query over all events: a materialised view in PostgreSQL, and DuckDB on files.

The query (``tests/reference/flat.py``) shares no code with ours and must give the same rows.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import duckdb
import msgspec

from tests.benchmarks.jobcenter import AS_OF, lines
from tests.benchmarks.machines import WHERE, Addresses
from tests.reference.flat import EVENT, Row, asked, moved_on, tables

ROUNDS = 3
NEW = 1000
"""Events that come before each refresh."""
VIEW = "CREATE MATERIALIZED VIEW moved_on AS {query}"
COLUMNS = (
    "id", "service", "type", "subject", "sequence", "happened", "citizen_id", "merged_id", "enrolment_id",
    "placement_id", "course_id", "kind", "reason", "day",
)  # fmt: skip


class _Data(msgspec.Struct):
    citizen_id: str | None = None
    merged_id: str | None = None
    enrolment_id: str | None = None
    placement_id: str | None = None
    course_id: str | None = None
    kind: str | None = None
    reason: str | None = None
    on: date | None = None


class _Event(msgspec.Struct):
    id: str
    type: str
    subject: str
    sequence: str
    time: datetime
    data: _Data


def _records(told: Iterator[bytes]) -> Iterator[tuple[Any, ...]]:
    """Events as rows of the typed table."""
    decode = msgspec.json.Decoder(_Event).decode
    for line in told:
        event = decode(line)
        _, _, service, name, _ = event.type.split(".")
        told_of = (event.id, service, name, event.subject, int(event.sequence), event.time)
        yield *told_of, *msgspec.structs.astuple(event.data)


async def view(at: Addresses, events: int, of: int) -> dict[str, Any]:
    """Seconds that PostgreSQL takes to refresh the view after a thousand more events; its rows before them."""
    connection = await asyncpg.connect(at["database_url"].replace("{service}", "naive"))
    await connection.execute(EVENT)
    await _insert(connection, lines(events, of=of))
    await connection.execute("CREATE INDEX ON event (type)")
    await connection.execute("VACUUM ANALYZE event")
    await connection.execute(VIEW.format(query=moved_on(AS_OF)))
    rows = [list(row) for row in await connection.fetch("SELECT * FROM moved_on ORDER BY course_id")]
    took = []
    for number in range(ROUNDS):
        await _insert(connection, lines(NEW, first=events + number * NEW, of=of))
        started = time.perf_counter()
        await connection.execute("REFRESH MATERIALIZED VIEW moved_on")
        took.append(time.perf_counter() - started)
    await connection.close()
    return {"rows": rows, "seconds": statistics.median(took)}


async def _insert(connection: asyncpg.Connection, told: Iterator[bytes]) -> None:
    await connection.copy_records_to_table("event", records=_records(told), columns=COLUMNS)


async def duck(at: Addresses, events: int, of: int) -> dict[str, Any]:
    """DuckDB's rows, and its seconds: from JSON lines, from Parquet, and from a table in memory."""
    del at  # it reads files
    with tempfile.TemporaryDirectory(prefix="loeft-bench-", dir=WHERE) as directory:
        told, parquet = Path(directory, "events.jsonl"), Path(directory, "events.parquet")
        _write(told, lines(events, of=of))
        started = time.perf_counter()
        with tables(told) as memory:
            rows = asked(memory, AS_OF)
            from_json = time.perf_counter() - started
            from_table = _seconds(memory, rows)
            memory.execute(f"COPY event TO '{parquet}' (FORMAT parquet)")
        with duckdb.connect() as reader:
            reader.execute(f"CREATE VIEW event AS SELECT * FROM '{parquet}'")
            from_parquet = _seconds(reader, rows)
    return {"rows": rows, "json_s": from_json, "parquet_s": from_parquet, "table_s": from_table}


def _write(path: Path, told: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in told)


def _seconds(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> float:
    """The median of three; RuntimeError when the rows are not those."""
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        if asked(connection, AS_OF) != rows:
            raise RuntimeError("DuckDB gives other rows the second time")
        took.append(time.perf_counter() - started)
    return statistics.median(took)
