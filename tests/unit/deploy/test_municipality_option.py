"""``--municipality``: a code of four digits, or the command is not understood."""

import pytest
from typer.testing import CliRunner

from deploy.cli import app

RUN = CliRunner()


@pytest.mark.parametrize("told", ["101", "01010", "٠١٠١", "0101\n", "\udcff", "x" * 20_000, ""])
@pytest.mark.parametrize("command", [["effect", "show"], ["effect", "verdicts"], ["release", "make"]])
def test_what_is_no_code_is_refused_before_anything_is_asked(command: list[str], told: str) -> None:
    result = RUN.invoke(app, [*command, "--municipality", told])
    assert result.exit_code == 2
    assert "four digits" in result.output


def test_one_wrong_code_among_several_is_enough() -> None:
    result = RUN.invoke(app, ["token", "--role", "manager", "--municipality", "0101", "--municipality", "Rødovre"])
    assert result.exit_code == 2
