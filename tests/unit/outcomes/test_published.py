"""What leaves: rows that tell of few persons lose every figure, also where another row would tell."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.estimates import wilson
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.release import Protected, RowId
from services.outcomes.exports.figures import FIELDS, NOT_WRITTEN
from services.outcomes.published import KEPT, OF_COMPANIES, margins_of, protected, table_of
from shared.problems import Refused
from tests.unit.outcomes.effect.attacker import Attacker
from tests.unit.outcomes.effect.crowd import CLUSTERS, Person, crowd

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
    identified, *after = protected(stages, (), [], 5)
    assert (identified["suppressed"], identified["so_far"]) == (True, None)
    for shown in after:
        assert [shown[name] for name in ("so_far", "denominator", "share", "low", "high")] == [
            0,
            None,
            None,
            None,
            None,
        ]


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


ANSWERS: list[tuple[str, ...]] = [(), ("course",), ("target_group",), ("course", "target_group")]
STAGES = {"invited": (0, 1, 2, 3, 4), "started": (1, 2, 3, 4), "completed": (2, 4), "ended:dropped_out": (3,)}


def jobs(people: Sequence[Person], by: tuple[str, ...]) -> list[dict[str, Any]]:
    """Their figures of mikrosprint_job under a cut; who was only invited is not mature."""
    so_far, numerators, denominators = (
        Counter[tuple[str, ...]](),
        Counter[tuple[str, ...]](),
        Counter[tuple[str, ...]](),
    )
    for person in people:
        key = key_of(person, by)
        so_far[key] += person.job
        denominators[key] += person.stage > 0
        numerators[key] += person.job and person.stage > 0
    keys = sorted(so_far) if by else [()]
    return [row(numerators[k], denominators[k], so_far[k], **dict(zip(by, k, strict=True))) for k in keys]


def funnels(people: Sequence[Person], by: tuple[str, ...]) -> list[dict[str, Any]]:
    """Their funnel under a cut."""
    keys = sorted({key_of(person, by) for person in people}) if by else [()]
    rows = []
    for key in keys:
        own = [person for person in people if key_of(person, by) == key]
        for stage, at in STAGES.items():
            count = sum(person.stage in at for person in own)
            rows.append(row(count, len(own), stage=stage, **dict(zip(by, key, strict=True))))
    return rows


def key_of(person: Person, by: tuple[str, ...]) -> tuple[str, ...]:
    """Her values of the dimensions."""
    values = {"course": person.course, "target_group": person.group}
    return tuple(values[name] for name in by)


@pytest.mark.parametrize("counted", [jobs, funnels])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(clusters=CLUSTERS, k=st.sampled_from([3, 5]))
def test_who_asks_for_every_cut_and_lays_the_answers_side_by_side_works_nothing_out(
    counted: Any, clusters: list[tuple[Person, int]], k: int
) -> None:
    people = crowd(clusters)
    tables, reasons = [], {}
    for by in ANSWERS:
        rows = counted(people, by)
        try:
            answer = protected(rows, by, [counted(people, cut) for cut in margins_of(by)], k)
        except Refused:
            continue  # too fine: she is told nothing of it
        tables.append(table_of(rows, by))
        for shown in answer:
            assert shown["suppressed"] == (shown["so_far"] is None)
            if shown["suppressed"]:
                key = tuple(shown["dimensions"][name] for name in by)
                reasons[RowId(tables[-1].name, key, shown.get("stage"))] = "primary"
    assert Attacker([Protected(tuple(tables), k, reasons)]).found() == []  # type: ignore[arg-type]
