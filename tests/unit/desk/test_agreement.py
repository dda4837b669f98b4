"""The page and what feeds it agree: words for every code, the rows as outcomes makes them, the same intervals.

The desk may not import outcomes, so nothing but these tests holds the two together.
"""

import json
from datetime import date
from typing import get_args

import pytest

from services.desk import labels, measures
from services.desk.figure import Figure
from services.desk.outcome import Outcome
from services.desk.share import Share
from services.outcomes.effect.estimates import wilson
from services.outcomes.effect.figures import figures
from services.outcomes.effect.placed import MOVED_ON
from services.outcomes.effect.references import References
from services.outcomes.effect.stages import STAGES
from services.outcomes.effect.status import STANDINGS
from services.outcomes.projection import outcomes_document
from services.outcomes.projection.document import OF_A_MUNICIPALITY, OF_AN_EFFORT
from shared.contracts.vocabulary import CourseKind, EndReason, LearningMethod, PilotDecision, Verdict
from shared.web import Role

PUBLISHED = sorted({*OF_AN_EFFORT, *(indicator for indicator, _ in OF_A_MUNICIPALITY)})


def values(annotation: object) -> set[str]:
    """The values of a closed list."""
    first = get_args(annotation)[0]
    return set(get_args(first) or get_args(annotation))


def test_every_code_has_its_danish_word() -> None:
    assert values(CourseKind) == set(labels.COURSE_KINDS)
    assert values(LearningMethod) == set(labels.METHODS)
    assert values(EndReason) == set(labels.END_REASONS)
    assert tuple(labels.STAGES) == STAGES
    assert tuple(labels.MOVED_ON_KINDS) == MOVED_ON
    assert {*labels.STANDINGS, "flexjob"} == set(STANDINGS)
    assert values(Verdict) == set(labels.VERDICTS)
    assert values(PilotDecision) == set(labels.DECISIONS)
    assert {role.value for role in Role} == set(labels.ROLES)


@pytest.mark.parametrize("indicator", PUBLISHED)
def test_the_page_reads_the_rows_that_outcomes_makes(indicator: str) -> None:
    rows = [found.row() for found in figures([], References(), indicator=indicator, as_of=date(2026, 11, 21))]
    assert rows
    for row in rows:
        figure = Figure.model_validate_json(json.dumps(row))
        assert (figure.indicator, figure.so_far, figure.stage) == (indicator, 0, row.get("stage"))
        assert figure.definition == row["definition"] != ""
        assert indicator == "funnel" or indicator in measures.TITLES


@pytest.mark.parametrize(
    ("indicator", "by"),
    sorted({*((one, ()) for one in outcomes_document.OF_AN_EFFORT), *outcomes_document.OF_A_MUNICIPALITY}),
)
def test_the_page_reads_the_rows_of_second_documents(indicator: str, by: tuple[str, ...]) -> None:
    for found in figures([], References(), indicator=indicator, as_of=date(2026, 11, 21), by=by):
        row = {name: value for name, value in found.row().items() if value is not None}
        outcome = Outcome.model_validate_json(json.dumps(row))
        assert (outcome.indicator, outcome.numerator, outcome.stage) == (indicator, 0, row.get("stage"))
        assert (outcome.compared is not None) == (indicator == "comparison")


@pytest.mark.parametrize("denominator", [1, 5, 17, 23, 100, 2500])
def test_the_page_tells_the_interval_that_the_answers_give(denominator: int) -> None:
    for numerator in range(0, denominator + 1, max(1, denominator // 20)):
        share = Share.of(numerator, denominator)
        assert share is not None
        assert (share.value, share.low, share.high) == pytest.approx(wilson(numerator, denominator), abs=1e-12)
