"""How participations end."""

from datetime import date

import pytest

from services.courses.rules import participation as rule
from services.courses.rules.participation import Told
from shared.problems import Refused
from tests.unit.courses.given import STARTS, citizen, enrolment, participation

ON, TODAY = date(2026, 9, 18), date(2026, 9, 20)


def test_a_participation_ends_with_its_reason() -> None:
    ended = rule.end(participation(1), "ill", ON, TODAY)
    assert (ended.enrolment_id, ended.citizen_id, ended.reason, ended.on) == (enrolment(1), citizen(1), "ill", ON)


@pytest.mark.parametrize("on", [STARTS, TODAY])
def test_it_may_end_from_the_start_day_until_today(on: date) -> None:
    assert rule.end(participation(1), "completed", on, TODAY).on == on


@pytest.mark.parametrize("on", [date(2026, 9, 6), date(2026, 9, 21)])
def test_it_ends_neither_before_its_start_nor_in_the_future(on: date) -> None:
    with pytest.raises(Refused, match="end-outside-participation"):
        rule.end(participation(1), "completed", on, TODAY)


def test_it_ends_once() -> None:
    with pytest.raises(Refused, match="already-ended"):
        rule.end(participation(1, ON, "completed"), "got_job", ON, TODAY)


def test_a_correction_tells_the_end_again_and_keeps_the_day() -> None:
    corrected = rule.correct(participation(1, ON, "dropped_out"), "got_job", None, TODAY)
    assert (corrected.reason, corrected.on) == ("got_job", ON)
    moved = rule.correct(participation(1, ON, "dropped_out"), "dropped_out", STARTS, TODAY)
    assert (moved.reason, moved.on) == ("dropped_out", STARTS)


def test_a_mistaken_registration_is_a_correction_too() -> None:
    assert rule.correct(participation(1, ON, "completed"), "mis_registered", None, TODAY).reason == "mis_registered"


def test_only_a_wrong_end_is_corrected() -> None:
    with pytest.raises(Refused, match="nothing-to-correct"):
        rule.correct(participation(1, ON, "ill"), "ill", None, TODAY)
    with pytest.raises(Refused, match="not-ended"):
        rule.correct(participation(1), "ill", None, TODAY)


def test_many_end_at_once_or_none_does() -> None:
    roster = {enrolment(n): participation(n) for n in (1, 2, 3)}
    told = [Told(enrolment(3), "completed", ON), Told(enrolment(1), "dropped_out", ON)]
    assert [(e.citizen_id, e.reason) for e in rule.end_many(roster, told, TODAY)] == [
        (citizen(1), "dropped_out"),
        (citizen(3), "completed"),
    ]
    for more, code in [(Told(enrolment(4), "ill", ON), "not-on-roster"), (told[0], "named-twice")]:
        with pytest.raises(Refused, match=code) as refused:
            rule.end_many(roster, [*told, more], TODAY)
        assert refused.value.members == {"enrolment_id": str(more.enrolment_id)}


def test_an_ordinary_job_ends_what_runs_and_started_before_it() -> None:
    running, over = participation(1), participation(2, ON, "completed")
    assert [(e.enrolment_id, e.reason, e.on) for e in rule.got_job([running, over], TODAY)] == [
        (enrolment(1), "got_job", TODAY)
    ]


def test_a_job_begun_on_the_start_day_or_before_ends_nothing() -> None:
    assert rule.got_job([participation(1)], STARTS) == []
    assert rule.got_job([participation(1)], date(2026, 9, 1)) == []
