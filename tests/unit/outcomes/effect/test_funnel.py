"""funnel: distinct citizens of each cohort at each stage so far, by the first stage with anyone and the one before.

Throughout: identified 1 February, S = 1 March, E = 26 March 2021; E + 182 days is 24 September.
"""

from typing import Any

import pytest

from tests.unit.outcomes.effect.given import KNOWN, Citizen, Story, cohort, rows


def citizen(name: str = "anna") -> Citizen:
    return Citizen(name).registered("2021-01-11").identified("2021-02-01").invited("2021-02-02")


def participant(name: str = "anna", reason: str = "completed") -> Citizen:
    seated = citizen(name).answered("2021-02-05").enrolled("2021-02-08")
    return seated.started("2021-03-01").ended("2021-03-26", reason)


def stages(*people: Story, as_of: str = "2022-01-01", **cut: Any) -> dict[str, int]:
    """The stages that anyone has reached."""
    return {one["stage"]: one["numerator"] for one in rows(people, "funnel", as_of, **cut) if one["numerator"]}


def test_every_stage_in_its_order() -> None:
    one = participant().certified("2021-04-15").met("2021-04-20").placed("2021-05-03", "praktik", "p1")
    one.placed("2021-06-01", "wage-subsidy", "p2").placed("2021-07-01", "ordinary", "p3")
    assert [(row["stage"], row["so_far"], row["numerator"]) for row in rows([one], "funnel", "2022-01-01")] == [
        ("identified", 1, 1),
        ("invited", 1, 1),
        ("accepted", 1, 1),
        ("enrolled", 1, 1),
        ("started", 1, 1),
        ("completed", 1, 1),
        ("certified", 1, 1),
        ("met", 1, 1),
        ("praktik", 1, 1),
        ("wage_subsidy", 1, 1),
        ("job", 1, 1),
    ]


@pytest.mark.parametrize(
    ("as_of", "reached"),
    [
        ("2021-01-31", []),
        ("2021-02-01", ["identified"]),
        ("2021-02-02", ["identified", "invited"]),
        ("2021-02-05", ["identified", "invited", "accepted"]),
        ("2021-02-28", ["identified", "invited", "accepted", "enrolled"]),
        ("2021-03-25", ["identified", "invited", "accepted", "enrolled", "started"]),
        ("2021-03-26", ["identified", "invited", "accepted", "enrolled", "started", "completed"]),
    ],
)
def test_a_stage_counts_from_the_day_it_is_reached(as_of: str, reached: list[str]) -> None:
    assert list(stages(participant(), as_of=as_of)) == reached


def test_shares_are_of_the_first_stage_and_of_the_stage_before() -> None:
    people = [citizen(f"c{number}") for number in range(10)]
    for person in people[:6]:
        person.answered("2021-02-05")
    for person in people[:3]:
        person.enrolled("2021-02-08")
    by_stage = {row["stage"]: row for row in rows(people, "funnel", "2022-01-01")}
    assert (by_stage["enrolled"]["denominator"], by_stage["enrolled"]["share"]) == (10, 0.3)
    assert (by_stage["enrolled"]["low"], by_stage["enrolled"]["high"]) == pytest.approx((0.1078, 0.6032), abs=1e-4)
    of_previous = by_stage["enrolled"]["of_previous"]
    assert (of_previous["numerator"], of_previous["denominator"], of_previous["share"]) == (3, 6, 0.5)
    assert by_stage["identified"]["of_previous"]["denominator"] is None
    assert by_stage["completed"]["of_previous"] == {
        "numerator": 0,
        "denominator": 0,
        "share": None,
        "low": None,
        "high": None,
    }


def test_a_cohort_that_identified_nobody_begins_with_its_first_stage() -> None:
    people = [Citizen(f"c{number}").enrolled("2021-02-08") for number in range(4)]
    people[0].started("2021-03-01")
    by_stage = {row["stage"]: row for row in rows(people, "funnel", "2022-01-01")}
    assert (by_stage["started"]["numerator"], by_stage["started"]["denominator"]) == (1, 4)


def test_cohorts_together_have_each_their_own_first_stage() -> None:
    first = [citizen(f"c{number}") for number in range(3)]
    second = [Citizen(f"d{number}").enrolled("2021-02-08", "h2", "e2") for number in range(4)]
    known = [*KNOWN, *cohort("h2")]
    by_stage = {row["stage"]: row for row in rows([*first, *second], "funnel", "2022-01-01", references=known)}
    assert (by_stage["enrolled"]["numerator"], by_stage["enrolled"]["denominator"]) == (4, 7)


def test_more_at_a_stage_than_before_is_a_ratio_without_interval() -> None:
    people = [citizen("anna"), *[Citizen(f"c{number}").enrolled("2021-02-08") for number in range(3)]]
    by_stage = {row["stage"]: row for row in rows(people, "funnel", "2022-01-01")}
    assert (by_stage["enrolled"]["share"], by_stage["enrolled"]["low"]) == (3.0, None)


