"""The verdict on a pilot: who is counted, by hand; what that says, against scipy; and the sentence for the screen."""

from collections.abc import Iterable
from datetime import date
from itertools import permutations
from math import log
from typing import Any

import pytest
from scipy.optimize import brentq
from scipy.special import betaln

from services.outcomes.effect.fact import Fact
from services.outcomes.effect.pilot_verdict import PilotVerdict, pilot_verdict
from services.outcomes.effect.pilots import Decision
from services.outcomes.effect.references import References
from services.outcomes.effect.verdict_sentence import said, said_without_counts
from tests.unit.outcomes.effect.given import KNOWN, Citizen, Story, cohort, counted, course, numbers

BENCHMARK = 0.45
PLAN: dict[str, Any] = {
    "pilot_id": "t1",
    "course_id": "k1",
    "benchmark": BENCHMARK,
    "planned_size": 30,
    "first_size": 12,
    "measure": "mikrosprint_job",
    "window_days": 30,
    "registered_on": "2021-03-01",
}
REASON = "What the figures say"


def pilot(**plan: Any) -> Story:
    """A pilot of the course ``k1``, registered on 1 March 2021 with a window of 30 days."""
    return Story("pilot/t1").tell("courses", "pilot-opened", "2021-03-01", **(PLAN | plan))


def decided(story: Story, on: str, decision: str, verdict: str = "cannot-tell-yet") -> Story:
    """Somebody decides."""
    told = {"decision": decision, "verdict": verdict, "decided_by_role": "manager", "reason": REASON}
    return story.tell("courses", "pilot-decided", on, pilot_id="t1", course_id="k1", **told)


def participant(name: str, started: str = "2021-03-01", ended: str | None = "2021-03-26", **end: Any) -> Citizen:
    """One participation in the course; it is mature 31 days after its end."""
    person = Citizen(name).started(started)
    return person if ended is None else person.ended(ended, **end)


def verdict(
    people: Iterable[Story], as_of: str, told: Story | None = None, references: Iterable[Fact] = KNOWN
) -> PilotVerdict:
    """The verdict on the pilot as of a day."""
    known = References.of([*references, *(told or pilot()).facts])
    found = pilot_verdict(known.pilots["t1"], counted(*people).items(), known, date.fromisoformat(as_of))
    assert found is not None
    return found


def tally(found: PilotVerdict) -> tuple[int, int, int, int]:
    """(n, successes, waiting, unsettled)."""
    return found.judged.n, found.judged.successes, found.waiting, found.unsettled


def test_those_who_started_since_registration_count_once_their_window_has_closed() -> None:
    people = [
        participant("before", "2021-02-28").placed("2021-04-01"),
        participant("in time").placed("2021-04-25"),  # the last day of the window: 26 March + 30
        participant("too late").placed("2021-04-26"),
        participant("first day").placed("2021-03-01"),
        participant("without"),
    ]
    assert tally(verdict(people, "2021-02-28", pilot(registered_on="2021-02-28"))) == (0, 0, 0, 1)
    assert tally(verdict(people, "2021-04-25")) == (0, 0, 0, 4)
    assert tally(verdict(people, "2021-04-26")) == (4, 1, 0, 0)
    assert tally(verdict(people, "2021-04-26", pilot(registered_on="2021-02-28"))) == (5, 2, 0, 0)
    assert tally(verdict(people, "2021-04-26", pilot(registered_on="2021-03-02"))) == (0, 0, 0, 0)
    assert tally(verdict(people, "2021-04-26", pilot(window_days=31))) == (0, 0, 0, 4)
    assert tally(verdict(people, "2021-04-27", pilot(window_days=31))) == (4, 2, 0, 0)


def test_it_counts_as_the_figure_of_its_measure_does() -> None:
    flexjobber = Citizen("flexjob").registered("2021-01-04", group="9")
    people = [
        participant("job").placed("2021-04-01"),
        participant("subsidy").placed("2021-04-01", kind="wage-subsidy"),
        participant("praktik").placed("2021-04-01", kind="praktik"),
        flexjobber.started("2021-03-01").ended("2021-03-26").placed("2021-04-01", kind="flexjob"),
        participant("mistake", reason="mis_registered").placed("2021-04-01"),
        participant("voided").placed("2021-04-01").voided("2021-04-02"),
    ]
    for measure, successes in (("mikrosprint_job", 1), ("it_course_job", 1), ("moved_on", 3)):
        found = verdict(people, "2021-05-01", pilot(measure=measure))
        assert tally(found) == (5, successes, 0, 0)
        assert numbers(people, measure, "2021-05-01", window=30) == (successes, successes, 5)


