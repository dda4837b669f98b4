"""``loeft profile``: what it says of the files, and how it ends."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli import app
from services.assessment.shipped_profiles import DIRECTORY

RUN = CliRunner()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    profiles = shutil.copytree(DIRECTORY, tmp_path / "profiles")
    file = profiles / "office.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("level = 4", "level = 0", 1), encoding="utf-8")
    return profiles


def test_profiles_without_faults_pass() -> None:
    result = RUN.invoke(app, ["profile", "check"])
    assert (result.exit_code, result.output) == (0, "9 profiles, nothing to correct\n")


def test_every_fault_is_told_and_the_command_fails(broken: Path) -> None:
    result = RUN.invoke(app, ["profile", "check", "--directory", str(broken)])
    assert result.exit_code == 1
    assert "office.toml: demand.0.level is 0" in result.output
    told = RUN.invoke(app, ["profile", "check", "--json", "--directory", str(broken)])
    assert told.exit_code == 1
    assert json.loads(told.stdout)["fine"] is False


def test_the_list_shows_levels_and_what_is_a_judgement() -> None:
    (hotel,) = (
        one
        for one in json.loads(RUN.invoke(app, ["profile", "list", "--json"]).stdout)
        if one["key"] == "hotel-cleaner"
    )
    assert [(one["area"], one["level"]) for one in hotel["demand"]] == [(1, 2), (2, 2), (4, 1)]
    assert RUN.invoke(app, ["profile", "list"]).output.count("no: skøn") == 9


def test_what_is_no_municipality_is_refused() -> None:
    result = RUN.invoke(app, ["profile", "publish", "--municipality", "København"])
    assert result.exit_code == 2
    assert "four digits" in result.output
