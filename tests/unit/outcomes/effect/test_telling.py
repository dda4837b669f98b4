"""What releases tell beside each other: worked by hand, and tried by an attacker."""

from collections.abc import Mapping

import pytest

from services.outcomes.effect import telling
from services.outcomes.effect.groups import Counts, Value
from services.outcomes.effect.telling import Told, tell, tell_apart
from tests.unit.outcomes.effect.attacker import Attacker, Town
from tests.unit.outcomes.effect.town import attacked, releases, town

K = 5
ROUNDS = range(8)


def counts(job: int, none: int) -> Counts:
    """So many with a job, and the others."""
    return {"job": job, "none": none}


def release(past: list[Told], rows: Mapping[Value, tuple[int, int]]) -> Told:
    """A release of the courses; everybody is on one."""
    whole = counts(sum(job for job, _ in rows.values()), sum(none for _, none in rows.values()))
    told = tell(past, whole, {"course": {value: counts(*row) for value, row in rows.items()}}, K)
    past.append(told)
    return told


def courses(told: Told) -> set[Value]:
    """The courses that were told anew."""
    assert told.whole is not None
    return set(told.rows("course"))


# One release


def test_everything_is_told_where_everybody_is_one_of_many() -> None:
    assert courses(release([], {"A": (10, 20), "B": (5, 5)})) == {"A", "B"}


def test_few_with_a_job_and_few_without_one_are_both_few() -> None:
    """A and C are left together: 7 and 22 with a job or without, and 7 is enough for two (5 and 2)."""
    assert courses(release([], {"A": (3, 20), "B": (10, 30), "C": (4, 2), "D": (6, 6)})) == {"B", "D"}


def test_the_smallest_one_waits_where_few_would_be_left() -> None:
    """Without A, 3 with a job would be what is left of all."""
    assert courses(release([], {"A": (3, 20), "B": (10, 30), "C": (12, 70)})) == {"C"}


def test_nobody_is_told() -> None:
    assert courses(release([], {"A": (0, 20), "B": (30, 0)})) == {"A", "B"}


def test_few_in_all_are_not_told() -> None:
    assert release([], {"A": (4, 20)}) == Told()


def test_several_courses_known_to_have_somebody_need_more_than_k_together() -> None:
    """Of 7 on three courses, each with one at least, none can have more than 5; of 6 none can have 5."""
    assert release([], {"A": (0, 3), "B": (0, 3), "C": (0, 1)}) == Told()
    assert courses(release([], {"A": (0, 3), "B": (0, 3), "C": (0, 2)})) == set()


def test_those_of_whom_it_is_not_known_are_in_the_whole_only() -> None:
    """Of 30 and 40 without A, 10 and 10 are the unknown."""
    told = release([], {"A": (20, 30), None: (10, 10)})
    assert (told.whole, courses(told)) == (counts(30, 40), {"A"})


def test_the_order_of_rows_makes_no_difference() -> None:
    rows = {"A": (3, 20), "B": (10, 30), "C": (10, 30), "D": (8, 9)}
    assert release([], rows) == release([], dict(reversed(rows.items())))


# One after another


def test_a_course_stands_until_enough_have_come() -> None:
    past: list[Told] = []
    release(past, {"A": (10, 20), "B": (30, 40)})
    assert courses(release(past, {"A": (13, 28), "B": (42, 52)})) == set(), "3 came to A, and without B they were left"
    assert courses(release(past, {"A": (15, 29), "B": (52, 62)})) == {"A", "B"}


def test_of_a_course_that_stood_it_may_be_known_that_somebody_had_come() -> None:
    """2, then 3 came to A. Who knows that somebody came at first, knows that fewer than 5 came later."""
    past: list[Told] = []
    release(past, {"A": (0, 20), "B": (0, 40)})
    release(past, {"A": (0, 22), "B": (0, 60)})
    assert courses(release(past, {"A": (0, 25), "B": (0, 80)})) == set()
    assert courses(release(past, {"A": (0, 26), "B": (0, 100)})) == {"A", "B"}


def test_nobody_has_come() -> None:
    past: list[Told] = []
    release(past, {"A": (10, 20), "B": (30, 40)})
    told = release(past, {"A": (10, 20), "B": (40, 50)})
    assert courses(told) == {"B"}, "A stands: whether nobody came or few did is not told"


