"""Contributions are a function of the *set* of facts: order, repetition and the way they arrive cannot matter."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.effect.catalogue import CATALOGUE, CELLS
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import (
    EVERY_KIND,
    READS,
    changed_by,
    contributions,
    entities,
    merged,
    read_by,
)
from services.outcomes.effect.days import moment
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import READS as REFERENCES_READ
from services.outcomes.effect.references import References
from tests.unit.outcomes.effect.given import KNOWN, Area, Citizen, Company, Order, Story, counted, numbers

DAYS = st.dates(date(2021, 1, 1), date(2021, 4, 30)).map(date.isoformat)
ENROLMENTS = st.sampled_from(["e1", "e2", "e3"])
COHORTS = st.sampled_from(["h1", "h2"])
COURSES = st.sampled_from(["k1", "k2"])
PLACEMENTS = st.sampled_from(["p1", "p2", "p3"])
KINDS = st.sampled_from(["ordinary", "wage-subsidy", "praktik", "flexjob"])
TIMINGS = st.sampled_from(["none", "before", "during", "after"])
REASONS = st.sampled_from(["completed", "got_job", "dropped_out", "mis_registered"])
TESTS = st.sampled_from(["t1", "t2", "t3"])
RESULT = {
    "framework": st.just("DigComp"),
    "framework_version": st.sampled_from(["2.2", "3.0"]),
    "areas": st.lists(
        st.builds(
            lambda area, ability, level, items: Area(ability, level, level, area, items=items).told(),
            st.integers(1, 2),
            st.floats(-2, 2),
            st.integers(1, 8),
            st.integers(0, 3),
        ),
        max_size=2,
    ),
}
PAYLOADS: dict[tuple[str, str], dict[str, st.SearchStrategy[Any]]] = {
    ("intake", "citizen-registered"): {"target_group": st.sampled_from("29"), "education_level": st.just("short")},
    ("intake", "citizen-changed"): {
        "valid_from": DAYS,
        "target_group": st.sampled_from(["3", None]),
        "education_level": st.sampled_from(["long", None]),
        "unemployed_since": DAYS | st.none(),
    },
    ("intake", "citizen-left"): {"on": DAYS, "reason": st.sampled_from(["education", "moved"])},
    ("intake", "workshop-visited"): {
        "visit_id": st.sampled_from(["b1", "b2", "b3"]),
        "themes": st.lists(
            st.fixed_dictionaries(
                {
                    "theme": st.sampled_from(["pdf", "upload"]),
                    "autonomy": st.sampled_from(["helped", "partly", "alone"]),
                }
            ),
            max_size=2,
        ),
    },
    ("intake", "workshop-visit-voided"): {"visit_id": st.sampled_from(["b1", "b2", "b3"])},
    ("assessment", "test-finished"): {"test_id": TESTS, **RESULT},
    ("assessment", "result-rescored"): {"test_id": TESTS, **RESULT},
    ("courses", "citizen-identified"): {"cohort_id": COHORTS},
    ("courses", "citizen-invited"): {"cohort_id": COHORTS},
    ("courses", "invitation-answered"): {"cohort_id": COHORTS, "answer": st.sampled_from(["accepted", "declined"])},
    ("courses", "citizen-enrolled"): {"cohort_id": COHORTS, "enrolment_id": ENROLMENTS},
    ("courses", "participation-started"): {
        "cohort_id": COHORTS,
        "enrolment_id": ENROLMENTS,
        "course_id": COURSES,
        "on": DAYS,
    },
    ("courses", "participation-ended"): {
        "cohort_id": COHORTS,
        "enrolment_id": ENROLMENTS,
        "on": DAYS,
        "reason": REASONS,
    },
    ("courses", "certificate-awarded"): {
        "certificate_id": st.sampled_from(["c1", "c2"]),
        "enrolment_id": ENROLMENTS | st.none(),
        "on": DAYS,
    },
    ("courses", "certificate-revoked"): {"certificate_id": st.sampled_from(["c1", "c2"])},
    ("outcomes", "placement-agreed"): {
        "placement_id": PLACEMENTS,
        "kind": KINDS,
        "enrolment_id": ENROLMENTS | st.none(),
        "timing": TIMINGS,
    },
    ("outcomes", "placement-started"): {
        "placement_id": PLACEMENTS,
        "kind": KINDS,
        "on": DAYS,
        "enrolment_id": ENROLMENTS | st.none(),
        "timing": TIMINGS,
    },
    ("outcomes", "placement-corrected"): {
        "placement_id": PLACEMENTS,
        "kind": KINDS | st.none(),
        "on": DAYS | st.none(),
    },
    ("outcomes", "placement-ended"): {"placement_id": PLACEMENTS, "on": DAYS},
    ("outcomes", "placement-voided"): {"placement_id": PLACEMENTS},
    ("outcomes", "meeting-held"): {},
    ("outcomes", "agreement-signed"): {
        "agreement_id": st.sampled_from(["s1", "s2"]),
        "on": DAYS,
        "until": DAYS | st.none(),
    },
    ("outcomes", "agreement-ended"): {"agreement_id": st.sampled_from(["s1", "s2"]), "on": DAYS},
}


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Facts of one citizen under one or two ids (merged), told by three services; a company's among them do no harm."""
    names = draw(st.lists(st.sampled_from(sorted(PAYLOADS)), max_size=25))
    story = {subject: Story(f"citizen/{subject}", "0101") for subject in ("anna", "ann")}
    for service, name in names:
        payload = draw(st.fixed_dictionaries(PAYLOADS[service, name]))
        at = f"{draw(DAYS)}T{draw(st.sampled_from(['08:00', '23:30']))}:00Z"
        story[draw(st.sampled_from(["anna", "anna", "ann"]))].tell(service, name, at, **payload)
    return [fact for one in story.values() for fact in one.facts]


