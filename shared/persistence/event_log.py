"""The append-only log of a service's events, and how it is read so that nothing is ever skipped.

**Order.** Rows get their ``id`` from a sequence when they are inserted and become visible when their transaction
commits, so a higher id may be visible before a lower one. A reader that remembers "the last id" would skip the lower
one for ever. Two rules make reading exact:

1. A transaction allocates the versions of its entities *before* it draws an id (one statement, see ``APPEND``). The
   entity row stays locked until the commit, so two events of one entity always have ids in the order of their
   versions; and every transaction that has drawn an id has a transaction id by then.
2. ``read`` returns the rows after a cursor up to the first missing id. A missing id is either still in flight or was
   rolled back. It is given up only when every transaction that was alive when it was first missed has ended
   (``pg_snapshot_xmin`` has passed the ``pg_snapshot_xmax`` noted then): no one can fill it any more.

Reading by transaction horizon and ordering by ``(xid, id)``, the usual advice, keeps no order per entity: a
transaction that got its xid early and waits for an entity's lock writes the later version under the earlier xid.
``tests/real/test_event_log.py`` shows both (docs/decisions/0004-log-order.md).
"""

from dataclasses import dataclass, field
from datetime import timedelta
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

READ = """
SELECT l.id, l.event_id, l.bus_subject, l.body,
       pg_snapshot_xmin(s)::text::bigint AS xmin, pg_snapshot_xmax(s)::text::bigint AS xmax
FROM (SELECT pg_current_snapshot() AS s) AS snapshot
LEFT JOIN LATERAL (SELECT * FROM event_log WHERE id > $1 ORDER BY id LIMIT $2) AS l ON true
ORDER BY l.id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it stands in the log."""

    id: int
    event_id: UUID
    bus_subject: str
    body: str


@dataclass(slots=True)
class LogReader:
    """Reads one service's log after a cursor, in an order that no held-open transaction can make lossy."""

    cursor: int = 0
    waiting_for_gap: bool = False
    _gap: int = field(default=0, init=False)
    _gap_until: int = field(default=0, init=False)

    async def read(self, connection: Connection, limit: int = 1000) -> list[Row]:
        """The next rows; the cursor moves with them. Empty with ``waiting_for_gap`` set: ask again soon."""
        records = await connection.fetch(READ, self.cursor, limit)
        rows: list[Row] = []
        self.waiting_for_gap = False
        for record in records:
            if record["id"] is None:
                break
            if record["id"] != self.cursor + 1 and not self._given_up(self.cursor + 1, record):
                self.waiting_for_gap = True
                break
            rows.append(Row(record["id"], record["event_id"], record["bus_subject"], record["body"]))
            self.cursor = record["id"]
        return rows

    def _given_up(self, missing: int, record: asyncpg.Record) -> bool:
        """Whether nobody can fill the id ``missing`` (nor the ones up to this record) any more."""
        if self._gap != missing:
            self._gap, self._gap_until = missing, record["xmax"]
        return bool(record["xmin"] >= self._gap_until)


GAP_POLL = timedelta(milliseconds=5)
