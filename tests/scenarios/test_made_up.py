"""A made-up jobcenter of a hundred citizens: cells, a rebuild, and a count by brute force give the same figures."""

import json
from datetime import date

import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from tests.reference.comparison import Question, unlike
from tests.scenarios.stack import RunningStack
from tests.scenarios.stories import MADE_UP

pytestmark = pytest.mark.timeout(180)  # the first test starts the stack

QUESTIONS = [
    Question(date(2024, 6, 1), 182, ()),
    Question(date(2025, 3, 31), 182, ("course",)),
    Question(date(2025, 12, 31), 30, ("target_group", "timing")),
    Question(date(2026, 6, 30), 365, ("learning_method", "provider")),
    Question(date(2026, 11, 21), 182, ("education_level",)),
    Question(date(2026, 11, 21), 91, ("cohort", "start_month")),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.as_of} {','.join(question.by)}")
async def test_the_figures_are_those_of_a_count_by_brute_force(made_up: RunningStack, question: Question) -> None:
    events = [json.loads(line) for line in await made_up.exported(MADE_UP)]
    cut = {"by": ",".join(question.by), "window": question.window}
    rows = []
    for indicator, definition in CATALOGUE.items():
        if set(question.by) <= set(definition.dimensions):
            rows += await made_up.effect(MADE_UP, indicator, question.as_of.isoformat(), **cut)
    assert len(rows) > 10
    assert unlike(rows, events, question) == []


async def test_a_rebuild_finds_no_difference(made_up: RunningStack) -> None:
    rebuilt = await made_up.loeft("rebuild", "--check")
    assert rebuilt["differences"] == 0
    assert rebuilt["events"] >= 6000
    assert rebuilt["cells"] > 100
