"""Which unit the list shows: the caller's own at first, any other by choice, and always as the address says."""

import pytest

from services.desk.citizens.asked import Asked
from services.desk.citizens.units import Choice, choices, known, moves, typed


def test_the_own_unit_is_shown_at_first_and_stands_in_every_address_of_the_list() -> None:
    asked = Asked.of({"maalgruppe": "2"}, "Nord")
    assert asked.questions == {"unit": "Nord", "target_group": "2", "sort": "due", "limit": 50}
    assert asked.address(efter="x") == "/borgere?afdeling=Nord&maalgruppe=2&efter=x"
    assert asked.unfiltered == "/borgere?afdeling=Nord"
    assert not Asked.of({}, "Nord").filtered
    assert Asked.of({"vis": "all"}, "Nord").filtered


@pytest.mark.parametrize(
    ("given", "unit", "where"),
    [
        ({}, "Nord", " i Nord"),
        ({"afdeling": "Syd"}, "Syd", " i Syd"),
        ({"afdeling": ""}, "Nord", " i Nord"),
        ({"afdeling": "*"}, None, ""),
        ({"afdeling": "-"}, "", " uden afdeling"),
    ],
)
def test_what_an_address_says_goes_before_the_own_unit(given: dict[str, str], unit: str | None, where: str) -> None:
    asked = Asked.of(given, "Nord")
    assert asked.questions["unit"] == unit
    assert asked.where == where


def test_the_choice_survives_every_other_link_of_the_page() -> None:
    for unit in ("*", "-", "Syd & Øst"):
        again = Asked.of({"afdeling": unit, "efter": "x"}, "Nord")
        assert again.fields["afdeling"] == unit
        assert "afdeling=" in again.address(sortering="newest")
        assert "afdeling=" in again.unfiltered


def test_without_a_unit_of_ones_own_everybody_is_shown() -> None:
    asked = Asked.of({})
    assert "unit" not in asked.questions
    assert asked.where == ""
    assert asked.address() == asked.unfiltered == "/borgere"


def test_the_own_unit_comes_first_then_all_then_the_others_by_name() -> None:
    assert choices(["syd", "Nord", "Midt"], "Nord", "Nord") == [
        Choice("Min afdeling (Nord)", "Nord"),
        Choice("Alle afdelinger", "*"),
        Choice("Midt", "Midt"),
        Choice("syd", "syd"),
        Choice("Uden afdeling", "-"),
    ]


def test_what_is_shown_is_always_among_the_choices() -> None:
    assert [one.value for one in choices(["Nord"], None, "Lukket")] == ["*", "Lukket", "Nord", "-"]
    assert [one.value for one in choices([], "Nord", "-")] == ["Nord", "*", "-"]


def test_a_municipality_without_units_has_no_choice() -> None:
    for shown in ("", "*", "-"):
        assert choices([], None, shown) == []
    assert known([], None) == []


def test_a_citizen_is_moved_to_another_unit_or_to_none_that_she_is_in() -> None:
    assert moves(["Nord", "Syd"], "Nord") == [("Syd", "Syd"), ("-", "Ingen afdeling")]
    assert moves(["Nord"], None) == [("Nord", "Nord")]
    assert moves([], None) == []


def test_a_new_name_goes_before_what_was_chosen_and_nothing_is_said_where_nothing_was() -> None:
    assert typed({"unit": "Ny", "known_unit": "Nord"}) == "Ny"
    assert typed({"unit": "", "known_unit": "Nord"}) == "Nord"
    assert typed({"aendring_known_unit": "-"}, "aendring_") == ""
    assert typed({"unit": "", "known_unit": ""}) is None
    assert typed({"known_unit": "Nord"}, "aendring_") is None
