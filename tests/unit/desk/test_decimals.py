"""Numbers with decimals, read and said as Danes write them."""

import pytest

from services.desk import decimals


@pytest.mark.parametrize(("value", "said"), [(37.0, "37"), (18.5, "18,5"), (0.25, "0,25")])
def test_a_number_is_said_with_a_comma(value: float, said: str) -> None:
    assert decimals.said(value) == said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("37", 37), ("18,5", 18.5), ("18.5", 18.5), (" 18,5 ", 18.5), ("1.250,5", 1250.5)],
)
def test_what_is_typed_is_what_computers_read(typed: str, meant: float) -> None:
    assert float(decimals.read(typed)) == meant


def test_what_is_no_number_is_left_to_whoever_refuses_it() -> None:
    assert decimals.read("mange") == "mange"
