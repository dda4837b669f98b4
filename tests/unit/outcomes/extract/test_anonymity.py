"""k-anonymity: nobody in an extract stands in a group of fewer than k citizens, whoever was in it before."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.outcomes.effect.references import Course
from services.outcomes.extract.anonymity import anonymous, at_least, report
from services.outcomes.extract.generalisation import ATTRIBUTES, FINEST, band, quarter, told_as, week, wide_band
from services.outcomes.extract.record import Record

SPRINT = Course("c1", "0101", "Data", "mikrosprint", "Nogen", ("classroom",), True)
SERIES = Course("c2", "0101", "IT", "workshop-series", "Nogen", (), False)
ONE = Record("", 1, SPRINT, date(2021, 9, 6), 27, "1", "medium", "none", "completed", 4, None, None, None, None, None)


def crowd(size: int, name: str = "p", **more: object) -> list[Record]:
    """So many citizens with one participation each, alike."""
    return [replace(ONE, citizen=f"{name}{number}", **more) for number in range(size)]  # type: ignore[arg-type]


def test_a_crowd_of_equals_is_told_as_it_is() -> None:
    found = anonymous(crowd(20), 5)
    assert (found.levels, len(found.records), found.cut, found.left_out) == (FINEST, 20, 0, 0)
    said = report(found, 5)
    assert (said["smallest_class"], said["classes"], said["citizens"], said["rows"]) == (20, 1, 20, 20)
    assert not any(one["generalised"] for one in said["quasi_identifiers"].values())
    assert said["classes_where_all_or_none_got_a_job"] == 1


def test_one_among_many_is_left_out() -> None:
    found = anonymous([*crowd(40), replace(ONE, citizen="odd", age=61, target_group="9")], 5)
    assert found.levels == FINEST
    assert "odd" not in {record.citizen for record in found.records}
    assert found.left_out == 1
    assert report(found, 5)["left_out"]["citizens_in_small_classes"] == "1-4"


def test_many_small_groups_are_told_more_coarsely() -> None:
    spread = [
        replace(one, started=date(2021, 7, 5) + timedelta(weeks=number % 12)) for number, one in enumerate(crowd(36))
    ]
    found = anonymous(spread, 5)
    assert report(found, 5)["quasi_identifiers"]["start"] == {"told_by": "quarter", "generalised": True}
    assert {told_as(record, found.levels)[0] for record in found.records} == {"2021-Q3"}
    assert len(found.records) == 36


def test_a_rare_second_participation_is_left_out_and_the_citizen_stays() -> None:
    second = replace(ONE, citizen="p0", number=2, course=SERIES)
    found = anonymous([*crowd(40), *crowd(10, "q", course=SERIES), second], 5)
    assert [record.number for record in found.records if record.citizen == "p0"] == [1]
    assert (found.cut, found.left_out) == (1, 0)


def test_fewer_than_k_participants_give_an_empty_extract() -> None:
    found = anonymous(crowd(4), 5)
    assert (found.records, found.left_out) == ((), 4)
    assert report(found, 5)["smallest_class"] is None


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, "1-4"), (4, "1-4"), (5, 5)])
def test_small_counts_are_not_told(count: int, said: int | str) -> None:
    assert at_least(count, 5) == said


def test_weeks_and_ages_are_bands() -> None:
    assert (week(date(2021, 1, 3)), week(date(2021, 9, 6))) == ("2020-W53", "2021-W36")
    assert (quarter(date(2021, 3, 31)), quarter(date(2021, 12, 1))) == ("2021-Q1", "2021-Q4")
    assert [band(age, 5) for age in (19, 20, 27, 64, 65, None)] == ["under 20", "20-24", "25-29", "60-64", "65+", ""]
    assert [band(age, 10) for age in (29, 30, 60)] == ["20-29", "30-39", "60-64"]
    assert [wide_band(age) for age in (29, 30, 49, 50)] == ["under 30", "30-49", "30-49", "50+"]


RECORDS = st.lists(
    st.builds(
        replace,
        st.just(ONE),
        citizen=st.integers(0, 25).map(str),
        course=st.sampled_from([SPRINT, SERIES]),
        started=st.dates(date(2021, 1, 1), date(2022, 12, 31)),
        age=st.one_of(st.none(), st.integers(18, 70)),
        target_group=st.sampled_from(["1", "2", "9"]),
        education_level=st.sampled_from(["none", "skilled", "long", None]),
        ordinary=st.one_of(st.none(), st.integers(0, 50)),
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=60)
@given(found=RECORDS, k=st.integers(3, 6))
def test_whoever_is_in_an_extract_stands_among_k(found: list[Record], k: int) -> None:
    numbers: dict[str, int] = defaultdict(int)
    records = []
    for record in found:
        numbers[record.citizen] += 1
        records.append(replace(record, number=numbers[record.citizen]))
    kept = anonymous(records, k)
    told: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for record in kept.records:
        told[record.citizen].append(told_as(record, kept.levels))
    groups: dict[tuple[tuple[str, ...], ...], int] = defaultdict(int)
    for lines in told.values():
        groups[tuple(lines)] += 1
    assert all(size >= k for size in groups.values())
    assert report(kept, k)["smallest_class"] == min(groups.values(), default=None)
    assert len({record.citizen for record in records}) == len(told) + kept.left_out
    assert anonymous(list(reversed(records)), k).levels == kept.levels
    assert all(level < len(one.levels) for level, one in zip(kept.levels, ATTRIBUTES, strict=True))
