"""From a second document to what stands on the card: the curve, standings, jobs kept, the verdict, by hand."""

import gc
import json
import weakref
from typing import Any

import pytest

from services.desk import parts, render
from services.desk.documents import card_of, read_projection
from services.desk.job_entry import JobEntry, job_entry
from services.desk.outcome import Outcomes
from services.desk.pilot import PilotBox, pilots
from services.desk.share import Estimate, Share
from services.desk.standings import standings
from tests.unit.desk import examples


def read(key: str, document: dict[str, Any]) -> Outcomes:
    """The document as the page reads it from the bucket."""
    found = read_projection(key, 1, json.dumps(document).encode())
    assert found is not None
    assert isinstance(found.document, Outcomes)
    return found.document


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def entered(**changes: Any) -> JobEntry:
    """The curve of Næstved; ``changes`` stand in every row of it."""
    document = examples.naestved_outcomes()
    for row in document["rows"]:
        if row["indicator"] == "job_entry":
            row.update(changes)
    found = job_entry(read(examples.OUTCOMES, document))
    assert found is not None
    return found


def boxed(**more: Any) -> PilotBox:
    """The pilot of Næstved."""
    (box,) = pilots(read(examples.OUTCOMES, examples.naestved_outcomes(**more)))
    return box


def test_the_curve_says_what_is_known_after_half_a_year() -> None:
    found = entered()
    assert plain(found.sentence) == (
        "Et halvt år efter start er 14 % gået til ordinært job – det sande tal ligger sandsynligvis "
        "mellem 5 % og 34 %. Det bygger på 23 deltagelser."
    )
    assert [(each.days, each.jobs, each.share) for each in found.after] == [
        (30, 2, Estimate(0.09, 0.025, 0.27, 23)),
        (91, 3, Estimate(0.14, 0.05, 0.34, 23)),
        (182, 3, Estimate(0.14, 0.05, 0.34, 23)),
        (365, 3, None),
    ]
    assert plain(found.described) == (
        "Kurve over andelen, der er gået til ordinært job: "
        "9 % efter 30 dage, 14 % efter 91 dage og 14 % efter 182 dage."
    )


def test_the_curve_is_drawn_in_steps_as_far_as_anybody_was_followed() -> None:
    picture = entered().picture
    assert picture is not None
    # 312 units to the right are 365 days, 142 upwards are 40 %: day 12 is at 50.3 and 4 % at 137.8
    assert picture.path == "M40.0 152.0H50.3V137.8H51.1V120.1H74.2V102.3H195.6"
    assert [(bar.x, bar.top, bar.height) for bar in picture.bars] == [
        (65.6, 56.1, 87.0),  # 2.5 to 27 % after 30 days
        (117.8, 31.3, 102.9),
        (195.6, 31.3, 102.9),
    ]
    assert [plain(tick.text) for tick in picture.shares] == ["0 %", "20 %", "40 %"]


def test_nobody_followed_for_a_month_makes_no_curve() -> None:
    early = entered(share=None, low=None, high=None, curve=[])
    assert early.picture is None
    assert early.sentence == "For tidligt at sige. 23 borgere er startet, ingen for en måned siden endnu."
    nobody = examples.outcomes(examples.OUTCOMES, [examples.shown("job_entry", 0, 0, after_days=30)])
    assert job_entry(read(examples.OUTCOMES, nobody)) is None


def test_standings_tell_flexjobs_apart_and_name_what_is_provisional() -> None:
    found = standings(read(examples.OUTCOMES, examples.naestved_outcomes()))
    assert found is not None
    assert [(plain(each.when), each.people, each.flexjob) for each in found.after] == [
        ("Efter 1 måned", 23, 1), ("Efter 3 måneder", 10, 0), ("Efter 6 måneder", 0, 0), ("Efter 12 måneder", 0, 0),
    ]  # fmt: skip
    first, _, third, _ = found.after
    assert first.job == Share.of(3, 23)
    assert [(each.name, each.count) for each in first.others] == [
        ("Løntilskud", 0), ("Praktik", 2), ("Uddannelse", 1), ("Ledig", 15), ("Afmeldt", 1),
    ]  # fmt: skip
    assert third.job is None
    assert found.flexjobs
    assert plain(found.provisional) == (
        "Foreløbigt ude: 1 efter 3 måneder. De tælles først med, når de har været væk i 30 dage."
    )


