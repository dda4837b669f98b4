"""Ports on the loopback address: asked for, or taken from the operating system once and then kept."""

import json
import random
import socket
from pathlib import Path

import psutil

from deploy.embedded.stack_error import StackError

LOOPBACK = "127.0.0.1"
BELOW_EPHEMERAL = 20_000, 32_000
"""Ports that the system gives to no outgoing connection between the moment they are chosen and their use."""
TRIES = 100
CHANCE = random.SystemRandom()


class Ports:
    """The ports of one directory, kept in its ``ports.json`` so that the next start uses the same."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def choose(self, name: str, wanted: int = 0) -> int:
        """The port that ``name`` listens on: ``wanted``, or with 0 the kept one, or a new one if that is taken.

        Raises StackError when the wanted port is taken: whoever asks for a port has told it to others.
        """
        if wanted:
            if not is_free(wanted):
                raise StackError(
                    f"Port {wanted} ({name}) on {LOOPBACK} is taken{_holder(wanted)}.",
                    "Stop the program that uses it, or ask for another port.",
                )
            return wanted
        kept = self._kept()
        port = kept.get(name, 0)
        if not port or not is_free(port):
            port = free_port()
            self._file.write_text(json.dumps(kept | {name: port}, indent=2) + "\n", encoding="utf-8")
        return port

    def kept(self, name: str) -> int:
        """The port that ``name`` was last given; 0 when it never was."""
        return self._kept().get(name, 0)

    def _kept(self) -> dict[str, int]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return {str(name): int(port) for name, port in kept.items()}


def is_free(port: int) -> bool:
    """Whether nobody listens on the port; connections that just closed do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that was free a moment ago, and that no connection is given by the system meanwhile. Raises StackError."""
    for _ in range(TRIES):
        port = CHANCE.randrange(*BELOW_EPHEMERAL)
        if is_free(port):
            return port
    raise StackError(f"No port of {LOOPBACK} is free.", "End programs that listen on many ports.")


def _holder(port: int) -> str:
    """Who listens on the port, as far as the operating system tells us."""
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by pid {connection.pid} ({psutil.Process(connection.pid).name()})"
    except psutil.Error:
        pass  # other users' programs are not ours to see
    return ""
