"""The catalogue is complete data, and every row of it can be asked for."""

from datetime import date

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.figures import figures
from services.outcomes.effect.indicator import DIMENSIONS, Indicator
from services.outcomes.effect.references import References

INDICATORS = list(CATALOGUE.values())


def test_the_indicators_are_those_of_the_four_targets_and_the_documents() -> None:
    assert list(CATALOGUE) == [
        "agreements",
        "mikrosprint_job",
        "it_course_job",
        "upskilled_praktik",
        "moved_on",
        "funnel",
        "job_entry",
        "status_after",
        "retained",
        "gain",
        "service_goal",
        "reach",
        "self_reliance",
        "comparison",
        "supply_demand",
    ]
    sources = {indicator.source.split(",")[0] for indicator in INDICATORS}
    assert {"T1", "T2", "T3", "T4"} < sources


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_every_row_says_everything(indicator: Indicator) -> None:
    for text in (
        indicator.title_da,
        indicator.title_en,
        indicator.definition_da,
        indicator.definition_en,
        indicator.numerator,
        indicator.denominator,
        indicator.exclusions,
        indicator.maturity,
        indicator.source,
        indicator.owner,
    ):
        assert text.strip()
    assert indicator.definition_da.count(".") == 1, "one plain sentence"
    assert indicator.version >= 1
    assert set(indicator.dimensions) <= {*DIMENSIONS, "area", "level", "theme"}


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_every_row_can_be_asked_for_by_any_two_of_its_dimensions(indicator: Indicator) -> None:
    for first in indicator.dimensions:
        for second in indicator.dimensions:
            by = tuple({first: None, second: None})
            assert figures([], References(), indicator=indicator.key, as_of=date(2022, 1, 1), by=by) == []


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no indicator is called 'luck'; there are agreements, "):
        figures([], References(), indicator="luck", as_of=date(2022, 1, 1))


def test_a_cut_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="agreements cannot be cut by cohort; it can by municipality"):
        figures([], References(), indicator="agreements", as_of=date(2022, 1, 1), by=("cohort",))


def test_a_negative_window_is_refused() -> None:
    with pytest.raises(ValueError, match="not -1"):
        figures([], References(), indicator="moved_on", as_of=date(2022, 1, 1), window=-1)