@pytest.mark.parametrize(
    "reason",
    ["dropped_out", "got_job", "ill", "moved", "education", "other_effort", "not_met", "cancelled_by_provider"],
)
def test_every_end_reason_is_its_own_count(reason: str) -> None:
    (row,) = [row for row in rows([participant(reason=reason)], "funnel", "2022-01-01") if row["stage"][:6] == "ended:"]
    assert (row["stage"], row["numerator"], row["denominator"]) == (f"ended:{reason}", 1, 1)
    assert row["of_previous"]["denominator"] == 1
    assert "completed" not in stages(participant(reason=reason))


def test_an_end_reason_counts_from_the_end_against_those_who_started() -> None:
    people = [participant("anna", "dropped_out"), participant("bo"), citizen("cy")]
    assert "ended:dropped_out" not in stages(*people, as_of="2021-03-25")
    by_stage = {row["stage"]: row for row in rows(people, "funnel", "2021-03-26")}
    assert by_stage["ended:dropped_out"]["denominator"] == 3
    assert by_stage["ended:dropped_out"]["of_previous"]["denominator"] == 2


def test_getting_a_job_is_no_dropout() -> None:
    reached = stages(participant(reason="got_job").placed("2021-03-20"))
    assert (reached["ended:got_job"], reached["job"]) == (1, 1)
    assert "ended:dropped_out" not in reached


def test_a_mis_registered_citizen_is_not_in_the_funnel() -> None:
    assert stages(participant(reason="mis_registered")) == {}


def test_a_seat_taken_by_mistake_leaves_the_right_one() -> None:
    person = participant(reason="mis_registered").enrolled("2021-02-20", enrolment="e2").started("2021-03-02", "e2")
    assert stages(person) == {"identified": 1, "invited": 1, "accepted": 1, "enrolled": 1, "started": 1}
    assert stages(person, as_of="2021-02-19") == {"identified": 1, "invited": 1, "accepted": 1}


def test_a_declined_invitation_is_not_accepted() -> None:
    assert stages(citizen().answered("2021-02-05", "declined")) == {"identified": 1, "invited": 1}


@pytest.mark.parametrize(("at", "met"), [("2021-02-28T22:00:00Z", 0), ("2021-02-28T23:30:00Z", 1), ("2021-10-12", 1)])
def test_a_meeting_counts_from_the_start_on(at: str, met: int) -> None:
    assert stages(participant().met(at)).get("met", 0) == met


def test_an_early_meeting_does_not_hide_a_later_one() -> None:
    assert stages(participant().met("2021-02-01").met("2021-10-12").met("2021-11-01"), as_of="2021-10-12")["met"] == 1


@pytest.mark.parametrize("kind", ["praktik", "wage-subsidy", "ordinary"])
@pytest.mark.parametrize(("on", "counts"), [("2021-03-01", 0), ("2021-03-02", 1), ("2021-09-24", 1), ("2021-09-25", 0)])
def test_placements_count_in_the_window(kind: str, on: str, counts: int) -> None:
    stage = {"praktik": "praktik", "wage-subsidy": "wage_subsidy", "ordinary": "job"}[kind]
    assert stages(participant().placed(on, kind)).get(stage, 0) == counts


def test_a_job_of_someone_who_never_started_is_no_stage_of_the_funnel() -> None:
    assert "job" not in stages(citizen().placed("2021-03-20"))


def test_a_citizen_counts_once_in_a_cohort_however_often_she_tried() -> None:
    person = participant(reason="ill").enrolled("2021-04-01", enrolment="e2")
    person.started("2021-04-06", "e2").ended("2021-04-30", "completed", "e2").placed("2021-10-28")
    assert stages(person) == {
        "identified": 1,
        "invited": 1,
        "accepted": 1,
        "enrolled": 1,
        "started": 1,
        "completed": 1,
        "job": 1,  # 181 days after the second end, outside the window of the first
        "ended:ill": 1,
    }


def test_two_cohorts_are_two_funnels() -> None:
    person = citizen().invited("2021-03-01", "h2")
    by_cohort = rows([person], "funnel", "2022-01-01", by=("cohort",))
    reached = {(row["dimensions"]["cohort"], row["stage"]) for row in by_cohort if row["numerator"]}
    assert reached == {("h1", "identified"), ("h1", "invited"), ("h2", "invited")}


def test_her_group_is_that_of_the_start_or_of_the_first_stage() -> None:
    never_started = citizen("anna").changed("2021-02-02", target_group="3")
    started = participant("bo").changed("2021-02-02", target_group="3")
    by_group = rows([never_started, started], "funnel", "2022-01-01", by=("target_group",))
    reached = {
        (row["dimensions"]["target_group"], row["stage"]): row["numerator"] for row in by_group if row["numerator"]
    }
    assert reached["2", "invited"] == reached["3", "invited"] == 1
    assert ("2", "started") not in reached


def test_while_the_cohort_is_unknown_the_month_is_that_of_the_start() -> None:
    by_month = rows([citizen("anna"), participant("bo")], "funnel", "2022-01-01", references=(), by=("start_month",))
    started = {row["dimensions"]["start_month"]: row["numerator"] for row in by_month if row["stage"] == "invited"}
    assert started == {None: 1, "2021-03": 1}


def test_a_funnel_belongs_to_the_month_its_cohort_starts() -> None:
    people = [citizen("anna"), participant("bo")]
    months = {row["dimensions"]["start_month"] for row in rows(people, "funnel", "2022-01-01", by=("start_month",))}
    assert months == {"2021-03"}
