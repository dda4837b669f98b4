"""The short reference of a citizen."""

import pytest

from services.desk.reference import read, reference

ANNA = "018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01"


def test_a_citizen_is_called_by_the_end_of_her_id() -> None:
    assert reference(ANNA) == "Borger 0a6a-1c01"


@pytest.mark.parametrize("typed", ["Borger 0a6a-1c01", "0a6a-1c01", "0A6A1C01", " borger 0a6a 1c01 "])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert read(typed) == "0a6a1c01"


@pytest.mark.parametrize("typed", ["", "0a6a", "0a6a-1c0g", "0a6a-1c01-22", ANNA, "æøå"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert read(typed) is None
