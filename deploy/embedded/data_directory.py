"""The directory of the embedded stack (``.loeft``): its layout, its lock, its ports and its disk.

.loeft/lock          held by the running stack, with its process id
.loeft/ports.json    ports that were chosen at the first start
.loeft/keys/         secrets made at the first start (mode 0700)
.loeft/nats/         JetStream's store, its key, its log
.loeft/postgres/     PostgreSQL's data and log
"""

import fcntl
import os
import shutil
from pathlib import Path

from deploy.embedded.ports import Ports
from deploy.embedded.stack_error import StackError

MIB = 1024 * 1024
LEAST_FREE_MIB = 300


class DirectoryLock:
    """A file that one process at a time holds. It is free again when the process ends, however it ends."""

    def __init__(self, file: Path, holder: str) -> None:
        self._file = file
        self._name = holder
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock and write our process id into it. Raises StackError naming the process that holds it."""
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            pid = self._written()
            raise StackError(
                f"{self._name} in {self._file.parent} is already running as pid {pid or 'unknown'}.",
                f"Use that one, stop it (kill {pid or '<pid>'}), or choose another directory.",
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; nothing happens when the lock is not held."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """The process id that holds the lock now, None when nobody does."""
        if not self._file.exists():
            return None
        with self._file.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._written()
        return None

    def _written(self) -> int | None:
        text = self._file.read_text(encoding="utf-8").strip()
        return int(text) if text.isdigit() else None


class DataDirectory:
    """One stack's place on disk. A context manager: inside it, no second stack can use the directory."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.nats = self.root / "nats"
        self.postgres = self.root / "postgres"
        self.keys = self.root / "keys"
        self._lock = DirectoryLock(self.root / "lock", "Løft")
        self._ports = Ports(self.root / "ports.json")

    def open(self) -> None:
        """Make the directory, check it, and take its lock. Raises StackError when it cannot be used."""
        try:
            self.root.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise StackError(
                f"The data directory {self.root} cannot be made: {problem.strerror}.",
                "Choose another place (LOEFT_DATA_DIRECTORY), or give your user the right to write there.",
            ) from problem
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise StackError(
                f"The data directory {self.root} belongs to another user.",
                "Run as that user, or choose another place (LOEFT_DATA_DIRECTORY).",
            )
        self.check_disk()
        self._lock.acquire()

    def close(self) -> None:
        """Let the next stack use the directory."""
        self._lock.release()

    def __enter__(self) -> "DataDirectory":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def port(self, name: str, wanted: int = 0) -> int:
        """A port for one of our own listeners: ``wanted`` (StackError when taken), or one that stays the same."""
        return self._ports.choose(name, wanted)

    def running_pid(self) -> int | None:
        """The process id of the stack that runs on this directory, None when none does."""
        return self._lock.holder()

    def check_disk(self) -> None:
        """Raises StackError when the disk is nearly full: both servers stop in ugly ways on a full one."""
        free = shutil.disk_usage(self.root).free // MIB
        if free < LEAST_FREE_MIB:
            raise StackError(
                f"Only {free} MiB are free on the disk of {self.root}; the stack needs {LEAST_FREE_MIB}.",
                "Free some space, or choose another place (LOEFT_DATA_DIRECTORY).",
            )
