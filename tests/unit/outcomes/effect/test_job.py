"""mikrosprint_job and it_course_job: an ordinary job that starts on a day d with S < d <= E + W.

Throughout: S = 1 March 2021, E = 26 March 2021. E + 182 days is 24 September, so mature from 25 September.
"""

import pytest

from tests.unit.outcomes.effect.given import Citizen, cohort, course, numbers, row, rows

S, E, LAST, MATURE = "2021-03-01", "2021-03-26", "2021-09-24", "2021-09-25"


def participant(name: str = "anna", reason: str = "completed") -> Citizen:
    return Citizen(name).registered("2021-01-11").started(S).ended(E, reason)


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        ("2021-02-28", 0),
        (S, 0),  # begun on the first day
        ("2021-03-02", 1),
        (E, 1),
        (LAST, 1),  # the last day of the window
        (MATURE, 0),
    ],
)
def test_the_edges_of_the_window(on: str, counts: int) -> None:
    assert numbers(participant().placed(on), "mikrosprint_job", "2022-01-01") == (counts, counts, 1)


@pytest.mark.parametrize(("as_of", "expected"), [(LAST, (1, 0, 0)), (MATURE, (1, 1, 1))])
def test_a_participation_is_mature_from_the_day_after_the_window(as_of: str, expected: tuple[int, int, int]) -> None:
    assert numbers(participant().placed("2021-05-03"), "mikrosprint_job", as_of) == expected


@pytest.mark.parametrize(("as_of", "so_far"), [("2021-05-02", 0), ("2021-05-03", 1)])
def test_so_far_counts_from_the_day_the_job_starts(as_of: str, so_far: int) -> None:
    assert numbers(participant().placed("2021-05-03"), "mikrosprint_job", as_of) == (so_far, 0, 0)


@pytest.mark.parametrize(
    ("window", "as_of", "expected"),
    [
        (30, "2021-04-25", (0, 0, 0)),  # 26 March + 30 days is 25 April
        (30, "2021-04-26", (0, 0, 1)),
        (91, "2021-06-25", (1, 0, 0)),  # + 91 days is 25 June
        (91, "2021-06-26", (1, 1, 1)),
        (365, "2022-03-26", (1, 0, 0)),
        (365, "2022-03-27", (1, 1, 1)),
        (38, "2021-05-04", (1, 1, 1)),  # + 38 days is 3 May, the day of the job
        (37, "2021-05-04", (0, 0, 1)),
    ],
)
def test_any_window_can_be_asked_for(window: int, as_of: str, expected: tuple[int, int, int]) -> None:
    assert numbers(participant().placed("2021-05-03"), "mikrosprint_job", as_of, window=window) == expected


def test_a_running_participation_is_never_mature_but_its_job_counts_so_far() -> None:
    running = Citizen().registered("2021-01-11").started(S).placed("2023-06-01")
    assert numbers(running, "mikrosprint_job", "2023-05-31") == (0, 0, 0)
    assert numbers(running, "mikrosprint_job", "2024-01-01") == (1, 0, 0)


def test_one_per_participation_however_many_jobs() -> None:
    busy = participant().placed("2021-04-06", placement="p1").placed("2021-06-01", placement="p2")
    assert numbers(busy, "mikrosprint_job", "2022-01-01") == (1, 1, 1)


def test_a_job_counts_for_each_participation_before_it() -> None:
    twice = participant().started("2021-04-06", "e2", "h2", "k1").ended("2021-04-30", "completed", "e2", "h2", "k1")
    assert numbers(twice.placed("2021-06-01"), "mikrosprint_job", "2022-01-01") == (2, 2, 2)


@pytest.mark.parametrize("kind", ["wage-subsidy", "praktik", "flexjob"])
def test_only_an_ordinary_job_is_a_job(kind: str) -> None:
    assert numbers(participant().placed("2021-05-03", kind), "mikrosprint_job", "2022-01-01") == (0, 0, 1)