@given(histories(), st.data())
def test_order_and_repetition_do_not_matter(facts: list[Fact], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(facts))
    repeated = data.draw(st.lists(st.sampled_from(facts), max_size=5)) if facts else []
    assert contributions([*shuffled, *repeated]) == contributions(facts)


@given(histories())
def test_a_kind_of_cells_is_counted_from_the_events_that_it_reads_alone(facts: list[Fact]) -> None:
    everything = contributions(facts)
    for kind in EVERY_KIND:
        read = [fact for fact in facts if fact.type in read_by(frozenset({kind}))]
        assert contributions(read, frozenset({kind})) == {c: n for c, n in everything.items() if c[0] == kind}


def test_an_event_changes_the_kinds_that_read_it_and_a_merge_none_by_itself() -> None:
    assert changed_by(frozenset({"material-opened"})) == {"reach"}
    assert changed_by(frozenset({"workshop-visited", "meeting-held"})) == {"reach", "self_reliance", "funnel"}
    assert changed_by(frozenset({"workshop-visit-voided"})) == {"reach", "self_reliance"}
    assert changed_by(frozenset({"result-rescored"})) == {"gain", "supply_demand"}
    assert changed_by(frozenset({"company-asked"})) == {"service_goal"}
    assert changed_by(frozenset({"citizens-merged"})) == frozenset()
    assert {name for name in READS if not changed_by(frozenset({name}))} == REFERENCES_READ | {"citizens-merged"}


@given(histories())
def test_what_is_voided_counts_as_if_it_had_never_been_recorded(facts: list[Fact]) -> None:
    voided = {fact.data["visit_id"] for fact in facts if fact.type == "workshop-visit-voided"}
    without = [fact for fact in facts if fact.data.get("visit_id") not in voided]
    assert contributions(facts) == contributions(without)


@given(histories())
def test_cells_are_plain_json_and_never_nought(facts: list[Fact]) -> None:
    cells = contributions(facts)
    assert all(cells.values())
    for cell in cells:
        assert _plain(json.loads(json.dumps(cell))) == cell
        assert cell[0] in CELLS.values()
        assert cell[1] == "0101"


def _plain(value: Any) -> Any:
    return tuple(_plain(item) for item in value) if isinstance(value, list) else value


@given(histories(), st.integers(0, 400), DAYS)
def test_figures_do_not_depend_on_the_order_or_form_of_cells(facts: list[Fact], window: int, as_of: str) -> None:
    cells = list(contributions(facts).items())
    stored: list[tuple[Cell, int]] = [(json.loads(json.dumps(cell)), count) for cell, count in reversed(cells)]
    later = date.fromisoformat(as_of) + timedelta(days=window)
    for indicator, row in CATALOGUE.items():
        by = ("target_group",) if "target_group" in row.dimensions else ()
        references = References.of(KNOWN)
        one = figures(cells, references, indicator=indicator, as_of=later, by=by, window=window)
        assert one == figures(stored, references, indicator=indicator, as_of=later, by=by, window=window)


