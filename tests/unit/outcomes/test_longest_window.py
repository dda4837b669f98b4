"""The longest window that can be asked for is the longest that a pilot may register."""

import pytest

from services.outcomes.effect_queries import LONGEST_WINDOW, check
from shared.contracts.courses import PilotOpened
from shared.problems import Invalid


def test_every_window_of_a_pilot_can_be_asked_for() -> None:
    registered = PilotOpened.model_json_schema()["properties"]["window_days"]
    assert registered["maximum"] == LONGEST_WINDOW
    check("mikrosprint_job", (), LONGEST_WINDOW)
    with pytest.raises(Invalid) as refused:
        check("mikrosprint_job", (), LONGEST_WINDOW + 1)
    assert refused.value.code == "window-unknown"
