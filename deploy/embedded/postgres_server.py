"""PostgreSQL 18 from a wheel: own directory, a unix socket, no TCP."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import asyncpg
import psutil

from deploy.embedded.data_directory import DirectoryLock
from deploy.embedded.postgres_data import SUPERUSER, PostgresData
from deploy.embedded.postgres_programs import binary, check_programs
from deploy.embedded.server_account import ServerAccount, unprivileged_account
from deploy.embedded.server_process import ServerProcess, plain_environment, still_there
from deploy.embedded.stack_error import StackError

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 30.0

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_directory}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 512MB
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
wal_compression = on
max_wal_size = 1GB
wal_level = minimal
max_wal_senders = 0
idle_in_transaction_session_timeout = 60s
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_checkpoints = off
"""


class PostgresServer:
    """A PostgreSQL server whose only door is a unix socket that belongs to this user.

    ``durable=False`` turns syncing to disk off, for tests that make many databases. As root the server itself runs
    under an unprivileged account. Methods that are not ``async`` block; from a running event loop call them with
    ``asyncio.to_thread``.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory.absolute()
        self._durable = durable
        self._data = PostgresData(self.directory / "data")
        self._socket_directory = socket_directory_of(self.directory)
        self._lock = DirectoryLock(self.directory / "lock", "A PostgreSQL server")
        self._process: ServerProcess | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the postmaster, None when the server is not running."""
        return self._process.pid if self._process and self._process.running else None

    @property
    def admin_dsn(self) -> str:
        """The address of the superuser in the database ``postgres``."""
        return self.dsn("postgres", SUPERUSER)

    def dsn(self, database: str, role: str | None = None) -> str:
        """A database's address for asyncpg; the role has the database's name unless told. A restart keeps it."""
        return f"postgresql://{role or database}@/{database}?host={self._socket_directory}"

    async def create_database(self, name: str, role: str | None = None) -> None:
        """Make the database and the role that owns it; what exists already stays. Only the owner may connect."""
        owner = role or name
        for identifier in (name, owner):
            if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", identifier):
                raise ValueError(f"not a plain name of a database or role: {identifier!r}")
        connection = await asyncpg.connect(self.admin_dsn)
        try:
            # there is no CREATE DATABASE IF NOT EXISTS, and two starters may ask at once
            await connection.execute("SELECT pg_advisory_lock(hashtext('loeft databases'))")
            if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", owner):
                await connection.execute(f"CREATE ROLE {owner} LOGIN")
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
                await connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
            await connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
        finally:
            await connection.close()

    def start(self) -> None:
        """Make the data directory if there is none, start, and return when connections are accepted.

        Raises StackError: directory in use, not a data directory, another major version, damaged data, not ready.
        """
        if self.pid:
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            account = self._prepare_account()
            self._data.make(account, durable=self._durable)
            self._data.check()
            self._data.clear_remains()
            self._make_socket_directory(account)
            self._launch(account)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop in an orderly way (connections are cut); kill after 30 seconds."""
        if self._process:
            self._process.stop(signal.SIGINT, STOP_WITHIN_S)
        self._after_end()

    def kill(self) -> None:
        """End all of the server's processes at once (SIGKILL), as a crash of the machine would."""
        if self._process:
            self._process.kill()
        self._after_end()

    def restart(self) -> None:
        """Stop if running, and start on the same socket and data."""
        self.stop()
        self.start()

    def end_orphan(self) -> None:
        """End a server that a killed stack left behind here. For the holder of the data directory's lock."""
        left = self._data.processes()
        for sign in (signal.SIGINT, signal.SIGKILL):
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(sign)
            left = still_there(left, STOP_WITHIN_S)

    def _prepare_account(self) -> ServerAccount | None:
        account = unprivileged_account(self.directory)
        if account:
            account.own(self.directory, 0o700)
            account.make_reachable(self.directory)
            account.make_reachable(binary("postgres"))
        check_programs(account)
        return account

    def _make_socket_directory(self, account: ServerAccount | None) -> None:
        with contextlib.suppress(FileExistsError):
            self._socket_directory.mkdir(mode=0o700)
            if account:
                account.own(self._socket_directory, 0o700)
        owner = account.uid if account else os.geteuid()
        if self._socket_directory.is_symlink() or self._socket_directory.stat().st_uid != owner:
            raise StackError(
                f"The socket directory {self._socket_directory} belongs to somebody else.",
                "Remove it, or use a data directory with a shorter path.",
            )

    def _launch(self, account: ServerAccount | None) -> None:
        settings = self._data.path / "loeft.conf"
        settings.write_text(
            SETTINGS.format(socket_directory=self._socket_directory, durable="on" if self._durable else "off"),
            encoding="utf-8",
        )
        if account:
            account.own(settings, 0o600)
        self._process = ServerProcess(
            "PostgreSQL",
            [binary("postgres"), "-D", self._data.path, "-c", f"config_file={settings}"],
            log=self.directory / "postgres.log",
            environment=plain_environment(),
            account=account,
        )
        self._process.wait_until(self._accepts, READY_WITHIN_S)

    def _accepts(self) -> bool:
        """Whether the server says it is ready and a client really gets through."""
        if not self._data.says_ready():
            return False
        probe = [str(binary("pg_isready")), "--quiet", f"--host={self._socket_directory}", f"--username={SUPERUSER}"]
        return subprocess.run(probe, check=False, env=plain_environment()).returncode == 0

    def _after_end(self) -> None:
        if self._process and self._socket_directory.parent != self.directory:
            shutil.rmtree(self._socket_directory, ignore_errors=True)
        self._lock.release()


def socket_directory_of(directory: Path) -> Path:
    """Inside ``directory``; below /tmp when that path is too long for a socket or not plain enough for an address."""
    inside = directory / "socket"
    if len(str(inside / SOCKET)) <= LONGEST_SOCKET_PATH and re.fullmatch(r"[A-Za-z0-9/._-]+", str(inside)):
        return inside
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    return Path(f"/tmp/loeft-{os.geteuid()}-{name}")
