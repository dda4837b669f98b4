"""The account that PostgreSQL runs under: ourselves, or an unprivileged one when we are root (it refuses root)."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

import structlog

from deploy.embedded.stack_error import StackError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """An operating system account."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path, mode: int) -> None:
        """Give the path to this account with that mode."""
        os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def make_reachable(self, path: Path) -> None:
        """Let this account pass through the directories above ``path``: it may search them, not list them."""
        for directory in path.absolute().parents:
            status = directory.stat()
            if status.st_uid == self.uid:
                needed = stat.S_IXUSR
            elif status.st_gid == self.gid:
                needed = stat.S_IXGRP
            else:
                needed = stat.S_IXOTH
            if not status.st_mode & needed:
                directory.chmod(stat.S_IMODE(status.st_mode) | needed)
                log.warning("directory made searchable", directory=str(directory), account=self.name)


def unprivileged_account(directory: Path) -> ServerAccount | None:
    """None when we are not root. Otherwise who owns ``directory`` already, or ``postgres``, or ``nobody``."""
    if os.geteuid() != 0:
        return None
    entries = []
    if directory.exists() and (owner := directory.stat().st_uid):
        try:
            entries.append(pwd.getpwuid(owner))
        except KeyError as problem:
            raise StackError(
                f"{directory} belongs to user id {owner}, which this machine does not know.",
                f"Give it to a user of this machine: chown -R postgres {directory}",
            ) from problem
    for name in ("postgres", "nobody"):
        try:
            entries.append(pwd.getpwnam(name))
        except KeyError:
            continue
    if not entries:
        raise StackError(
            "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody.",
            "Make one (useradd --system postgres), or run as a normal user.",
        )
    return ServerAccount(entries[0].pw_name, entries[0].pw_uid, entries[0].pw_gid)
