"""One server process that we started: its log, the wait until it is ready, and its end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from deploy.embedded.server_account import ServerAccount
from deploy.embedded.stack_error import StackError

LARGEST_LOG_BYTES = 10 * 1024 * 1024
POLL_S = 0.02


class ServerProcess:
    """A server in a session of its own: Ctrl-C in the terminal reaches us, and we stop it after our own work."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str],
        account: ServerAccount | None = None,
    ) -> None:
        self.name = name
        self._log = log
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.old"))
        with log.open("ab") as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd="/",
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], deadline_s: float) -> None:
        """Return when ``ready()`` is true. Raises StackError with the log's end if the process ends or is late."""
        deadline = time.monotonic() + deadline_s
        while not ready():
            if not self.running:
                raise StackError(
                    f"{self.name} ended while starting (exit code {self._process.returncode}):\n{self.last_words()}",
                    f"The whole log is {self._log}.",
                )
            if time.monotonic() > deadline:
                self.kill()
                raise StackError(
                    f"{self.name} was not ready after {deadline_s:.0f} seconds:\n{self.last_words()}",
                    f"The whole log is {self._log}. Is the machine very busy, or its disk very slow?",
                )
            time.sleep(POLL_S)

    def stop(self, sign: signal.Signals, deadline_s: float) -> None:
        """Ask with a signal; kill the process and its children when it is still there at the deadline."""
        if self.running:
            self._process.send_signal(sign)
            try:
                self._process.wait(deadline_s)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """SIGKILL to the process and its children, as a crash of the machine would; returns when they are gone."""
        if not self.running:
            return
        family = psutil.Process(self.pid).children(recursive=True)
        self._process.kill()
        for child in family:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        self._process.wait()
        still_there(family, deadline_s=10)

    def last_words(self, lines: int = 12) -> str:
        """The end of what the process has written to its log since this start."""
        with self._log.open("rb") as log:
            log.seek(self._log_start)
            return "\n".join(log.read().decode("utf-8", "replace").splitlines()[-lines:])


def still_there(processes: Sequence[psutil.Process], deadline_s: float) -> list[psutil.Process]:
    """Wait until all have ended, at most to the deadline; returns those that have not. Unreaped ones have ended."""
    deadline = time.monotonic() + deadline_s
    while (left := [process for process in processes if _alive(process)]) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    return left


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def plain_environment(**more: str) -> dict[str, str]:
    """The little that a server needs of our environment; PGHOST, proxies and the like stay outside."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", **more}
