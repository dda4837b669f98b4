"""The append-only log of a service's events, and how it is read so that nothing is ever skipped.

**Order.** Rows get their ``id`` from a sequence when they are inserted and become visible when their transaction
commits, so a higher id may be visible before a lower one. A reader that remembers "the last id" would skip the lower
one for ever. Two rules make reading exact:

1. A transaction allocates the versions of its entities *before* it draws an id (one statement, see ``APPEND``). The
   entity row stays locked until the commit, so two events of one entity always have ids in the order of their
   versions.
2. ``read`` returns the rows after a cursor up to the first missing id. A missing id is either still in flight or was
   rolled back. Whoever has drawn an id holds a write lock on the table until its transaction has ended, and a higher id
   is visible, so the lower one *was* drawn. The reader notes who holds that lock, and gives the id up when none of
   them holds it any more and a read that began after that does not find it: no one can fill it now.

The usual advice is to read behind the transaction horizon (``xid < pg_snapshot_xmin(…)``) in the order of
``(xid, id)``. It keeps no order per entity: a transaction that got its xid early and waits for an entity's lock writes
the later version under the earlier xid. Nor does the horizon tell which ids can still be filled: ``pg_snapshot_xmax``
is one past the last *ended* transaction, so one that is still open may have a higher xid than that. And it stands
still for every open transaction of every database. ``tests/real/test_event_log.py`` shows all of it
(docs/decisions/0004-log-order.md).
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from shared.persistence.connection import Connection

APPEND = """
WITH allocated AS (
    INSERT INTO entity AS e (subject, version) VALUES ($2, 1)
    ON CONFLICT (subject) DO UPDATE SET version = e.version + 1
    RETURNING version
)
INSERT INTO event_log (event_id, subject, version, bus_subject, body)
SELECT $1, $2, version, $3, $4 || version || $5 FROM allocated
RETURNING version
"""

APPEND_ALL = """
WITH item AS (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
    WITH ORDINALITY AS t(event_id, subject, bus_subject, head, tail, place)
), allocated AS (
    -- in the order of the subjects, so that two bulk commands cannot wait for each other
    INSERT INTO entity AS e (subject, version) SELECT subject, count(*) FROM item GROUP BY subject ORDER BY subject
    ON CONFLICT (subject) DO UPDATE SET version = e.version + excluded.version
    RETURNING subject, version
), numbered AS (
    SELECT item.*, version - count(*) OVER own + row_number() OVER (PARTITION BY subject ORDER BY place) AS version_
    FROM item JOIN allocated USING (subject) WINDOW own AS (PARTITION BY subject)
)
INSERT INTO event_log (event_id, subject, version, bus_subject, body)
SELECT event_id, subject, version_, bus_subject, head || version_ || tail FROM numbered ORDER BY place
RETURNING event_id, version
"""

IMPORT = """
WITH allocated AS (
    INSERT INTO entity AS e (subject, version) VALUES ($2, $3)
    ON CONFLICT (subject) DO UPDATE SET version = greatest(e.version, excluded.version)
    RETURNING 1
)
INSERT INTO event_log (event_id, subject, version, bus_subject, body)
SELECT $1, $2, $3, $4, $5 FROM allocated
ON CONFLICT (event_id) DO NOTHING
RETURNING version
"""

READ = "SELECT id, event_id, bus_subject, body FROM event_log WHERE id > $1 ORDER BY id LIMIT $2"
READ_UP_TO = "SELECT id, event_id, bus_subject, body FROM event_log WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3"

WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'event_log'::regclass AND mode = 'RowExclusiveLock'
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

GAP_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it stands in the log."""

    id: int
    event_id: UUID
    bus_subject: str
    body: str


@dataclass(slots=True)
class LogReader:
    """Reads one service's log after a cursor, in an order that no held-open transaction can make lossy.

    Give it a connection that is in no transaction: every read needs a snapshot of its own.
    """

    cursor: int = 0
    waiting_for_gap: bool = False
    _writers: frozenset[str] | None = field(default=None, init=False)  # who may fill the gap; None: not asked yet

    async def read(self, connection: Connection, limit: int = 1000) -> list[Row]:
        """The next rows; the cursor moves with them. Empty with ``waiting_for_gap`` set: ask again soon."""
        while True:
            given_up = False
            if self.waiting_for_gap:
                writing = await _writers(connection)
                left = writing if self._writers is None else self._writers & writing
                if left and left == self._writers:
                    return []  # nobody has ended, so nothing can have been filled
                self._writers, given_up = left, not left
            rows = self._take(await connection.fetch(READ, self.cursor, limit), given_up)
            if rows or not self.waiting_for_gap or self._writers:
                return rows

    async def rest(self, connection: Connection, limit: int = 5000) -> AsyncIterator[list[Row]]:
        """All rows up to the log's end, waiting for the transactions that may still fill a gap before it."""
        while True:
            rows = await self.read(connection, limit)
            if rows:
                yield rows
            elif self.waiting_for_gap:
                await asyncio.sleep(GAP_POLL_S)
            else:
                return

    def _take(self, records: list[asyncpg.Record], given_up: bool) -> list[Row]:
        """The rows up to the first missing id; the id after the cursor may be missing when it was given up."""
        rows: list[Row] = []
        self.waiting_for_gap = False
        for record in records:
            if record["id"] != self.cursor + 1 and not given_up:
                self.waiting_for_gap = True
                break
            given_up = False
            rows.append(_row(record))
            self.cursor = record["id"]
        if rows or not self.waiting_for_gap:
            self._writers = None
        return rows


async def rows_up_to(connection: Connection, end: int, limit: int = 1000) -> AsyncIterator[list[Row]]:
    """The rows up to ``end``, which a ``LogReader`` has passed: what is missing there is missing for ever."""
    cursor = 0
    while records := await connection.fetch(READ_UP_TO, cursor, end, limit):
        cursor = records[-1]["id"]
        yield [_row(record) for record in records]


def _row(record: asyncpg.Record) -> Row:
    return Row(record["id"], record["event_id"], record["bus_subject"], record["body"])


async def _writers(connection: Connection) -> frozenset[str]:
    """The transactions that hold a write lock on the log now."""
    return frozenset(record["virtualtransaction"] for record in await connection.fetch(WRITERS))