def test_whoever_dropped_out_stays_in_the_denominator() -> None:
    people = [participant("anna", "dropped_out"), participant("bo", "got_job").placed("2021-03-20")]
    assert numbers(people, "mikrosprint_job", "2022-01-01") == (1, 1, 2)


def test_a_mis_registered_participation_counts_nowhere() -> None:
    mistaken = participant(reason="mis_registered").placed("2021-05-03")
    assert numbers(mistaken, "mikrosprint_job", "2022-01-01") == (0, 0, 0)
    assert numbers(mistaken, "moved_on", "2022-01-01") == (0, 0, 0)


def test_a_reason_told_again_corrects_the_earlier() -> None:
    corrected = participant(reason="mis_registered").ended("2021-03-20", "dropped_out")
    assert numbers(corrected, "mikrosprint_job", "2022-01-01") == (0, 0, 1)
    assert numbers(participant().ended(E, "mis_registered"), "mikrosprint_job", "2022-01-01") == (0, 0, 0)


def test_a_corrected_end_moves_the_window() -> None:
    late = participant().placed("2021-10-01")
    assert numbers(late, "mikrosprint_job", "2022-06-01") == (0, 0, 1)
    assert numbers(late.ended("2021-04-09"), "mikrosprint_job", "2022-06-01") == (1, 1, 1)


def test_a_voided_job_never_counted() -> None:
    voided = participant().placed("2021-05-03").voided("2021-12-01")
    assert numbers(voided, "mikrosprint_job", "2021-05-04") == (0, 0, 0)
    assert numbers(voided, "mikrosprint_job", "2022-01-01") == (0, 0, 1)


def test_a_job_corrected_to_another_kind_never_counted() -> None:
    corrected = participant().placed("2021-05-03").corrected("2021-12-01", kind="wage-subsidy")
    assert numbers(corrected, "mikrosprint_job", "2022-01-01") == (0, 0, 1)


def test_a_correction_changes_only_what_it_names() -> None:
    corrected = participant().placed("2021-05-03").corrected("2021-12-01", on="2021-10-01", kind=None)
    assert numbers(corrected, "mikrosprint_job", "2022-01-01") == (0, 0, 1)  # a job still, but after the window
    again = corrected.corrected("2021-12-02", on="2021-05-04")
    assert numbers(again, "mikrosprint_job", "2022-01-01") == (1, 1, 1)


def test_an_agreed_placement_is_no_job_until_it_starts() -> None:
    agreed = participant().agreed("2021-05-03", "none", kind="ordinary")
    assert numbers(agreed, "mikrosprint_job", "2022-01-01") == (0, 0, 1)


def test_only_mikrosprints_count_as_such() -> None:
    elsewhere = [*course(kind="course"), *cohort()]
    person = participant().placed("2021-05-03")
    assert numbers(person, "mikrosprint_job", "2022-01-01", references=elsewhere) == (0, 0, 0)
    assert numbers(person, "mikrosprint_job", "2022-01-01", references=()) == (0, 0, 0)
    assert numbers(person, "it_course_job", "2022-01-01", references=elsewhere) == (1, 1, 1)


