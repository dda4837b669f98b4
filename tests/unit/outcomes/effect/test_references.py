"""References: courses and cohorts are joined when figures are read, and figures are cut by them."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from services.outcomes.effect.days import day
from services.outcomes.effect.references import Cohort, Course, References
from tests.unit.outcomes.effect.given import KNOWN, Citizen, Story, cohort, course, rows

OFFERED: dict[str, Any] = {
    "course_id": "k1",
    "title": "Regneark",
    "kind": "course",
    "provider": "AOF",
    "methods": ["e-learning"],
    "it_specific": False,
    "target_groups": ["1", "2"],
}


def test_a_course_is_as_last_described_whatever_order_it_was_told_in() -> None:
    story = Story("course/k1").tell("courses", "course-offered", "2021-01-04", **OFFERED)
    story.tell("courses", "course-changed", "2021-02-01", **(OFFERED | {"kind": "mikrosprint", "it_specific": True}))
    story.tell("courses", "course-changed", "2021-01-20", **(OFFERED | {"kind": "workplace", "provider": "Ivækst"}))
    story.tell("courses", "course-closed", "2021-06-01", course_id="k1", reason=None)
    expected = Course(
        "k1", "0101", "Regneark", "workplace", "Ivækst", ("e-learning",),
        it_specific=False, closed=True, target_groups=("1", "2"),
    )  # fmt: skip
    for facts in permutations(story.facts):
        assert References.of([*facts, facts[0]]).courses == {"k1": expected}


def test_a_cohort_keeps_its_course_when_cancelled() -> None:
    story = Story("cohort/h1").tell(
        "courses", "cohort-opened", "2021-01-05", cohort_id="h1", course_id="k1", starts="2021-03-01", ends="2021-03-26"
    )
    story.tell("courses", "cohort-cancelled", "2021-02-01", cohort_id="h1", course_id="k1")
    references = References.of([*story.facts, *course()])
    first, last = day("2021-03-01"), day("2021-03-26")
    assert references.cohorts == {"h1": Cohort("h1", "0101", "k1", first, last, None, cancelled=True)}
    assert references.course_of("h1").provider == "Ivækst"


def test_apply_tells_whether_anything_changed() -> None:
    references = References()
    (offered,) = course()
    assert references.apply(offered)
    assert not references.apply(offered)
    assert not references.apply(Citizen().started("2021-03-01").facts[0])


def test_an_unknown_course_has_no_attributes() -> None:
    assert References().course("k9") == Course("k9")
    assert References().course_of("h9") == Course("")


def test_a_course_told_late_changes_figures_but_no_cells() -> None:
    person = Citizen().started("2021-03-01").ended("2021-03-26")
    (before,) = rows([person], "mikrosprint_job", "2022-01-01", references=())
    (after,) = rows([person], "mikrosprint_job", "2022-01-01", references=course())
    assert (before["denominator"], after["denominator"]) == (0, 1)


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("municipality", "0101"),
        ("course", "k1"),
        ("course_kind", "mikrosprint"),
        ("provider", "Ivækst"),
        ("learning_method", "classroom"),
        ("target_group", "2"),
        ("education_level", "skilled"),
        ("timing", "after"),
        ("cohort", "h1"),
        ("start_month", "2021-03"),
    ],
)
@pytest.mark.parametrize("indicator", ["mikrosprint_job", "moved_on", "funnel", "upskilled_praktik"])
def test_figures_are_cut_by_every_dimension(indicator: str, dimension: str, value: str) -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01").ended("2021-03-26")
    person.agreed("2021-04-01", "after", enrolment_id="e1").placed("2021-05-03", "praktik", enrolment_id="e1")
    cut = rows([person], indicator, "2022-01-01", by=(dimension,))
    assert {row["dimensions"][dimension] for row in cut} == {value}


@pytest.mark.parametrize("dimension", ["course_kind", "provider", "learning_method", "target_group", "education_level"])
def test_what_is_not_known_is_none(dimension: str) -> None:
    person = Citizen().started("2021-03-01").ended("2021-03-26")
    (row,) = rows([person], "moved_on", "2022-01-01", references=(), by=(dimension,))
    assert row["dimensions"] == {dimension: None}


def test_a_course_with_two_methods_counts_under_each() -> None:
    known = [*course(methods=["e-learning", "classroom"]), *cohort()]
    cut = rows([Citizen().started("2021-03-01")], "funnel", "2022-01-01", references=known, by=("learning_method",))
    started = [row["dimensions"]["learning_method"] for row in cut if row["stage"] == "started"]
    assert started == ["classroom", "e-learning"]


def test_two_dimensions_cut_together_in_a_fixed_order() -> None:
    people = [
        Citizen(name).registered("2021-01-11", group, level).started("2021-03-01").ended("2021-03-26")
        for name, group, level in [("a", "3", "short"), ("b", "2", "short"), ("c", "2", "long"), ("d", "2", "short")]
    ]
    people.append(Citizen("e").started("2021-03-01").ended("2021-03-26"))
    cut = rows(people, "moved_on", "2022-01-01", by=("target_group", "education_level"))
    assert [(*row["dimensions"].values(), row["denominator"]) for row in cut] == [
        (None, None, 1),
        ("2", "long", 1),
        ("2", "short", 2),
        ("3", "short", 1),
    ]


def test_her_group_and_education_are_those_of_the_first_day() -> None:
    person = Citizen().registered("2021-01-11", group="2", level="skilled").started("2021-03-01").ended("2021-03-26")
    person.changed("2021-03-01", target_group="3").changed("2021-03-02", target_group="4", education_level="short")
    (row,) = rows([person], "moved_on", "2022-01-01", by=("target_group", "education_level"))
    assert row["dimensions"] == {"target_group": "3", "education_level": "skilled"}


def test_what_she_was_registered_with_holds_before_too() -> None:
    person = Citizen().started("2021-03-01").ended("2021-03-26").registered("2021-04-01", group="2")
    (row,) = rows([person], "moved_on", "2022-01-01", by=("target_group",))
    assert row["dimensions"] == {"target_group": "2"}


def test_two_changes_from_the_same_day_the_later_told_holds() -> None:
    person = Citizen().registered("2021-01-11").started("2021-03-01").ended("2021-03-26")
    person.changed("2021-02-01", at="2021-06-01", target_group="5")
    person.changed("2021-02-01", at="2021-02-01", target_group="6")
    (row,) = rows([person], "moved_on", "2022-01-01", by=("target_group",))
    assert row["dimensions"] == {"target_group": "6"}


@pytest.mark.parametrize(
    ("person", "timing"),
    [
        (Citizen(), "none"),
        (Citizen().agreed("2021-02-01", "before", enrolment_id="e1"), "before"),
        (Citizen().agreed("2021-02-01", "before", enrolment_id="e2"), "none"),
        (Citizen().agreed("2021-02-01", "before"), "none"),
        (Citizen().agreed("2021-02-01", "during", kind="wage-subsidy", enrolment_id="e1"), "none"),
        (Citizen().agreed("2021-02-01", "during", enrolment_id="e1").voided("2021-02-02"), "none"),
        (Citizen().placed("2021-05-03", "praktik", enrolment_id="e1", timing="after"), "after"),
        (
            Citizen()
            .agreed("2021-02-01", "before", enrolment_id="e1")
            .placed("2021-05-03", "praktik", enrolment_id="e1", timing="none"),
            "before",
        ),
        (
            Citizen()
            .agreed("2021-02-01", "before", enrolment_id="e1", placement="p1")
            .agreed("2021-02-02", "during", enrolment_id="e1", placement="p2"),
            "during",
        ),
    ],
)
def test_timing_is_that_of_the_praktik_linked_to_the_course(person: Citizen, timing: str) -> None:
    person.started("2021-03-01").ended("2021-03-26")
    for indicator in ("moved_on", "funnel"):
        cut = rows([person], indicator, "2022-01-01", references=KNOWN, by=("timing",))
        assert {row["dimensions"]["timing"] for row in cut} == {timing}


def test_start_month_is_of_the_start() -> None:
    person = Citizen().started("2021-02-28").ended("2021-03-26")
    (row,) = rows([person], "moved_on", "2022-01-01", by=("start_month",))
    assert row["dimensions"] == {"start_month": date(2021, 2, 28).isoformat()[:7]}
