"""The data directory: one holder, ports that stay, and refusals that say what to do."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from deploy.embedded import DataDirectory, StackError


def test_inside_it_no_second_stack_can_use_it(tmp_path: Path) -> None:
    with DataDirectory(tmp_path):
        with pytest.raises(StackError, match=f"already running as pid {os.getpid()}"):
            DataDirectory(tmp_path).open()
        assert DataDirectory(tmp_path).running_pid() == os.getpid()
    assert DataDirectory(tmp_path).running_pid() is None
    DataDirectory(tmp_path).open()


def test_a_chosen_port_stays_the_same(tmp_path: Path) -> None:
    with DataDirectory(tmp_path) as directory:
        first = directory.port("page")
        assert directory.port("metrics") != first
    with DataDirectory(tmp_path) as directory:
        assert directory.port("page") == first


def test_a_wanted_port_is_taken_as_it_is_or_refused(tmp_path: Path) -> None:
    with DataDirectory(tmp_path) as directory, socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StackError, match=rf"Port {port} \(page\) on 127.0.0.1 is taken"):
            directory.port("page", port)
        other.close()
        assert directory.port("page", port) == port


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 40 * 2**20))
    with pytest.raises(StackError, match=r"Only 40 MiB are free .* needs 300"):
        DataDirectory(tmp_path).open()


def test_a_place_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StackError, match="cannot be made: Not a directory") as refusal:
        DataDirectory(tmp_path / "file" / "stack").open()
    assert "LOEFT_DATA_DIRECTORY" in refusal.value.remedy


def test_secrets_have_a_place_of_their_own(tmp_path: Path) -> None:
    with DataDirectory(tmp_path / "stack") as directory:
        assert directory.keys.stat().st_mode & 0o777 == 0o700
