"""Where settings come from: the environment, and files that carry secrets."""

from pathlib import Path

import pytest

from shared import settings
from shared.settings import Settings


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of secret files, in the place of /run/secrets."""
    monkeypatch.setattr(settings, "SECRETS", tmp_path)
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)
    return tmp_path


def test_a_file_of_a_settings_name_is_that_setting(secrets: Path) -> None:
    (secrets / "loeft_nats_url").write_text("nats://word@nats:4222\n")
    (secrets / "loeft_cpr_key").write_text("00" * 32)

    found = Settings()

    assert found.nats_url == "nats://word@nats:4222"
    assert found.cpr_key == "00" * 32


def test_each_service_has_its_own_password(secrets: Path) -> None:
    (secrets / "loeft_database_password_intake").write_text("one\n")
    (secrets / "loeft_database_password_courses").write_text("two\n")

    found = Settings(database_password="for all the others")

    assert [found.password(service) for service in ("intake", "courses", "outcomes")] == [
        "one",
        "two",
        "for all the others",
    ]


def test_without_files_there_is_one_password_or_none(secrets: Path) -> None:
    assert Settings(database_password="one").password("intake") == "one"
    assert Settings().password("intake") is None