def test_who_came_between_two_releases_is_not_left_over() -> None:
    """B and C are told of both quarters together, and A of each: 8 came in the second, and 6 of them to A."""
    past: list[Told] = []
    release(past, {"A": (20, 20), "B": (20, 20), "C": (20, 20)})
    assert courses(release(past, {"A": (30, 30), "B": (25, 25), "C": (25, 25)})) == {"A", "B", "C"}
    past.pop()
    release(past, {"A": (30, 30), "B": (24, 24), "C": (24, 24)})
    assert courses(past[-1]) == {"A"}
    assert courses(release(past, {"A": (36, 36), "B": (26, 26), "C": (26, 26)})) == set()


def test_few_who_went_are_few() -> None:
    past: list[Told] = []
    release(past, {"A": (10, 20), "B": (30, 40)})
    assert release(past, {"A": (9, 20), "B": (30, 40)}) == Told()


def test_few_who_changed_sides_are_few() -> None:
    """8 more with a job and 6 fewer without one are 2 who came."""
    past: list[Told] = []
    release(past, {"A": (30, 40)})
    assert release(past, {"A": (38, 34)}) == Told()
    assert release(past, {"A": (40, 30)}).whole == counts(40, 30)


def test_a_course_that_shrank_to_few_stands() -> None:
    past: list[Told] = []
    release(past, {"A": (12, 20), "B": (30, 40)})
    assert "A" not in courses(release(past, {"A": (3, 20), "B": (60, 70)}))


def test_areas_are_each_by_themselves() -> None:
    areas = {"1": counts(10, 10), "2": counts(3, 20), None: counts(9, 9)}
    told = tell_apart([], {"area": areas}, K)
    assert told == Told(None, {"area": {"1": counts(10, 10), None: counts(9, 9)}})
    again = tell_apart([told], {"area": {"1": counts(14, 14), "2": counts(8, 30)}}, K)
    assert again == Told(None, {"area": {"2": counts(8, 30)}})


# An attacker


@pytest.mark.parametrize("quarters", [1, 2, 4])
def test_an_attacker_finds_nobody(quarters: int) -> None:
    assert [found for seed in ROUNDS for found in attacked(seed, quarters)] == []


def test_an_attacker_finds_nobody_where_things_are_corrected() -> None:
    assert [found for seed in ROUNDS for found in attacked(seed, 3, correcting=0.08)] == []


def test_there_is_something_to_attack() -> None:
    told = [len(release) for seed in range(100) for release in releases(town(seed), K)]
    assert sum(told) > 400, "rows told anew"
    assert sum(count > 0 for count in told) > 100, "releases that told something"


@pytest.mark.parametrize(
    "fault",
    [
        "the rest is not looked at",
        "only the rest now is looked at",
        "a change of few is told",
        "it is not known that courses have somebody",
        "a row that stood is told like any other",
    ],
)
def test_without_any_one_of_the_rules_the_attacker_finds_somebody(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table, enough, may_be_told = telling._Table, telling._enough, telling._may_be_told
    match fault:
        case "the rest is not looked at":
            monkeypatch.setattr(table, "_rest_is_safe", lambda *_: True)
        case "only the rest now is looked at":
            monkeypatch.setattr(table, "_told_since", lambda self, release, told: [self._whole])
        case "a change of few is told":
            monkeypatch.setattr(telling, "_may_be_told", lambda counts, _, k, *__, **___: enough(counts, k))
        case "it is not known that courses have somebody":
            monkeypatch.setattr(table, "_untold", lambda *_: 0)
        case _:
            monkeypatch.setattr(
                telling, "_may_be_told", lambda *given, known: may_be_told(*given, known=0) if given else known
            )
    assert any(attacked(seed, 4) for seed in range(12, 60))


def test_the_attacker_knows_how_to_subtract() -> None:
    """Of 12 and 20, 10 and 15 are on one course: two with a job are on the other."""
    there = Town([["A", "B"]], 1, ["job", "none"])
    there.come = {("A", "0", "job"): 10, ("A", "0", "none"): 15, ("B", "0", "job"): 2, ("B", "0", "none"): 5}
    assert Attacker(there, [{None: counts(12, 20)}], K).found() == []
    assert Attacker(there, [{None: counts(12, 20), (0, "A"): counts(10, 15)}], K).found() == [
        "come [(0, 'B')] in 0-0: job"
    ]