def test_other_courses_and_municipalities_are_not_the_pilots() -> None:
    elsewhere = Citizen("elsewhere", municipality="0370").started("2021-03-01").ended("2021-03-26")
    other = Citizen("other").started("2021-03-01", course="k2", cohort="h2").ended("2021-03-26")
    known = [*KNOWN, *course("k2"), *cohort("h2", "k2")]
    assert tally(verdict([elsewhere, other], "2021-05-01", references=known)) == (0, 0, 0, 0)


def test_they_are_counted_in_the_order_in_which_they_started() -> None:
    """Who drops out early is measured early, and would otherwise be the first that the figures see."""
    people = [
        participant("left on the second day", ended="2021-03-02", reason="dropped_out"),
        participant("stayed").placed("2021-04-01"),
        participant("next cohort, left at once", "2021-04-06", "2021-04-07", reason="dropped_out"),
        participant("runs", "2021-05-03", None),
    ]
    assert tally(verdict(people, "2021-04-02")) == (0, 0, 1, 1)
    assert tally(verdict(people, "2021-04-25")) == (0, 0, 1, 2)
    assert tally(verdict(people, "2021-04-26")) == (2, 1, 0, 1)
    assert tally(verdict(people, "2021-05-08")) == (3, 1, 0, 1)
    assert tally(verdict([*people, participant("forgotten", "2021-03-08", None)], "2021-05-08")) == (2, 1, 1, 2)


def test_whoever_may_still_complete_is_waited_for_and_who_did_not_is_not() -> None:
    people = [
        participant("completed").placed("2021-04-01"),
        participant("runs", ended=None),
        participant("left in May", ended="2021-05-02", reason="dropped_out"),
    ]
    it_course = pilot(measure="it_course_job")
    assert tally(verdict(people, "2021-05-01", it_course)) == (0, 0, 1, 2)
    people[1].ended("2021-05-03", reason="dropped_out")
    assert tally(verdict(people, "2021-05-03", it_course)) == (1, 1, 0, 0)
    assert tally(verdict(people, "2021-05-03")) == (0, 0, 1, 2)


def evidence(rate: float, n: int, successes: int) -> float:
    """The logarithm of the e-value of a rate less that of 20, by scipy's beta function."""
    a, b = 1 + 8 * BENCHMARK, 1 + 8 * (1 - BENCHMARK)
    mixture = betaln(a + successes, b + n - successes) - betaln(a, b)
    return float(mixture - successes * log(rate) - (n - successes) * log(1 - rate) - log(20))


@pytest.mark.parametrize(
    ("successes", "answer"), [(2, "stop"), (4, "cannot-tell-yet"), (18, "cannot-tell-yet"), (20, "continue")]
)
def test_the_verdict_is_that_of_the_closed_form(successes: int, answer: str) -> None:
    people = [participant(f"p{number}") for number in range(24)]
    for person in people[:successes]:
        person.placed("2021-04-12")
    judged = verdict(people, "2021-04-26").judged
    assert (judged.n, judged.successes, judged.verdict) == (24, successes, answer)
    assert (evidence(BENCHMARK, 24, successes) >= 0) is (answer != "cannot-tell-yet")
    low = brentq(evidence, 1e-12, successes / 24, args=(24, successes))
    high = brentq(evidence, successes / 24, 1 - 1e-12, args=(24, successes))
    assert (judged.low, judged.high) == pytest.approx((low, high), abs=1e-9)
    assert judged.decided_at == date(2021, 4, 26)


def test_a_pilot_is_there_from_the_day_it_was_registered() -> None:
    known = References.of(pilot().facts)
    assert pilot_verdict(known.pilots["t1"], (), known, date(2021, 2, 28)) is None
    assert pilot_verdict(known.pilots["t1"], (), known, date(2021, 3, 1)) is not None


