"""How the command says the stage of a row."""

import pytest

from deploy.cli.effect import _stage


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"stage": "left", "after_months": 1, "provisional": 1}, "left, 1 month, 1 provisional"),
        ({"stage": "left", "after_months": 3, "provisional": 0}, "left, 3 months"),
        ({"after_days": 1}, "1 day"),
        ({"after_days": 182, "provisional": None}, "182 days"),
        ({"stage": "started"}, "started"),
        ({}, ""),
    ],
)
def test_one_is_said_as_one(row: dict[str, object], said: str) -> None:
    assert _stage(row) == said
