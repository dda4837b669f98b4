"""``loeft extract`` refuses before anything is read: an output that is there, a nameless project, a bad secret."""

from pathlib import Path

import pytest
import typer

from deploy.cli.extract import extract, research_secret
from shared.settings import Settings


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        extract(project="kea", out=tmp_path)
    assert "nothing is overwritten" in capsys.readouterr().err


def test_a_project_has_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        extract(project=" ", out=tmp_path / "new")
    assert "A project has a name" in capsys.readouterr().err


@pytest.mark.parametrize("key", [None, "", "short", "00" * 31, "zz" * 32])
def test_a_secret_that_is_none_is_refused(key: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        research_secret(Settings(research_key=key))
    assert "64 hexadecimal digits" in capsys.readouterr().err


def test_the_secret_is_read() -> None:
    assert research_secret(Settings(research_key="0f" * 32)) == b"\x0f" * 32