@given(histories(), histories())
def test_a_projection_is_the_sum_over_entities(first: list[Fact], second: list[Fact]) -> None:
    both = Counter(contributions(first))
    both.update(contributions(second))
    twice = figures(both.items(), References.of(KNOWN), indicator="moved_on", as_of=date(2022, 1, 1))[0]
    alone = [
        figures(contributions(facts).items(), References.of(KNOWN), indicator="moved_on", as_of=date(2022, 1, 1))[0]
        for facts in (first, second)
    ]
    assert twice.so_far == alone[0].so_far + alone[1].so_far
    assert twice.of_all.numerator == alone[0].of_all.numerator + alone[1].of_all.numerator
    assert twice.of_all.denominator == (alone[0].of_all.denominator or 0) + (alone[1].of_all.denominator or 0)


def fact(subject: str, sequence: int, at: str, fact_id: str, **data: Any) -> Fact:
    time = moment(at)
    return Fact(fact_id, "participation-ended", "courses", subject, sequence, time, time, "0101", data)


def test_within_one_id_the_sequence_decides_across_ids_the_time() -> None:
    ended = {"enrolment_id": "e1", "cohort_id": "h1", "on": "2021-03-26"}
    start = Citizen("anna").started("2021-03-01").facts
    first = fact("citizen/anna", 8, "2021-06-01T08:00:00Z", "b", **ended, reason="dropped_out")
    second = fact("citizen/anna", 9, "2021-04-01T08:00:00Z", "a", **ended, reason="completed")
    other = fact("citizen/ann", 1, "2021-05-01T08:00:00Z", "c", **ended, reason="ill")
    same_time = fact("citizen/ann", 1, "2021-04-01T08:00:00Z", "b", **ended, reason="moved")
    reasons = [
        {cell.reason for cell in contributions([*start, *facts]) if cell[0] == "participation"}  # type: ignore[attr-defined]
        for facts in ([first, second], [first, second, other], [second, same_time])
    ]
    assert reasons == [{"completed"}, {"ill"}, {"moved"}]


def test_two_records_of_one_citizen_are_one_history() -> None:
    old = Citizen("ann").registered("2021-01-04").invited("2021-02-01").placed("2021-05-03")
    new = Citizen("anna").registered("2021-02-08").invited("2021-02-09").started("2021-03-01").ended("2021-03-26")
    apart = counted(old, new)
    assert sum(count for cell, count in apart.items() if cell[0] == "funnel") == 2
    united = Story("citizen/anna")
    united.facts = [*new.merged("ann", "2021-06-01").facts, *old.facts]
    assert numbers(united, "mikrosprint_job", "2022-01-01") == (1, 1, 1)
    assert numbers(united, "reach", "2021-03-01") == (1, 1, 1)
    assert numbers(united, "reach", "2021-02-01") == (0, 0, 1)
    assert sum(count for cell, count in counted(united).items() if cell[0] == "funnel") == 1


def test_the_histories_a_fact_belongs_to() -> None:
    merge = Citizen("anna").merged("ann", "2021-06-01").facts[0]
    assert (entities(merge), merged(merge)) == (("citizen/anna", "citizen/ann"), ("citizen/anna", "citizen/ann"))
    start = Citizen("anna").started("2021-03-01").facts[0]
    assert (entities(start), merged(start)) == (("citizen/anna",), None)
    assert entities(Company("acme").signed("2021-03-15").facts[0]) == ("company/acme",)
    assert entities(Order("o1").closed("2021-03-15").facts[0]) == ("order/o1",)
    assert entities(KNOWN[0]) == ("course/k1",)
    assert entities(KNOWN[1]) == ("cohort/h1",)


@pytest.mark.parametrize(
    ("citizen_id", "expected"), [("anna", ("citizen/anna",)), (None, ())], ids=["known", "anonymous"]
)
def test_a_visit_belongs_to_the_citizen_if_it_has_one(citizen_id: str | None, expected: tuple[str, ...]) -> None:
    for name in ("workshop-visited", "workshop-visit-voided"):
        visit = Story("visit/7").tell("intake", name, "2021-03-15", citizen_id=citizen_id).facts[0]
        assert entities(visit) == expected


def test_what_no_indicator_reads_belongs_to_nobody() -> None:
    consent = Citizen("anna").tell("intake", "consent-given", "2021-03-15", citizen_id="anna").facts[0]
    assert consent.type not in READS
    assert entities(consent) == ()
    assert contributions([consent]) == {}
