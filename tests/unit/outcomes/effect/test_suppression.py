"""Nothing that is published tells of fewer than k persons: worked by hand, and tried by an attacker."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.outcomes.effect.protection import Protection
from services.outcomes.effect.release import TOTAL, Key, Protected, Table, masked
from services.outcomes.effect.suppression import protect
from tests.unit.outcomes.effect.attacker import Attacker
from tests.unit.outcomes.effect.crowd import CLUSTERS, NESTED, Person, completed, crowd, funnel, shares

ATTACKS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def by_course(cells: Mapping[str, tuple[int, int]], name: str = "by course") -> Table:
    """Jobs among people on courses; ``*`` is all of them."""
    return Table.shares(
        name, ["course"], {(course,): cell for course, cell in cells.items()}, counted="job", among="people"
    )


def reasons(protected: Protected) -> dict[str, str]:
    """The reason of each hidden row, by its key and stage."""
    return {
        " ".join([*map(str, row.key), *([row.stage] if row.stage else [])]): reason
        for row, reason in protected.reasons.items()
    }


# By hand


def test_a_small_numerator_is_hidden_with_the_smallest_row_that_would_give_it_away() -> None:
    """All have 25 jobs: with only A hidden, 25 - 10 - 12 = 3."""
    table = by_course({"A": (3, 20), "B": (10, 30), "C": (12, 70), TOTAL: (25, 120)})
    assert reasons(protect([table], k=5)) == {"A": "primary", "B": "secondary"}


def test_few_who_got_no_job_are_as_telling_as_few_who_did() -> None:
    table = by_course({"A": (18, 20), "B": (10, 30), "C": (12, 70)})
    assert reasons(protect([table], k=5)) == {"A": "primary"}


def test_without_a_total_there_is_nothing_to_subtract_from() -> None:
    table = by_course({"A": (3, 20), "B": (10, 30)})
    assert reasons(protect([table], k=5)) == {"A": "primary"}


def test_none_and_all_and_nobody_are_shown() -> None:
    table = by_course({"A": (0, 20), "B": (30, 30), "C": (0, 0), TOTAL: (30, 50)})
    assert reasons(protect([table], k=5)) == {}


def test_two_small_ones_that_are_small_together_take_a_third() -> None:
    """A and B have 3 jobs together, which 33 - 30 would tell: still fewer than 5."""
    table = by_course({"A": (1, 20), "B": (2, 20), "C": (30, 60), "D": (70, 140), TOTAL: (103, 240)})
    assert reasons(protect([table], k=5)) == {"A": "primary", "B": "primary", "C": "secondary"}


def test_hidden_rows_are_known_not_to_be_empty() -> None:
    """A and B have 5 people together: at least one each, so neither can have 5, and C must go too."""
    table = by_course({"A": (0, 2), "B": (0, 3), "C": (0, 20), "D": (0, 40), TOTAL: (0, 65)})
    assert reasons(protect([table], k=5)) == {"A": "primary", "B": "primary", "C": "secondary"}
    assert reasons(protect([table], k=4)) == {"A": "primary", "B": "primary"}


def test_in_two_dimensions_the_corners_of_a_rectangle_are_hidden() -> None:
    cells: dict[Key, tuple[int, int]] = {(row, column): (20, 40) for row in "ABC" for column in "xyz"}
    cells["A", "x"] = (2, 40)
    cells |= {(row, TOTAL): (60, 120) for row in "BC"} | {(TOTAL, column): (60, 120) for column in "yz"}
    cells |= {("A", TOTAL): (42, 120), (TOTAL, "x"): (42, 120), (TOTAL, TOTAL): (162, 360)}
    hidden = reasons(protect([Table.shares("t", ["a", "b"], cells, counted="job", among="people")], k=5))
    assert len(hidden) == 4
    assert hidden["A x"] == "primary"
    rows, columns = {key.split()[0] for key in hidden}, {key.split()[1] for key in hidden}
    assert (len(rows), len(columns)) == (2, 2)
    assert TOTAL not in rows | columns


def test_the_same_count_in_another_table_is_hidden_there_too() -> None:
    """The course's total by group is the course's own row: hidden, it must not be the sum of two shown ones."""
    courses = by_course({"A": (3, 20), "B": (10, 30), "C": (12, 70), TOTAL: (25, 120)})
    cells: dict[Key, tuple[int, int]] = {("A", "x"): (0, 9), ("A", "y"): (3, 11)}
    cells |= {("B", "x"): (5, 14), ("B", "y"): (5, 16), ("C", "x"): (6, 35), ("C", "y"): (6, 35)}
    groups = Table.shares("by group", ["course", "group"], cells, counted="job", among="people")
    hidden = {(row.table, row.key) for row in protect([courses, groups], k=5).reasons}
    assert hidden >= {("by course", ("A",)), ("by course", ("B",)), ("by group", ("A", "y"))}
    assert ("by group", ("B", "x")) in hidden or ("by group", ("B", "y")) in hidden


def test_a_stage_that_few_reached_is_hidden_and_the_others_are_shown() -> None:
    """Started - completed = 6 of 3 dropped out and 3 still there: 1 to 6 and 0 to 5, both may be 5."""
    cells = {(): {"invited": 23, "started": 23, "completed": 17, "dropped_out": 3, "placed": 10}}
    assert reasons(protect([Table.stages("funnel", [], cells, nested=NESTED)], k=5)) == {"dropped_out": "primary"}


def test_a_stage_that_few_did_not_reach_is_hidden() -> None:
    """30 - 27 = 3 were invited and did not start."""
    cells = {(): {"invited": 30, "started": 27, "completed": 20}}
    assert reasons(protect([Table.stages("funnel", [], cells, nested=NESTED)], k=5)) == {"started": "primary"}


def test_what_the_release_before_showed_is_known() -> None:
    """B has grown. Hiding A with C, the smallest now, would leave A with 23 - 20 = 3: C was 20 before, and cannot have
    fallen where persons are only added."""
    before = protect([by_course({"A": (3, 20), "B": (10, 30), "C": (20, 60), TOTAL: (33, 110)})], k=5)
    now = [by_course({"A": (3, 20), "B": (40, 140), "C": (20, 60), TOTAL: (63, 220)})]
    assert reasons(before) == {"A": "primary", "B": "secondary"}
    assert reasons(protect(now, k=5)) == {"A": "primary", "C": "secondary"}
    assert reasons(protect(now, k=5, previous=[before])) == {"A": "primary", "B": "secondary"}


def test_the_order_of_the_rows_does_not_matter() -> None:
    cells = {"A": (3, 20), "B": (10, 30), "C": (10, 30), "D": (9, 40), TOTAL: (32, 120)}
    turned = dict(reversed(cells.items()))
    assert protect([by_course(cells)], k=5).reasons == protect([by_course(turned)], k=5).reasons


def test_the_smallest_group_is_never_under_three() -> None:
    with pytest.raises(ValueError, match="at least 3 persons, not 2"):
        protect([], k=2)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ([by_course({"A": (3, 20), TOTAL: (4, 20)})], "does not add up"),
        ([by_course({"A": (21, 20)})], "no more persons than its whole"),
        ([by_course({}), by_course({})], "same name"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(tables: list[Table], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        protect(tables, k=5)


def test_a_hidden_row_keeps_what_it_is_about_and_says_no_reason() -> None:
    row = {"indicator": "moved_on", "dimensions": {"course": "A"}, "window": 182, "as_of": "2026-11-21", "target": 9.0}
    figures = {"so_far": 4, "numerator": 3, "denominator": 20, "share": 0.15, "low": 0.05, "high": 0.36}
    hidden = masked({**row, **figures, "split": {"ordinary": 3}}, hidden=True)
    assert hidden == {**row, **dict.fromkeys(figures), "split": None, "suppressed": True}
    assert masked({**row, **figures}, hidden=False) == {**row, **figures, "suppressed": False}


def test_a_stage_after_a_hidden_one_does_not_tell_it_as_its_denominator() -> None:
    row = {"stage": "completed", "numerator": 20, "of_previous": {"numerator": 20, "denominator": 27}}
    assert masked(row, hidden=False, previous_hidden=True) == {**row, "of_previous": None, "suppressed": False}


# The attacker

Release = Callable[[Sequence[Person]], list[Table]]

RELEASES: dict[str, Release] = {
    "one dimension": lambda people: [shares(people, "course"), shares(people)],
    "two dimensions": lambda people: [shares(people, "course", "group", margins=True)],
    "no totals": lambda people: [shares(people, "course", "group"), shares(people, "area", "group")],
    "linked": lambda people: [
        shares(people, "course", "group"),
        shares(people, "course", "area"),
        shares(people, "course"),
        shares(people),
    ],
    "overlapping": lambda people: [
        shares(people, "course", "method"),
        shares(people, "course"),
        shares(people, "method"),
        shares(people),
    ],
    "common denominators": lambda people: [
        shares(people, "course", "group"),
        completed(people, "course"),
        shares(people),
        completed(people),
    ],
    "every two of three dimensions": lambda people: [
        shares(people, "course", "group"),
        shares(people, "course", "area"),
        shares(people, "group", "area"),
        shares(people, "course", "group", "area", kept=True),
    ],
    "funnel": lambda people: [funnel(people, "course"), funnel(people)],
    "funnel in two dimensions": lambda people: [funnel(people, "course", "group", margins=True)],
}


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES.keys())
@ATTACKS
@given(clusters=CLUSTERS, k=st.sampled_from([3, 5]))
def test_nothing_can_be_worked_out_from_a_release(release: Release, clusters: list[tuple[Person, int]], k: int) -> None:
    assert Attacker([protect(release(crowd(clusters)), k=k)]).found() == []


@ATTACKS
@given(clusters=CLUSTERS)
def test_nothing_can_be_worked_out_in_three_dimensions(clusters: list[tuple[Person, int]]) -> None:
    table = shares(crowd(clusters), "course", "group", "area", margins=True)
    assert Attacker([protect([table], k=5)]).found() == []


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES.keys())
@settings(ATTACKS, max_examples=8)
@given(clusters=CLUSTERS, added=st.lists(st.tuples(st.sampled_from(range(9)), st.integers(1, 6)), max_size=3))
def test_nothing_can_be_worked_out_when_persons_are_added(
    release: Release, clusters: list[tuple[Person, int]], added: list[tuple[int, int]]
) -> None:
    people = crowd(clusters)
    more = [person for at, count in added for person in people[at : at + 1] * count]
    before = protect(release(people), k=5)
    now = protect(release([*people, *more]), k=5, previous=[before])
    assert Attacker([before, now]).found() == []


@pytest.mark.parametrize("release", RELEASES.values(), ids=RELEASES.keys())
@settings(ATTACKS, max_examples=8)
@given(clusters=CLUSTERS, corrected=st.lists(st.integers(0, 80), max_size=4), left=st.integers(0, 3))
def test_nothing_can_be_worked_out_when_persons_are_corrected(
    release: Release, clusters: list[tuple[Person, int]], corrected: list[int], left: int
) -> None:
    people = crowd(clusters)
    before = protect(release(people), k=5)
    corrections = {at: replace(people[at], course="B", stage=4, job=True) for at in corrected if at < len(people)}
    now = [corrections.get(at, person) for at, person in enumerate(people)][left:]
    assert Attacker([before, protect(release(now), k=5, previous=[before])]).found() == []


# The attacker finds what is there to find


def few(course: str, count: int, *, jobs: int, group: str = "x", stage: int = 2) -> list[Person]:
    """Persons on a course, some of whom got a job."""
    method = "hands" if group == "x" else "talk"
    return [Person("north", course, group, (method,), stage, at < jobs) for at in range(count)]


TOWN = [
    *few("A", 20, jobs=3),
    *few("A", 20, jobs=9, group="y"),
    *few("B", 30, jobs=10),
    *few("B", 30, jobs=11, group="y"),
    *few("C", 40, jobs=12),
    *few("C", 40, jobs=20, group="y"),
    *few("A", 3, jobs=0, stage=3),
    *few("B", 12, jobs=0, stage=3),
    *few("A", 9, jobs=0, stage=1),
    *few("B", 9, jobs=0, stage=1),
]


@pytest.mark.parametrize("name", [name for name in RELEASES if name not in {"one dimension", "no totals"}])
def test_without_secondary_suppression_the_attacker_finds_a_count(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = RELEASES[name](TOWN)
    assert Attacker([protect(tables, k=5)]).found() == []
    monkeypatch.setattr(Protection, "protect", lambda _: None)
    assert Attacker([protect(tables, k=5)]).found() != []


def test_without_the_release_before_the_attacker_finds_a_count() -> None:
    before = protect([by_course({"A": (3, 20), "B": (10, 30), "C": (20, 60), TOTAL: (33, 110)})], k=5)
    now = protect([by_course({"A": (3, 20), "B": (40, 140), "C": (20, 60), TOTAL: (63, 220)})], k=5)
    assert Attacker([now]).found() == []
    assert Attacker([before, now]).found() != []
