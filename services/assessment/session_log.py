"""The sessions' own log: entries that are stored with what they change, and never published.

The one place that writes ``test_entry``, and ``test_session`` after it. A session's row is locked before a step is
decided, so two steps of one test come one after the other, on however many devices it is open.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.assessment import neutralised
from services.assessment.frozen_banks import frozen_test
from services.assessment.rules import sitting
from services.assessment.rules.entry import ENTRY, Begun, Entry, Offered
from services.assessment.rules.session import Session, session_of
from services.assessment.rules.sitting import Step
from shared.persistence import Database, Transaction
from shared.persistence.known_citizens import SAME_CITIZEN
from shared.problems import NotFound, Unauthenticated
from shared.web import Principal

ONE = "SELECT links FROM test_session WHERE test_id = $1 AND municipality = $2"
TO_STEP = f"""
SELECT links, pg_advisory_xact_lock_shared({neutralised.STEPS}) FROM test_session
WHERE test_id = $1 AND municipality = $2 FOR UPDATE
"""


async def offered(tx: Transaction, test_id: UUID, offer: Offered) -> Session:
    """A new session."""
    session = Session(test_id, offer, entries=0)
    return await _keep(tx, session, [offer], session_of(test_id, [offer]))


async def locked(tx: Transaction, test_id: UUID, caller: Principal) -> Session:
    """The session, which nobody else changes until the commit, without what was neutralised. Raises NotFound."""
    session = await _found(tx, TO_STEP, test_id, caller)
    for step in await _neutralised(tx, session):
        session = await keep(tx, session, step)
    return session


async def read(tx: Transaction, test_id: UUID, caller: Principal) -> Session:
    """The session as it stands, without what was neutralised. Raises NotFound."""
    session = await _found(tx, ONE, test_id, caller)
    for step in await _neutralised(tx, session):
        session = _after(session, step)
    return session


async def keep(tx: Transaction, session: Session, step: Step) -> Session:
    """Store what a step adds, and publish what it tells, when that happened; the session after it."""
    after = _after(session, step)
    await _keep(tx, session, step.entries, after)
    if step.event is not None:
        await tx.append(step.event, happened=step.entries[-1].at)
    return after


async def entries(tx: Transaction, test_id: UUID) -> list[Entry]:
    """Everything that happened in a test, in order."""
    rows = await tx.fetch("SELECT told FROM test_entry WHERE test_id = $1 ORDER BY sequence", test_id)
    return [ENTRY.validate_json(row["told"]) for row in rows]


async def of_citizen(tx: Transaction, citizen_id: UUID) -> list[Session]:
    """A citizen's sessions, newest first."""
    rows = await tx.fetch(
        f"SELECT test_id FROM test_session WHERE citizen_id IN ({SAME_CITIZEN}) ORDER BY offered_at DESC, test_id DESC",
        citizen_id,
    )
    return [session_of(row["test_id"], await entries(tx, row["test_id"])) for row in rows]


async def open_test(tx: Transaction, citizen_id: UUID) -> UUID | None:
    """The test that she is offered or sits, if any; she is locked, so that she is not offered two at once."""
    found: UUID | None = await tx.fetchval(
        f"SELECT test_id FROM test_session WHERE citizen_id IN ({SAME_CITIZEN}) AND due > $2", citizen_id, tx.now
    )
    return found


async def overdue(database: Database, at: datetime, limit: int) -> list[UUID]:
    """Sessions whose time is up, the earliest first; nothing is locked."""
    due = "SELECT test_id FROM test_session WHERE due <= $1 ORDER BY due LIMIT $2"
    rows = await database.pool.fetch(due, at, limit)
    return [row["test_id"] for row in rows]


async def locked_overdue(tx: Transaction, test_id: UUID) -> Session | None:
    """The session, locked; None when somebody else holds it or it has ended meanwhile."""
    still = await tx.fetchval(
        "SELECT true FROM test_session WHERE test_id = $1 AND due <= $2 FOR UPDATE SKIP LOCKED", test_id, tx.now
    )
    return session_of(test_id, await entries(tx, test_id)) if still else None


async def forget(tx: Transaction, ids: Sequence[UUID]) -> None:
    """An erased citizen's sessions go, with every answer; first the sessions, for their entries go only with them."""
    rows = await tx.fetch("DELETE FROM test_session WHERE citizen_id = ANY($1) RETURNING test_id", ids)
    await tx.execute("DELETE FROM test_entry WHERE test_id = ANY($1)", [row["test_id"] for row in rows])
    await neutralised.forget(tx, [row["test_id"] for row in rows])
    await tx.execute("DELETE FROM test_need WHERE citizen_id = ANY($1)", ids)


async def _found(tx: Transaction, sql: str, test_id: UUID, caller: Principal) -> Session:
    links = await tx.fetchval(sql, test_id, caller.municipality)
    if links is None:
        raise NotFound(
            "test-unknown", "No such test in your municipality", "GET /citizens/{citizen_id}/sessions lists hers."
        )
    if caller.link is not None and caller.link.serial != links:
        raise Unauthenticated("link-replaced", "This link was replaced", "Use the newest link, or ask for a new one.")
    return session_of(test_id, await entries(tx, test_id))


async def _neutralised(tx: Transaction, session: Session) -> list[Step]:
    """What a test that is not over has not heard of yet: the same whenever it is asked, until it is kept."""
    if session.begun is None or session.due is None:
        return []
    steps: list[Step] = []
    for item, reason, _, _ in await neutralised.faulty(tx):
        step = sitting.neutralise(session, await frozen_test(tx, session.begun), item, reason, tx.now)
        session = _after(session, step)
        steps.append(step)
    return steps


def _after(session: Session, step: Step) -> Session:
    """The session once a step was taken."""
    for entry in step.entries:
        session = session.after(entry)
    return session


async def _keep(tx: Transaction, before: Session, added: Sequence[Entry], after: Session) -> Session:
    for sequence, entry in enumerate(added, start=before.entries + 1):
        await tx.execute(
            "INSERT INTO test_entry (test_id, sequence, asks, told) VALUES ($1, $2, $3, $4)",
            after.test_id,
            sequence,
            getattr(entry, "asks", None),
            entry.model_dump_json(),
        )
        if isinstance(entry, Offered | Begun):
            await tx.execute(
                "INSERT INTO test_need (citizen_id, accessible) VALUES ($1, $2)"
                " ON CONFLICT (citizen_id) DO UPDATE SET accessible = excluded.accessible",
                after.offer.citizen_id,
                entry.accessible,
            )
    begun = after.begun
    begun_at: datetime | None = begun.at if begun else None
    await tx.execute(
        """
        INSERT INTO test_session (test_id, citizen_id, municipality, status, offered_at, due, begun_at, digest, pool,
            links)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (test_id) DO UPDATE SET status = excluded.status, due = excluded.due, begun_at = excluded.begun_at,
            digest = excluded.digest, pool = excluded.pool, links = excluded.links
        """,
        after.test_id,
        after.offer.citizen_id,
        after.offer.municipality,
        after.status,
        after.offer.at,
        after.due,
        begun_at,
        begun.digest if begun else None,
        begun.pool if begun else None,
        after.links,
    )
    return after
