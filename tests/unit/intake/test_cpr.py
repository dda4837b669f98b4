"""What a CPR number says by itself. The figures follow the CPR office's table of the seventh digit."""

from datetime import date

import pytest

from services.intake.rules import cpr
from shared.problems import Invalid

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("010100-0000", date(1900, 1, 1)),
        ("3112993999", date(1999, 12, 31)),
        ("010137-4000", date(1937, 1, 1)),
        ("010100-4000", date(2000, 1, 1)),
        ("150815-5000", date(2015, 8, 15)),
        ("211126-8000", date(2026, 11, 21)),
        ("150815-9000", date(2015, 8, 15)),
        ("010199-9000", date(1999, 1, 1)),
        ("290200-4000", date(2000, 2, 29)),
        (" 0101790000 ", date(1979, 1, 1)),
    ],
)
def test_the_seventh_digit_tells_the_century(text: str, born: date) -> None:
    assert cpr.read(text, TODAY).born == born


def test_a_number_without_a_valid_check_digit_is_read() -> None:
    # the weights 4 3 2 7 6 5 4 3 2 1 give 3 + 7 + 42 + 45 + 1 = 98, no multiple of 11
    assert cpr.read("010179-0001", TODAY).digits == "0101790001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "cpr-shape"),
        ("010179000", "cpr-shape"),
        ("01017900000", "cpr-shape"),
        ("01-01790000", "cpr-shape"),
        ("010179--0000", "cpr-shape"),
        ("٠١٠١٧٩٠٠٠٠", "cpr-shape"),
        ("320179-0000", "cpr-date"),
        ("311179-0000", "cpr-date"),
        ("290200-0000", "cpr-date"),  # 1900 was no leap year
        ("010058-5000", "cpr-date"),
        ("010158-5000", "cpr-century"),  # 1858: before the events' first year
        ("221126-8000", "cpr-century"),  # tomorrow
        ("010136-4000", "cpr-century"),  # 2036
    ],
)
def test_what_cannot_be_a_number_is_refused_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        cpr.read(text, TODAY)
    assert refusal.value.code == code
    told = f"{refusal.value} {refusal.value.title} {refusal.value.detail}"
    assert not text or text.strip() not in told


def test_a_number_never_shows_itself() -> None:
    number = cpr.read("010179-0001", TODAY)
    assert "0101790001" not in f"{number} {number!r}"
    assert "1979" not in repr(number)
