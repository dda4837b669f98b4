"""What the page says, against sentences written by hand. Intervals: indicators.md and the Wilson formula by hand."""

from datetime import UTC, date, datetime

import pytest

from services.desk import wording
from services.desk.share import Share


def share(numerator: int, denominator: int) -> Share:
    """A share that exists."""
    found = Share.of(numerator, denominator)
    assert found is not None
    return found


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("numerator", "denominator", "sentence"),
    [
        (17, 23, "17 af 23 (74 %) – det sande tal ligger sandsynligvis mellem 54 % og 87 %"),
        (20, 40, "20 af 40 (50 %) – det sande tal ligger sandsynligvis mellem 35 % og 65 %"),
        (20, 100, "20 af 100 (20 %) – det sande tal ligger sandsynligvis mellem 13 % og 29 %"),
        (1925, 2500, "1.925 af 2.500 (77 %) – det sande tal ligger sandsynligvis mellem 75,3 % og 78,6 %"),
        (3, 23, "3 af 23 (13 %) – det sande tal ligger sandsynligvis mellem 5 % og 32 %"),
        (0, 17, "0 af 17 (0 %) – det sande tal ligger sandsynligvis mellem 0 % og 18 %"),
        (17, 17, "17 af 17 (100 %) – det sande tal ligger sandsynligvis mellem 82 % og 100 %"),
    ],
)
def test_a_share_is_told_with_its_number_and_its_interval(numerator: int, denominator: int, sentence: str) -> None:
    assert plain(wording.sentence(share(numerator, denominator))) == sentence


def test_the_brief_form_keeps_the_interval() -> None:
    assert plain(wording.brief(share(17, 23))) == "sandsynligvis 54–87 %"
    assert plain(wording.brief(share(1925, 2500))) == "sandsynligvis 75,3–78,6 %"
    assert plain(wording.brief(share(0, 100))) == "sandsynligvis 0–3,7 %"


@pytest.mark.parametrize("whole", [0, None])
def test_there_is_no_share_of_nobody(whole: int | None) -> None:
    assert Share.of(0, whole) is None


def test_more_than_the_whole_is_no_share() -> None:
    assert Share.of(5, 4) is None


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1, 8, "13 %"),  # 12.5 upwards, as people are taught
        (1, 300, "under 1 %"),
        (299, 300, "over 99 %"),
        (0, 300, "0 %"),
        (300, 300, "100 %"),
    ],
)
def test_rounding_makes_neither_nothing_nor_all(part: int, whole: int, said: str) -> None:
    assert plain(wording.percent(part / whole)) == said


def test_few_people_are_called_few() -> None:
    assert wording.caution(share(3, 4)) == "Det er så få, at tallet endnu ikke kan sige ret meget."
    assert wording.caution(share(17, 23)) == "Det er få, så tallet er et fingerpeg og langt fra sikkert."
    assert wording.caution(share(20, 100)) == ""
    assert wording.caution(share(0, 40)) == ""  # few, but the interval 0 to 9 % says something


def test_days_and_spans() -> None:
    assert plain(wording.span(date(2021, 9, 6), date(2021, 10, 1))) == "6. september – 1. oktober 2021"
    assert plain(wording.span(date(2021, 2, 1), date(2021, 2, 12))) == "1.–12. februar 2021"
    assert plain(wording.span(date(2020, 12, 14), date(2021, 1, 8))) == "14. december 2020 – 8. januar 2021"
    assert plain(wording.span(date(2021, 2, 4), date(2021, 2, 4))) == "4. februar 2021"


def test_too_early_says_from_when() -> None:
    assert plain(wording.too_early(182, date(2022, 4, 2), date(2021, 10, 20))) == (
        "For tidligt at sige. Andelen regnes ud et halvt år (182 dage) efter, at en deltager er stoppet. "
        "Det første hold er helt med fra 2. april 2022."
    )
    assert plain(wording.too_early(60, None, date(2021, 10, 20))) == (
        "For tidligt at sige. Andelen regnes ud 60 dage efter, at en deltager er stoppet."
    )


def test_a_partly_mature_share_warns() -> None:
    assert wording.partly(6, 23) == (
        "Foreløbig er kun 6 af de 23 startede talt med. "
        "De, der stoppede tidligt, tælles først – vent med at konkludere."
    )


def test_a_lost_connection_says_of_when_the_figures_are() -> None:
    now = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
    assert plain(wording.stale(datetime(2026, 11, 21, 16, 43, tzinfo=UTC), now)) == (
        "Data er fra kl. 17.43 – forbindelsen er afbrudt. Du kan læse videre; siden prøver selv igen."
    )
    assert plain(wording.stale(None, now)) == (
        "Tallene kan ikke hentes lige nu – forbindelsen er afbrudt. Siden prøver selv igen."
    )


def test_numbers_are_said_in_words() -> None:
    assert wording.people(1) == "1 borger"
    assert wording.people(2500) == "2.500 borgere"
    assert wording.goal(20.0, "2026") == "målet for 2026 er 20"