def test_decisions_are_those_taken_by_the_day() -> None:
    story = decided(decided(pilot(), "2021-05-03", "widen"), "2021-08-31T22:30:00Z", "stop", "stop")
    widened = Decision("widen", "cannot-tell-yet", "manager", REASON, date(2021, 5, 3).toordinal())
    stopped = Decision("stop", "stop", "manager", REASON, date(2021, 9, 1).toordinal())  # Danish summer time
    for day, told in (("2021-05-02", ()), ("2021-08-31", (widened,)), ("2021-09-01", (widened, stopped))):
        assert verdict([], day, story).pilot.decisions == told


def test_a_pilot_is_the_same_whatever_order_it_was_told_in() -> None:
    story = decided(decided(pilot(), "2021-05-03", "widen"), "2021-09-01", "stop", "stop")
    expected = References.of(story.facts).pilots
    assert [told.decision for told in expected["t1"].decisions] == ["widen", "stop"]
    for facts in permutations(story.facts):
        assert References.of([*facts, facts[0]]).pilots == expected
    assert References.of(story.facts[1:]).pilots == {}, "nothing is known before its opening"


def test_a_pilot_changes_no_course_and_no_cell() -> None:
    references = References.of(KNOWN)
    before = dict(references.courses), dict(references.cohorts)
    assert not references.apply(pilot().facts[0])
    assert (references.courses, references.cohorts) == before
    assert not counted(pilot())


def test_what_was_forgotten_can_be_learnt_again() -> None:
    references = References.of([*KNOWN, *pilot().facts])
    references.forget()
    assert references == References()
    assert references.apply(KNOWN[0])


def test_a_malformed_fact_spoils_nothing() -> None:
    references = References.of(pilot().facts)
    expected = dict(references.pilots)
    broken = Story("pilot/t1").tell("courses", "pilot-decided", "2021-05-03", pilot_id="t1")
    with pytest.raises(KeyError):
        references.apply(broken.facts[0])
    references.apply(pilot().facts[0])
    assert references.pilots == expected


def test_what_the_screen_says() -> None:
    nobody = verdict([], "2021-05-01")
    assert said(nobody) == "Kan ikke afgøres endnu: ingen af 30 planlagte er målt."

    people = [participant(f"p{number}") for number in range(12)]
    for person in people[:5]:
        person.placed("2021-04-12")
    people += [participant("late", "2021-03-08", None), participant("behind", "2021-03-15")]
    some = verdict(people, "2021-05-01")
    low, high = (f"{round(share * 100, 1)}".replace(".", ",") for share in (some.judged.low, some.judged.high))
    assert said(some) == (
        "Kan ikke afgøres endnu: 12 af 30 planlagte er målt. 5 af dem (41,7 %) nåede målet. Den sande andel ligger "
        f"mellem {low} % og {high} %, og kravet på 45 % ligger imellem. "
        "1 mere er målt, men venter på nogen, der begyndte før dem eller samme dag."
    )
    assert said_without_counts(some) == "Kan ikke afgøres endnu. Kravet er 45 %."


@pytest.mark.parametrize(("successes", "begins", "holds"), [(0, "Stop: ", "under"), (40, "Fortsæt: ", "over")])
def test_what_the_screen_says_when_it_can_be_told(successes: int, begins: str, holds: str) -> None:
    people = [participant(f"p{number}") for number in range(40)]
    for person in people[:successes]:
        person.placed("2021-04-12")
    sentence = said(verdict(people, "2021-05-01"))
    assert sentence.startswith(f"{begins}40 er målt, flere end de 30 planlagte. {successes} af dem (")
    assert sentence.endswith(f" {holds} kravet på 45 %.")


def test_an_end_that_is_nearly_the_benchmark_is_told_from_it() -> None:
    people = [participant(f"p{number}") for number in range(23)]
    for person in people[:3]:
        person.placed("2021-04-12")
    found = verdict(people, "2021-05-01")
    assert 0.4495 < found.judged.high < 0.45
    assert f"og {found.judged.high * 100:.2f} %, under kravet på 45 %.".replace(".", ",", 1) in said(found)


def test_a_measure_that_no_pilot_can_be_judged_by_is_said_to_be_so() -> None:
    found = verdict([participant("anna").placed("2021-04-01")], "2021-05-01", pilot(measure="reach"))
    assert tally(found) == (0, 0, 0, 0)
    assert (
        said(found)
        == "Kan ikke afgøres: reach er ikke et mål, som en pilot kan afgøres på."
        == said_without_counts(found)
    )
