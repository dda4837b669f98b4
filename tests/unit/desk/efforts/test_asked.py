"""What the address of an effort's page asks for, and the days that one can step to."""

from datetime import date

import pytest

from services.desk.documents import Cohort
from services.desk.efforts.asked import asked, asked_of_published
from services.desk.efforts.calendar import calendar, end_of_month, end_of_quarter

TODAY = date(2022, 6, 15)


def test_nothing_asked_is_today_with_all_that_is_known() -> None:
    found = asked({}, TODAY)
    assert (found.as_of, found.known, found.window, found.printed, found.wrong) == (TODAY, None, 182, False, ())
    assert found.is_now
    assert found.address() == "?"


def test_a_day_and_what_was_known_are_asked_of_outcomes_and_kept_in_addresses() -> None:
    found = asked({"dag": "2021-12-31", "kendt": "2022-01-31", "vindue": "91"}, TODAY)
    assert found.parameters() == {"as_of": "2021-12-31", "known": "2022-01-31", "window": "91"}
    assert not found.is_now
    assert found.address() == "?dag=2021-12-31&kendt=2022-01-31&vindue=91"
    assert found.address(dag=None, kendt=None) == "?vindue=91"
    assert found.address(udskrift=1).endswith("&udskrift=1")


@pytest.mark.parametrize("field", ["dag", "kendt"])
def test_a_day_to_come_and_one_that_is_none_are_said_and_left_out(field: str) -> None:
    to_come = asked({field: "2022-06-16"}, TODAY)
    assert to_come.is_now
    (said,) = to_come.wrong
    assert said.replace("\N{NO-BREAK SPACE}", " ").startswith("Den 16. juni 2022 er ikke kommet endnu.")
    (said,) = asked({field: "i går"}, TODAY).wrong
    assert said.startswith("Dagen kunne ikke læses.")


@pytest.mark.parametrize("window", ["", "7", "x", "-30", "182.0"])
def test_a_window_that_is_not_offered_is_the_usual_one(window: str) -> None:
    assert asked({"vindue": window}, TODAY).window == 182


def test_who_sees_what_is_published_asks_for_no_day_or_for_one() -> None:
    assert asked_of_published({}, TODAY).parameters() == {"window": "182"}
    later = asked_of_published({"dag": "2022-03-31", "kendt": "2022-01-01", "vindue": "30"}, TODAY)
    assert later.parameters() == {"as_of": "2022-03-31", "window": "182"}


def test_the_slider_stops_at_the_end_of_each_month_since_the_first_cohort_and_today() -> None:
    cohorts = [Cohort(id="b", starts=date(2022, 5, 2)), Cohort(id="a", starts=date(2022, 2, 7)), Cohort(id="c")]
    found = calendar(cohorts, date(2022, 4, 10), TODAY)
    assert found.first == date(2022, 2, 7)
    assert found.stops == (date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 31), TODAY)
    assert found.stops[found.at] == date(2022, 3, 31)
    assert (found.before, found.after) == (date(2022, 3, 31), None)  # the next quarter's end is to come


def test_before_the_first_cohort_there_is_no_quarter_to_go_back_to() -> None:
    cohorts = [Cohort(id="a", starts=date(2021, 9, 6))]
    found = calendar(cohorts, date(2021, 9, 30), TODAY)
    assert (found.before, found.after) == (None, date(2021, 12, 31))
    assert calendar(cohorts, TODAY, date(2021, 1, 1)).stops == ()
    assert calendar([], TODAY, TODAY).stops == ()
    assert calendar(cohorts, date.min, TODAY).before is None


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2022, 1, 1), date(2021, 12, 31), date(2022, 3, 31)),
        (date(2022, 3, 31), date(2021, 12, 31), date(2022, 6, 30)),
        (date(2021, 12, 31), date(2021, 9, 30), date(2022, 3, 31)),
        (date(2021, 11, 30), date(2021, 9, 30), date(2021, 12, 31)),
    ],
)
def test_the_quarters_ends_beside_a_day(day: date, before: date, after: date) -> None:
    assert (end_of_quarter(day, -1), end_of_quarter(day, +1)) == (before, after)


def test_months_end_on_their_last_day() -> None:
    assert [end_of_month(date(2024, month, 1)).day for month in (1, 2, 4, 12)] == [31, 29, 30, 31]
