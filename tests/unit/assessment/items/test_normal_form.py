"""Typed answers: what must not decide is forgiven, and nothing else. Expected forms are worked out by hand."""

import pytest

from services.assessment.items.normal_form import normal


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  72 Timer ", "72timer"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("=SUM(A1:A3)", "=sum( a1 : a3 )"),
        ("Lønkontoret.", "lønkontoret"),
        ("“Syg i dag”", "syg i dag"),
        ("ÆRØ", "ærø"),
        ("\u0041\u030arhus", "århus"),  # A and a ring, as some keyboards send Å
        ("bla\u030abær", "blåbær"),
    ],
)
def test_the_same_is_meant(typed: str, meant: str) -> None:
    assert normal(typed) == normal(meant)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("øl", "ol"),
        ("mål", "mal"),
        ("mål", "maal"),
        ("æble", "aeble"),
        ("1.250", "1250"),
        ("1,5", "15"),
        ("=B3*$E$1", "=B3*E1"),
        ("SUM(A1;A2)", "SUM(A1.A2)"),
    ],
)
def test_another_is_another(typed: str, other: str) -> None:
    assert normal(typed) != normal(other)


def test_a_comma_between_words_stays() -> None:
    assert normal("ja, nej") == "ja,nej"
