"""What leaves: rows that tell of few persons lose every figure, also where another row would tell."""

from datetime import date
from typing import Any

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.estimates import wilson
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.exports.figures import FIELDS, NOT_WRITTEN
from services.outcomes.published import KEPT, OF_COMPANIES, margins_of, protected

DAY = date(2026, 3, 31)


def row(
    numerator: int, denominator: int, so_far: int | None = None, stage: str | None = None, **cut: str
) -> dict[str, Any]:
    """A figure row of mikrosprint_job, or of a funnel's stage."""
    figure = Figure(
        CATALOGUE["funnel" if stage else "mikrosprint_job"],
        dict(cut),
        182,
        DAY,
        numerator if so_far is None else so_far,
        Share(numerator, denominator, wilson(numerator, denominator)),
        stage=stage,
        of_previous=Share(numerator, denominator) if stage else None,
        flexjob=None if stage else {"so_far": 0, "numerator": 0},
    )
    return figure.row()


def test_a_row_of_many_is_shown_and_a_row_of_few_is_not() -> None:
    (shown,) = protected([row(20, 60)], (), [], 5)
    assert (shown["suppressed"], shown["numerator"], shown["denominator"]) == (False, 20, 60)
    (hidden,) = protected([row(3, 23)], (), [], 5)
    assert hidden["suppressed"]
    figures = ("so_far", "numerator", "denominator", "share", "low", "high", "flexjob")
    assert [hidden[name] for name in figures] == [None] * len(figures)
    assert hidden["definition"]


def test_what_is_not_mature_is_counted_too() -> None:
    (hidden,) = protected([row(0, 0, so_far=2)], (), [], 5)
    assert hidden["suppressed"]


def test_a_row_that_gives_a_hidden_one_away_is_hidden_with_it() -> None:
    rows = [row(2, 10, target_group="1"), row(20, 60, target_group="2"), row(30, 60, target_group="3")]
    shown = protected(rows, ("target_group",), [[row(52, 130)]], 5)
    assert [one["suppressed"] for one in shown].count(True) >= 2, "the whole less the others would be the hidden one"
    assert shown[0]["suppressed"]


def test_a_funnel_does_not_tell_a_hidden_first_stage_by_the_stages_after_it() -> None:
    stages = [row(3, 3, stage="identified"), row(0, 3, stage="invited"), row(0, 3, stage="accepted")]
    for shown in protected(stages, (), [], 5):
        assert shown["suppressed"]
        assert shown["denominator"] is None


def test_a_funnel_hides_the_share_of_a_hidden_stage() -> None:
    stages = [row(40, 40, stage="started"), row(3, 40, stage="completed"), row(0, 40, stage="certified")]
    started, completed, certified = protected(stages, (), [], 5)
    assert (started["suppressed"], completed["suppressed"], certified["suppressed"]) == (False, True, False)
    assert certified["of_previous"] is None


def test_an_answer_is_laid_beside_its_margins() -> None:
    assert margins_of(()) == []
    assert margins_of(("course",)) == [()]
    assert margins_of(("timing", "course")) == [(), ("course",), ("timing",)]


def test_everything_that_may_be_published_has_a_column() -> None:
    columns = {name.split("_numerator")[0] for name in FIELDS} | set(FIELDS)
    for name in KEPT - set(NOT_WRITTEN):
        assert name in columns or any(field.startswith(f"{name}_") for field in FIELDS), name
    assert set(CATALOGUE) >= OF_COMPANIES
