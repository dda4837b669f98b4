"""What happens to a registered citizen: changes, barriers, departure."""

from datetime import date
from uuid import UUID

import pytest

from services.intake.rules import barrier, change, departure
from services.intake.rules.citizen import Citizen
from shared.contracts.intake import BarrierRecorded, CitizenChanged, CitizenLeft
from shared.problems import Refused

TODAY = date(2026, 11, 21)
ID = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
HERE = Citizen(ID, "0101", date(2026, 1, 12), barriers={"reading": "medium"})
GONE = Citizen(ID, "0101", date(2026, 1, 12), left_on=date(2026, 6, 1))
HOLDS = {"target_group": "2", "device": "phone", "academic": False, "unemployed_since": date(2026, 1, 12)}


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


class TestChange:
    def test_only_what_differs_is_told(self) -> None:
        event = change.change(
            HERE, HOLDS, {"target_group": "3", "device": "phone"}, valid_from=date(2026, 3, 1), today=TODAY
        )
        assert event == CitizenChanged(
            municipality="0101", citizen_id=ID, valid_from=date(2026, 3, 1), target_group="3"
        )
        assert event.data().keys() == {"municipality", "citizen_id", "valid_from", "target_group"}

    def test_a_change_to_no_is_a_change(self) -> None:
        event = change.change(HERE, {"academic": True}, {"academic": False}, valid_from=TODAY, today=TODAY)
        assert event.academic is False

    def test_a_change_may_be_planned(self) -> None:
        planned = date(2027, 1, 1)
        assert change.change(HERE, HOLDS, {"device": "computer"}, valid_from=planned, today=TODAY).valid_from == planned

    def test_nothing_new_is_refused(self) -> None:
        with pytest.raises(Refused) as refusal:
            change.change(HERE, HOLDS, {"device": "phone"}, valid_from=TODAY, today=TODAY)
        assert code_of(refusal) == "nothing-changed"

    def test_no_unit_is_an_empty_one(self) -> None:
        event = change.change(HERE, HOLDS | {"unit": "Nord"}, {"unit": ""}, valid_from=TODAY, today=TODAY)
        assert event.unit == ""
        for holds in (HOLDS, HOLDS | {"unit": None}, HOLDS | {"unit": ""}):
            with pytest.raises(Refused) as refusal:
                change.change(HERE, holds, {"unit": ""}, valid_from=TODAY, today=TODAY)
            assert code_of(refusal) == "nothing-changed"

    @pytest.mark.parametrize(("group", "day"), [("99", TODAY), ("2", date(2019, 12, 31))])
    def test_a_group_that_the_law_does_not_have_on_the_day_is_refused(self, group: str, day: date) -> None:
        with pytest.raises(Refused) as refusal:
            change.change(HERE, {}, {"target_group": group}, valid_from=day, today=TODAY)
        assert code_of(refusal) == "target-group-unknown"

    def test_a_spell_to_come_is_refused(self) -> None:
        with pytest.raises(Refused) as refusal:
            change.change(HERE, HOLDS, {"unemployed_since": date(2026, 11, 22)}, valid_from=TODAY, today=TODAY)
        assert code_of(refusal) == "unemployed-in-future"

    def test_a_citizen_who_left_does_not_change(self) -> None:
        with pytest.raises(Refused) as refusal:
            change.change(GONE, HOLDS, {"device": "none"}, valid_from=TODAY, today=TODAY)
        assert code_of(refusal) == "citizen-left"


class TestBarrier:
    def test_it_is_recorded(self) -> None:
        assert barrier.record(HERE, "danish", "low") == BarrierRecorded(
            municipality="0101", citizen_id=ID, kind="danish", severity="low", cleared=False
        )

    def test_it_may_become_more_severe(self) -> None:
        assert barrier.record(HERE, "reading", "high").severity == "high"

    def test_the_same_again_is_refused(self) -> None:
        with pytest.raises(Refused) as refusal:
            barrier.record(HERE, "reading", "medium")
        assert code_of(refusal) == "barrier-recorded-already"

    def test_it_is_cleared_with_the_severity_it_had(self) -> None:
        assert barrier.clear(HERE, "reading") == BarrierRecorded(
            municipality="0101", citizen_id=ID, kind="reading", severity="medium", cleared=True
        )

    def test_what_does_not_stand_cannot_be_cleared(self) -> None:
        with pytest.raises(Refused) as refusal:
            barrier.clear(HERE, "danish")
        assert code_of(refusal) == "barrier-not-recorded"

    def test_a_citizen_who_left_gets_no_new_barrier(self) -> None:
        with pytest.raises(Refused) as refusal:
            barrier.record(GONE, "danish", "low")
        assert code_of(refusal) == "citizen-left"


class TestDeparture:
    def test_the_citizen_leaves(self) -> None:
        assert departure.leave(HERE, reason="job", on=date(2026, 6, 1), today=TODAY) == CitizenLeft(
            municipality="0101", citizen_id=ID, reason="job", on=date(2026, 6, 1)
        )

    @pytest.mark.parametrize("on", [date(2026, 1, 12), TODAY])
    def test_the_first_and_the_last_possible_day(self, on: date) -> None:
        assert departure.leave(HERE, reason="ill", on=on, today=TODAY).on == on

    @pytest.mark.parametrize(
        ("citizen", "on", "code"),
        [
            (GONE, TODAY, "citizen-left"),
            (HERE, date(2026, 11, 22), "departure-in-future"),
            (HERE, date(2026, 1, 11), "departure-before-registration"),
        ],
    )
    def test_what_cannot_be_is_refused(self, citizen: Citizen, on: date, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            departure.leave(citizen, reason="job", on=on, today=TODAY)
        assert code_of(refusal) == code
