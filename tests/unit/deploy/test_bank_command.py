"""``loeft bank``: what it says, what programs read, and how it ends."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli import app
from services.assessment.items.loading import DIRECTORY, item_bank
from shared.problems import NotFound

RUN = CliRunner()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    bank = shutil.copytree(DIRECTORY, tmp_path / "bank")
    for file, old, new in (("1.1.toml", "level = 2\n", "level = 9\n"), ("bank.toml", "single = 1.2", "single = -1.2")):
        text = (bank / file).read_text(encoding="utf-8")
        assert old in text
        (bank / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return bank


def test_a_bank_without_faults_passes() -> None:
    result = RUN.invoke(app, ["bank", "check"])
    assert result.exit_code == 0
    assert f"nothing to correct, digest {item_bank().digest}" in result.output


def test_every_fault_is_told_and_the_command_fails(broken: Path) -> None:
    result = RUN.invoke(app, ["bank", "check", "--directory", str(broken)])
    assert result.exit_code == 1
    assert "1.1.toml: 1.1-narrow-jobs: level is 9" in result.output
    assert "bank.toml: rule.discrimination of single is -1.2" in result.output


def test_faults_for_a_program(broken: Path) -> None:
    result = RUN.invoke(app, ["bank", "check", "--json", "--directory", str(broken)])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["fine"] is False
    assert {"file", "item", "what", "remedy"} == set(told["findings"][0])
    assert [one["item"] for one in told["findings"] if one["file"] == "1.1.toml"] == ["1.1-narrow-jobs"]


def test_numbers_for_a_program() -> None:
    bank = item_bank()
    told = json.loads(RUN.invoke(app, ["bank", "stats", "--json"]).stdout)
    assert told["operational"] == len(bank.pool("full")) == sum(area["operational"] for area in told["area"].values())
    assert told["state"]["pilot"] == len(bank.pilots("full"))
    assert told["competences"] == 21
    for area in told["area"].values():
        assert sum(area["level"].values()) == sum(area["kind"].values()) == area["operational"]
        assert [at["cut"] for at in area["information"]["full"]] == list(bank.cuts)
        assert all(at["available"] >= at["needed"] for pool in area["information"].values() for at in pool)


def test_numbers_for_a_person() -> None:
    result = RUN.invoke(app, ["bank", "stats"])
    assert result.exit_code == 0
    for words in ("not calibrated", "by kind", "pool accessible", "needed"):
        assert words in result.output


def test_one_item_and_all_items() -> None:
    one = RUN.invoke(app, ["bank", "preview", "4.2-false-mail"])
    assert one.output.startswith("4.2-false-mail  4.2 · level 2")
    every = RUN.invoke(app, ["bank", "preview"]).output
    assert all(f"{item.id}  {item.competence} · level" in every for item in item_bank().items)


def test_an_unknown_item_is_told() -> None:
    assert isinstance(RUN.invoke(app, ["bank", "preview", "9.9-none"]).exception, NotFound)


def test_a_page_for_reviewers(tmp_path: Path) -> None:
    file = tmp_path / "bank.html"
    assert RUN.invoke(app, ["bank", "preview", "--html", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8").count("<article") == len(item_bank().items)
    both = RUN.invoke(app, ["bank", "preview", "4.2-false-mail", "--html", str(file)])
    assert both.exit_code == 1