def test_jobs_kept_leave_flexjobs_beside() -> None:
    found = parts.kept(read(examples.OUTCOMES, examples.naestved_outcomes()))
    assert found is not None
    assert found.share == Share.of(2, 3)
    assert plain(found.what) == "Ordinære job, der har holdt i et halvt år (182 dage)"
    assert found.beside == "Dertil 1 af 2 fleksjob."
    assert found.parts == ()


def test_the_verdict_stands_with_its_aim_its_interval_and_its_decisions() -> None:
    box = boxed()
    assert (box.answer, box.style) == ("Stop", "badge-error")
    assert plain(box.sentence) == "23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet."
    assert plain(box.aim) == (
        "I ordinært job efter mikrosprint for mere end 45 % inden for et halvt år (182 dage). "
        "Registreret 25. august 2021, planlagt til 60 borgere."
    )
    assert box.estimate == Estimate(3 / 23, 0.0197, 0.4096, 23)
    assert box.waiting == "2 borgere er startet, men kan ikke tælles med endnu."
    (decided,) = box.decisions
    assert (plain(decided.on), decided.decision, decided.by) == ("10. januar 2022", "Udvid", "leder")
    assert (decided.figures, decided.reason) == ("kan ikke afgøres endnu", "Vi vil se et hold mere")


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [("continue", "Fortsæt"), ("stop", "Stop"), ("cannot-tell-yet", "Kan ikke afgøres endnu")],
)
def test_a_verdict_has_three_answers(verdict: str, answer: str) -> None:
    assert boxed(verdict=verdict, said=f"{answer}: ingen af 60 planlagte er målt.").sentence == (
        "Ingen af 60 planlagte er målt."
    )
    assert boxed(verdict=verdict).answer == answer


def test_a_pilot_of_which_nobody_is_counted_has_no_interval() -> None:
    assert boxed(n=0, successes=0, low=0.0, high=1.0).estimate is None


def test_a_benchmark_keeps_its_decimal() -> None:
    assert "mere end 12,5 % inden for" in plain(boxed(benchmark=0.125).aim)


def test_a_second_document_is_on_the_card_of_the_first() -> None:
    assert card_of(examples.OUTCOMES) == examples.NAESTVED
    assert card_of("municipality-outcomes.0101") == "municipality.0101"
    assert card_of(examples.NAESTVED) == examples.NAESTVED
    assert render.element_ids(examples.OUTCOMES) == ()


def test_a_card_is_whole_with_and_without_its_second_document() -> None:
    first = read_projection(examples.NAESTVED, 1, examples.bytes_of(examples.naestved()))
    second = read_projection(examples.OUTCOMES, 2, examples.bytes_of(examples.naestved_outcomes()))
    assert first is not None
    alone, both = render.fragment(first), render.fragment(first, second)
    assert "Hvor står de bagefter?" not in alone.card
    assert "Pilot: må den fortsætte?" not in alone.card
    assert "Hvor står de bagefter?" in both.card
    assert both.row is not None
    assert ">Stop<" in both.row
    assert "Kravet er mere end 45" in both.row
    assert alone.order == both.order


def test_what_a_manager_wrote_is_text() -> None:
    document = examples.naestved_outcomes()
    document["pilots"][0]["decisions"][0]["reason"] = "<script>alert(1)</script>"
    second = read_projection(examples.OUTCOMES, 2, examples.bytes_of(document))
    assert second is not None
    assert "<script>" not in render.second(second).above
    assert "&lt;script&gt;" in render.second(second).above


def test_a_card_is_rendered_once_and_forgotten_with_its_revision() -> None:
    first = read_projection(examples.NAESTVED, 1, examples.bytes_of(examples.naestved()))
    second = read_projection(examples.OUTCOMES, 2, examples.bytes_of(examples.naestved_outcomes()))
    assert first is not None
    alone = render.fragment(first)
    assert render.fragment(first) is alone
    both = render.fragment(first, second)
    assert both is not alone
    assert render.fragment(first, second) is both
    document, beside = weakref.ref(first), weakref.ref(second)
    del first, second
    gc.collect()
    assert document() is None
    assert beside() is None
