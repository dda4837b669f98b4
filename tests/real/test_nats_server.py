"""The embedded NATS server: what it promises about its data, its ports and its directory."""

import asyncio
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nats
import pytest

from deploy.embedded import NatsServer, StackError
from tests.real_machines import running

START_AND_VANISH = """
import os, pathlib, sys
from deploy.embedded import NatsServer
server = NatsServer(pathlib.Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
os._exit(9)
"""


async def publish(url: str, payloads: list[bytes]) -> None:
    client = await nats.connect(url)
    stream = client.jetstream()
    await stream.add_stream(name="KEPT", subjects=["kept.>"])
    for payload in payloads:
        await stream.publish("kept.one", payload)
    await client.close()


async def messages(url: str) -> int:
    client = await nats.connect(url)
    count = (await client.jetstream().stream_info("KEPT")).state.messages
    await client.close()
    return count


def varz(server: NatsServer) -> Any:
    with urllib.request.urlopen(f"{server.monitor_url}/varz") as answer:
        return json.load(answer)


def test_it_syncs_every_message_and_listens_on_the_loopback_address_only(own_nats: NatsServer) -> None:
    settings = varz(own_nats)

    assert settings["version"] == "2.15.1"
    assert settings["jetstream"]["config"]["sync_always"] is True
    assert settings["host"] == "127.0.0.1"
    assert settings["http_host"] == "127.0.0.1"


async def test_acknowledged_messages_survive_a_kill_on_the_same_addresses(own_nats: NatsServer) -> None:
    await publish(own_nats.url, [b"1", b"2", b"3"])
    addresses = own_nats.url, own_nats.monitor_url

    own_nats.kill()
    assert own_nats.pid is None
    await asyncio.to_thread(own_nats.restart)

    assert (own_nats.url, own_nats.monitor_url) == addresses
    assert await messages(own_nats.url) == 3


async def test_a_second_start_keeps_the_data_and_the_ports(own_directory: Path) -> None:
    with running(NatsServer(own_directory)) as first:
        await publish(first.url, [b"1", b"2"])

    with running(NatsServer(own_directory)) as second:
        assert second.url == first.url
        assert await messages(second.url) == 2


async def test_nothing_readable_is_on_disk_and_the_key_is_ours_alone(own_nats: NatsServer) -> None:
    await publish(own_nats.url, [b"a text that must not be readable"])
    own_nats.stop()

    store = [file for file in (own_nats.directory / "store").rglob("*") if file.is_file()]
    assert any(file.suffix == ".blk" for file in store)
    assert not [file for file in store if b"a text that must not" in file.read_bytes()]
    assert stat.S_IMODE((own_nats.directory / "encryption.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(own_nats.directory.stat().st_mode) == 0o700


async def test_a_lost_key_is_said_and_not_replaced(own_nats: NatsServer) -> None:
    await publish(own_nats.url, [b"1"])
    own_nats.stop()
    (own_nats.directory / "encryption.key").unlink()

    with pytest.raises(StackError, match=r"encrypted and its key encryption\.key is missing"):
        own_nats.start()
    assert not (own_nats.directory / "encryption.key").exists()


def test_a_taken_port_is_named_with_its_holder(own_directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StackError, match=rf"Port {port} \(client\) .* taken by pid {os.getpid()}"):
            NatsServer(own_directory, port=port).start()

    with running(NatsServer(own_directory, port=port)) as server:
        assert server.url == f"nats://127.0.0.1:{port}"


def test_a_kept_port_that_another_program_took_is_given_up(own_directory: Path) -> None:
    with running(NatsServer(own_directory)) as first:
        port = int(first.url.rpartition(":")[2])

    with socket.create_server(("127.0.0.1", port)), running(NatsServer(own_directory)) as second:
        assert second.url != first.url


def test_a_directory_in_use_is_refused_with_the_pid(own_nats: NatsServer) -> None:
    with pytest.raises(StackError, match=f"already running as pid {os.getpid()}"):
        NatsServer(own_nats.directory).start()
    assert own_nats.pid


def test_a_server_whose_owner_vanished_is_refused_and_can_be_ended(own_directory: Path) -> None:
    vanished = subprocess.run(
        [sys.executable, "-c", START_AND_VANISH, str(own_directory)], check=False, stdout=subprocess.PIPE, text=True
    )
    orphan = int(vanished.stdout)
    server = NatsServer(own_directory)

    with pytest.raises(StackError, match=rf"Another NATS server \(pid {orphan}\)"):
        server.start()
    server.end_orphan()

    with running(server):
        assert server.pid not in {None, orphan}


def test_another_program_with_the_old_number_is_left_alone(own_nats: NatsServer) -> None:
    own_nats.kill()
    (own_nats.directory / "nats.pid").write_text(f"{os.getpid()}\n")

    own_nats.end_orphan()
    own_nats.start()

    assert own_nats.pid not in {None, os.getpid()}


def test_a_server_that_ignores_the_request_to_stop_is_killed(
    own_nats: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.embedded.nats_server.STOP_WITHIN_S", 0.2)
    pid = own_nats.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)

    own_nats.stop()

    assert own_nats.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_damaged_store_directory_ends_with_the_servers_own_words(own_directory: Path) -> None:
    (own_directory / "encryption.key").write_text("kept\n")
    (own_directory / "store").write_text("a file where a directory should be")

    with pytest.raises(StackError, match=r"(?s)nats-server ended while starting.*storage directory is not a directory"):
        NatsServer(own_directory).start()
    (own_directory / "store").unlink()
    with running(NatsServer(own_directory)) as server:
        assert server.pid
