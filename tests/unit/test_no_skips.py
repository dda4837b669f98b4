"""A green run means that the tests of the real machines ran: skipping one fails the run."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SKIPPING = """
import pytest

@pytest.mark.real
def test_of_the_real_machines():
    pytest.skip("no server here")

def test_of_nothing_real():
    pytest.skip("may be skipped")
"""


def test_a_skipped_real_test_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_skipping.py").write_text(SKIPPING)

    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-p",
            "no:cacheprovider",
            "-c",
            "pyproject.toml",
            tmp_path,
        ],
        check=False,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 1
    assert "1 failed, 1 skipped" in run.stdout
    assert "may not be skipped" in run.stdout
    assert "no server here" in run.stdout
