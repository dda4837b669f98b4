"""For whom an effort is, in a line."""

from datetime import date

from services.desk.audience import SHORT, audience
from shared.codelists.target_groups import TARGET_GROUPS


def test_groups_are_named_as_people_say_them() -> None:
    assert audience(["1", "9"]) == "For dagpengemodtagere og fleksjobvisiterede"
    assert audience([]) == "For alle målgrupper"
    assert audience(None) == ""
    assert audience(["99"]) == "For målgruppe 99"


def test_every_group_of_the_statute_has_a_short_name() -> None:
    in_force = {group.code for group in TARGET_GROUPS if group.is_valid_on(date(2026, 11, 22))}
    assert in_force <= set(SHORT)
