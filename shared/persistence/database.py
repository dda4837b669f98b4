"""A service's database: its pool of connections, and the only place that begins and commits a transaction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import structlog

from shared import crash
from shared.clock import now
from shared.durability import Unsafe
from shared.persistence.change import Appliers
from shared.persistence.connection import Connection, OwnConnection, Pool
from shared.persistence.transaction import Origin, Transaction
from shared.problems import Unavailable

log = structlog.get_logger(__name__)

CONNECTION_LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


class Database:
    """A service's database. ``committed`` is set after each commit that appended events: the relay waits on it."""

    def __init__(self, address: str, appliers: Appliers | None = None, *, password: str | None = None, size: int = 16):
        self.address = address
        self.appliers: Appliers = appliers or {}
        self.committed = asyncio.Event()
        self._password, self._size = password, size
        self._ended_well: set[int] = set()
        """Server processes of pooled connections that are given back with nothing broken off on them."""
        self._pool: Pool | None = None

    async def open(self, *, allow_unsafe: bool = False) -> None:
        """Connect; raises Unsafe when PostgreSQL would acknowledge commits that are not on disk."""
        self._pool = await asyncpg.create_pool(
            self.address,
            password=self._password,
            min_size=min(4, self._size),
            max_size=self._size,
            command_timeout=60,
            reset=self._settle,
            server_settings={"application_name": "loeft", "idle_in_transaction_session_timeout": "60000"},
        )
        settings = dict(
            await self.pool.fetch("SELECT name, setting FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')")
        )
        unsafe = [f"{name} = {value}" for name, value in settings.items() if value == "off"]
        if unsafe and allow_unsafe:
            log.warning("durability-unsafe", reason=f"PostgreSQL runs with {', '.join(unsafe)}")
        elif unsafe:
            await self.close()
            raise Unsafe(
                f"PostgreSQL runs with {', '.join(unsafe)}: a power cut would lose acknowledged events. "
                "Switch it on, or set LOEFT_ALLOW_UNSAFE_DURABILITY=true if you mean it."
            )

    async def close(self) -> None:
        """Give the connections back."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    @property
    def pool(self) -> Pool:
        """The pool of an open database."""
        if self._pool is None:
            raise Unavailable("database-closed", "The database is not open", "The service is starting or stopping.")
        return self._pool

    async def connect(self, *, derived: bool = False) -> OwnConnection:
        """A connection of its own, outside the pool: for the relay and the projector, which hold a lock on it.

        ``derived`` says that what is written on it can be made again from the log or the stream, and each commit is
        whole: it need not wait for the disk. A power cut may take the last half second of it back, together with the
        cursor or checkpoint that says how far it was.
        """
        settings = {"synchronous_commit": "off"} if derived else {}
        return await asyncpg.connect(self.address, password=self._password, server_settings=settings)

    async def _settle(self, connection: Connection) -> None:
        """Give a connection back as the next one needs it. The driver's own reset would be a round trip a command.

        A transaction leaves nothing behind in its session. But the driver sends a new statement to be parsed before it
        sends it to be run: a task that is cancelled in between leaves the server waiting for the rest, with the locks
        of that statement, and whoever wants the table for itself waits for ever. Any other query ends that. Where all
        queries ended there is nothing to end, and nothing is asked.
        """
        process = connection.get_server_pid()
        if process in self._ended_well:
            self._ended_well.discard(process)
        else:
            await connection.execute("SELECT")

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection of the pool, outside of a transaction: for who reads often, and need not settle what ended."""
        async with self.pool.acquire() as connection:
            yield connection
            self._ended_well.add(connection.get_server_pid())

    @asynccontextmanager
    async def transaction(self, origin: Origin) -> AsyncIterator[Transaction]:
        """Everything inside commits together when the block ends, or not at all when it raises."""
        async with self.connection() as connection:
            tx = Transaction(connection, origin, now(), self.appliers)
            async with connection.transaction():
                yield tx
                crash.point("command.before-commit")
            if tx.appended:
                crash.point("command.committed")
                self.committed.set()