def test_only_specific_it_courses_count_as_such() -> None:
    plain = [*course(it_specific=False), *cohort()]
    person = participant().placed("2021-05-03")
    assert numbers(person, "it_course_job", "2022-01-01", references=plain) == (0, 0, 0)
    assert numbers(person, "mikrosprint_job", "2022-01-01", references=plain) == (1, 1, 1)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (participant(), (0, 0, 1)),
        (participant(reason="dropped_out"), (0, 0, 0)),
        (participant(reason="dropped_out").certified("2021-04-15"), (0, 0, 1)),
        (participant(reason="dropped_out").certified("2021-04-15").revoked("2021-09-01"), (0, 0, 0)),
        (participant(reason="dropped_out").certified("2021-04-15", enrolment=None), (0, 0, 0)),
        (participant(reason="dropped_out").certified("2021-04-15", enrolment="e2"), (0, 0, 0)),
        (participant().certified("2021-04-15").revoked("2021-09-01"), (0, 0, 1)),
        (participant(reason="got_job").placed("2021-03-20"), (0, 0, 0)),
        (participant().placed("2021-03-20"), (1, 1, 1)),
        (Citizen().registered("2021-01-11").started(S).certified("2021-03-20").placed("2021-05-03"), (1, 0, 0)),
    ],
)
def test_an_it_course_counts_those_who_completed_or_were_certified(
    person: Citizen, expected: tuple[int, int, int]
) -> None:
    assert numbers(person, "it_course_job", "2022-01-01") == expected


def test_a_flexjob_is_shown_apart_and_only_for_its_own_scheme() -> None:
    flexible = Citizen("bo").registered("2021-01-11", group="9").started(S).ended(E).placed("2021-05-03", "flexjob")
    other = participant().placed("2021-05-03", "flexjob")
    only = row(flexible, "mikrosprint_job", "2022-01-01")
    assert (only["so_far"], only["numerator"], only["denominator"]) == (0, 0, 1)
    assert only["flexjob"] == {"so_far": 1, "numerator": 1}
    assert row(other, "mikrosprint_job", "2022-01-01")["flexjob"] == {"so_far": 0, "numerator": 0}


def test_who_has_an_ordinary_job_as_well_is_counted_once() -> None:
    both = Citizen().registered("2021-01-11", group="9").started(S).ended(E).placed("2021-05-03", "flexjob")
    only = row(both.placed("2021-06-01", placement="p2"), "mikrosprint_job", "2022-01-01")
    assert (only["numerator"], only["flexjob"]) == (1, {"so_far": 0, "numerator": 0})


def test_what_comes_to_a_target_is_what_comes_in_its_year() -> None:
    people = [participant(f"c{number}").placed(on) for number, on in enumerate(["2021-04-05", "2021-12-31"])]
    people.append(participant("d").ended("2021-12-20").placed("2022-01-01"))
    told = {
        day: row(people, "mikrosprint_job", day, targets={"0101": 40})
        for day in ("2021-04-04", "2021-04-05", "2021-12-31", "2022-01-01", "2023-06-01")
    }
    reached = {day: (one["target_period"], one["reached"], one["so_far"]) for day, one in told.items()}
    assert reached == {
        "2021-04-04": ("2021", 0, 0),
        "2021-04-05": ("2021", 1, 1),
        "2021-12-31": ("2021", 1, 1),  # her participation had ended in March: the window of 182 days was over
        "2022-01-01": ("2022", 1, 2),
        "2023-06-01": ("2023", 0, 2),
    }
    assert "reached" not in row(people, "mikrosprint_job", "2022-01-01")


def test_the_row_says_all_that_stands_beside_the_figure() -> None:
    people = [participant(f"c{number}") for number in range(20)]
    people += [participant(f"d{number}").placed("2021-05-03") for number in range(3)]
    (only,) = rows(people, "mikrosprint_job", "2022-01-01", by=("municipality",), targets={"0101": 40})
    assert only.pop("definition").startswith("Andel af de påbegyndte deltagelser i mikrosprint")
    assert (round(only.pop("low"), 3), round(only.pop("high"), 3)) == (0.045, 0.321)
    assert only == {
        "indicator": "mikrosprint_job",
        "dimensions": {"municipality": "0101"},
        "window": 182,
        "as_of": "2022-01-01",
        "so_far": 3,
        "numerator": 3,
        "denominator": 23,
        "share": 3 / 23,
        "definition_version": 1,
        "target": 40,
        "reached": 0,
        "target_period": "2022",
        "flexjob": {"so_far": 0, "numerator": 0},
    }
