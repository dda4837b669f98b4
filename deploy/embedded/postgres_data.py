"""PostgreSQL's data directory: made once and whole, checked before every start, cleared of what a dead server left."""

import contextlib
import shutil
import subprocess
from pathlib import Path

import psutil

from deploy.embedded.postgres_programs import MAJOR_VERSION, run
from deploy.embedded.server_account import ServerAccount
from deploy.embedded.server_process import still_there
from deploy.embedded.stack_error import StackError

SUPERUSER = "postgres"
BACKENDS_END_WITHIN_S = 5.0


class PostgresData:
    """The directory ``path``; it need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pid_file = path / "postmaster.pid"

    def make(self, account: ServerAccount | None, *, durable: bool) -> None:
        """Make it if it is not there: beside, then renamed, so that a start that is killed leaves no half of one."""
        if self.path.exists():
            return
        unfinished = self.path.with_name(f"{self.path.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            run(
                account,
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--auth=trust",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
            )
        except subprocess.CalledProcessError as problem:
            raise StackError(
                f"PostgreSQL's data directory could not be made:\n{problem.stderr or problem.stdout}",
                f"Is the disk of {self.path} full or read-only?",
            ) from problem
        unfinished.rename(self.path)

    def check(self) -> None:
        """Raises StackError when this is no data directory, or one of another major version."""
        version_file = self.path / "PG_VERSION"
        if not version_file.exists():
            raise StackError(
                f"{self.path} is not a PostgreSQL data directory: PG_VERSION is missing.",
                f"Restore it from a backup, or move {self.path} away to start with empty databases.",
            )
        version = version_file.read_text(encoding="ascii", errors="replace").strip()
        if version != MAJOR_VERSION:
            raise StackError(
                f"{self.path} was made by PostgreSQL {version}; this is PostgreSQL {MAJOR_VERSION}.",
                f"Export the events with the version of Løft that made it, move {self.path} away, import them.",
            )

    def clear_remains(self) -> None:
        """Remove what a dead server left: its backends, and its pid file even if the number is another's now.

        Raises StackError when the server is alive.
        """
        processes = self.processes()
        pid = self._pid_line(0)
        if pid in {str(process.pid) for process in processes}:
            raise StackError(
                f"Another PostgreSQL server (pid {pid}) already uses {self.path}.",
                f"Stop it (kill -INT {pid}), or choose another directory.",
            )
        for backend in still_there(processes, BACKENDS_END_WITHIN_S):
            with contextlib.suppress(psutil.NoSuchProcess):
                backend.kill()
        self._pid_file.unlink(missing_ok=True)

    def processes(self) -> list[psutil.Process]:
        """Every living PostgreSQL process of this directory. They all work inside it."""
        found = []
        for process in psutil.process_iter(["name"]):
            if process.info["name"] == "postgres":
                with contextlib.suppress(psutil.Error):
                    if process.cwd() == str(self.path.resolve()):
                        found.append(process)
        return found

    def says_ready(self) -> bool:
        """Whether the server of this directory says that it accepts connections."""
        return self._pid_line(7) == "ready"

    def _pid_line(self, number: int) -> str | None:
        try:
            return self._pid_file.read_text(encoding="utf-8", errors="replace").splitlines()[number].strip()
        except (FileNotFoundError, IndexError):
            return None
