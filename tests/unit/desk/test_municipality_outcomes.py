"""From a municipality's second document to what stands in its overview, by hand."""

import json
from typing import Any

from services.desk import parts
from services.desk.comparison import Comparison, comparison
from services.desk.documents import read_projection
from services.desk.outcome import Outcomes
from services.desk.share import Share
from services.desk.supply_demand import supply_demand
from tests.unit.desk import examples

KEY = "municipality-outcomes.0101"


def read(document: dict[str, Any]) -> Outcomes:
    """The document as the page reads it from the bucket."""
    found = read_projection(KEY, 1, json.dumps(document).encode())
    assert found is not None
    assert isinstance(found.document, Outcomes)
    return found.document


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def compared(*difference: float) -> Comparison:
    """A comparison of all landmarks with a difference and its interval."""
    row = examples.compared("all", (30, 100), (43, 210), *difference)
    found = comparison(read(examples.outcomes(KEY, [row])))
    assert found is not None
    return found


def test_shares_come_for_all_and_for_each_part() -> None:
    found = parts.wholes(read(examples.copenhagen_outcomes()))
    assert [(whole.key, whole.share) for whole in found] == [
        ("retained", Share.of(516, 650)),
        ("gain", Share.of(10, 40)),
        ("self_reliance", Share.of(20, 100)),
    ]
    assert [[(part.name, part.share) for part in whole.parts] for whole in found] == [
        [("Dagpengemodtagere", Share.of(386, 486))],
        [("Sikkerhed", Share.of(4, 8))],
        [("MitID", Share.of(5, 10))],
    ]
    assert found[0].beside == ""  # nobody has a flexjob: nothing is said of it


def test_nobody_yet_is_said() -> None:
    empty = examples.outcomes(KEY, [examples.shown("gain", 0, 0), examples.shown("self_reliance", 0, 0)])
    assert [(whole.share, whole.waiting) for whole in parts.wholes(read(empty))] == [
        (None, "Ingen er testet igen endnu."),
        (None, "Ingen er kommet igen med samme emne endnu."),
    ]


def test_the_comparison_stands_row_by_row_with_its_interval() -> None:
    found = comparison(read(examples.copenhagen_outcomes()))
    assert found is not None
    told = [(plain(row.when), row.started, row.others, plain(row.difference), row.sureness) for row in found.besides]
    assert told == [
        (
            "Ledige i 3 måneder", Share.of(30, 100), Share.of(40, 200),
            "10 procentpoint flere i job", "sandsynligvis mellem 1 færre og 21 flere",
        ),
        ("Ledige i 6 måneder", None, Share.of(3, 10), "kan ikke sammenlignes endnu", ""),
        (
            "Alle tilsammen", Share.of(30, 100), Share.of(43, 210),
            "10 procentpoint flere i job", "sandsynligvis mellem 2 flere og 18 flere",
        ),
    ]  # fmt: skip
    assert found.left_out == 7
    assert found.lock_in is not None
    assert found.lock_in.when == "Fastlåsning: job de første 91 dage"
    assert found.lock_in.started == Share.of(0, 100)


def test_the_comparison_never_says_more_than_its_interval() -> None:
    assert compared(0.1, 0.02, 0.18).verdict.startswith("Blandt dem, der starter, kommer flere i job")
    assert compared(0.1, 0.02, 0.18).verdict.endswith("men det kan skyldes, hvem der får plads.")
    assert compared(-0.1, -0.18, -0.02).verdict.startswith("Blandt dem, der starter, kommer færre i job")
    assert compared(0.1, -0.02, 0.22).verdict.startswith("Man kan ikke se, om")
    assert compared().verdict.startswith("For tidligt at sige")
    assert compared().lock_in is None


def test_what_orders_ask_for_stands_with_its_kinds_beside_those_who_have_it() -> None:
    found = supply_demand(read(examples.copenhagen_outcomes()))
    assert found is not None
    (asked,) = found.asked  # level 4 is asked for by nobody
    assert (asked.area, asked.level, asked.seats, asked.citizens) == ("Sikkerhed", "niveau 5 eller højere", 3, 2)
    assert asked.kinds == "1 ordinært job og 2 praktikpladser"
    assert asked.few
