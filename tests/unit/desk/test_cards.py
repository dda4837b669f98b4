"""From a document to what stands on its card."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.desk.cards import EffortCard, effort_card, headline, summary_card
from services.desk.documents import Effort, Municipality, Projection, read_projection, read_watermark
from services.desk.share import Share
from tests.unit.desk import examples


def projection(key: str, document: dict[str, Any]) -> Projection:
    """The document as the page reads it from the bucket."""
    found = read_projection(key, 1, json.dumps(document).encode())
    assert found is not None
    return found


def card(key: str, document: dict[str, Any]) -> EffortCard:
    """The card of an effort document."""
    effort = projection(key, document).document
    assert isinstance(effort, Effort)
    return effort_card(key, effort)


def counts(share: Share | None) -> tuple[int, int] | None:
    """What of what."""
    return (share.numerator, share.denominator) if share else None


def test_naestved_got_a_job_is_no_dropout() -> None:
    naestved = card(examples.NAESTVED, examples.naestved())
    assert naestved.headline == "23 borgere startede: 3 fik job undervejs, 17 gennemførte og 3 faldt fra."
    assert [(e.key, e.count, e.success, counts(e.share)) for e in naestved.funnel.endings] == [
        ("got_job", 3, True, (3, 23)),
        ("completed", 17, False, (17, 23)),
        ("dropped_out", 3, False, (3, 23)),
    ]
    assert naestved.funnel.running == 0


def test_azure_shows_twenty_of_forty_and_twenty_of_hundred() -> None:
    stages = {stage.key: stage for stage in card(examples.AZURE, examples.azure()).funnel.stages}
    assert list(stages) == [
        "identified", "invited", "accepted", "enrolled", "started", "completed", "certified", "met",
        "praktik", "wage_subsidy", "job",
    ]  # fmt: skip
    assert counts(stages["certified"].of_previous) == (20, 40)
    assert counts(stages["certified"].of_first) == (20, 100)
    assert stages["identified"].of_first is None
    assert counts(stages["job"].of_previous) == (6, 55)  # those who started, not those who came into wage subsidy


def test_moved_on_stands_beside_the_ordinary_job() -> None:
    moved = card(examples.CLAIM, examples.claim()).moved_on
    assert moved is not None
    assert counts(moved.measure.share) == (1925, 2500)
    assert moved.ordinary.name == "Ordinært job"
    assert [(kind.key, kind.so_far, counts(kind.share)) for kind in moved.kinds] == [
        ("ordinary", 725, (725, 2500)),
        ("wage_subsidy", 300, (300, 2500)),
        ("praktik", 900, (900, 2500)),
    ]


def test_only_figures_that_fit_the_course_are_shown() -> None:
    assert [m.key for m in card(examples.NAESTVED, examples.naestved()).measures] == [
        "mikrosprint_job", "it_course_job", "upskilled_praktik",
    ]  # fmt: skip
    assert [m.key for m in card(examples.CLAIM, examples.claim()).measures] == ["upskilled_praktik"]


def test_numbers_so_far_do_not_become_a_share_before_their_time() -> None:
    early = card(examples.NAESTVED, examples.naestved("2021-10-20", mature=False))
    job = early.measures[0]
    assert (job.so_far, job.share) == (3, None)
    assert job.waiting.endswith("Det første hold er helt med fra 2.\N{NO-BREAK SPACE}april 2022.")
    assert early.moved_on is not None
    assert early.moved_on.ordinary.so_far == 3
    assert early.moved_on.ordinary.share is None


def test_a_share_of_those_who_stopped_early_is_marked_as_such() -> None:
    document = examples.naestved("2022-03-20")
    figure = next(row for row in document["rows"] if row["indicator"] == "mikrosprint_job")
    figure |= {"numerator": 3, "denominator": 6}
    job = card(examples.NAESTVED, document).measures[0]
    assert counts(job.share) == (3, 6)
    assert job.partly.startswith("Foreløbig er kun 6 af de 23 startede talt med.")
    assert card(examples.NAESTVED, examples.naestved()).measures[0].partly == ""


def test_flexjobs_are_told_apart() -> None:
    document = examples.naestved()
    next(row for row in document["rows"] if row["indicator"] == "mikrosprint_job")["flexjob"] = {"so_far": 2}
    assert card(examples.NAESTVED, document).measures[0].flexjob == 2


def test_rows_of_cohorts_add_up_only_where_there_is_no_whole() -> None:
    document = examples.naestved()
    halves = [
        examples.row("funnel", count, stage="started", dimensions={"cohort": cohort})
        for cohort, count in (("a", 10), ("b", 13))
    ]
    document["rows"] += halves
    assert card(examples.NAESTVED, document).funnel.started == 23
    document["rows"] = halves
    assert card(examples.NAESTVED, document).funnel.started == 23


def test_a_course_before_its_start() -> None:
    document = examples.naestved() | {"cohorts": [], "rows": examples.funnel(invited=12)}
    waiting = card(examples.NAESTVED, document)
    assert waiting.headline == "Ingen er startet endnu. Inviteret: 12."
    assert waiting.moved_on is None
    document["rows"] = []
    assert card(examples.NAESTVED, document).headline == "Ingen er startet endnu."


def test_those_who_are_still_there_are_named() -> None:
    way = card(examples.NAESTVED, examples.naestved() | {"rows": examples.funnel(started=5, ended_ill=1)}).funnel
    assert headline(way) == "5 borgere startede: 1 stoppede på grund af sygdom og 4 er i gang."
    assert headline(replace(way, started=1, endings=(), running=1)) == "1 borger startede: 1 er i gang."


def test_what_nobody_has_told_yet_is_left_out() -> None:
    document = examples.naestved() | {"course": {"id": "x"}, "cohorts": [{"id": "c", "starts": None, "ends": None}]}
    unknown = card(examples.NAESTVED, document)
    assert (unknown.title, unknown.facts, unknown.cohorts) == ("Indsats uden navn", (), ())
    assert card(examples.NAESTVED, examples.naestved()).facts == (
        "Mikrosprint", "Ivækst", "undervisning på hold og praksisnært",
    )  # fmt: skip


def test_the_latest_cohort_comes_first() -> None:
    cards = [card(examples.AZURE, examples.azure()), card(examples.NAESTVED, examples.naestved())]
    assert [c.title for c in sorted(cards, key=lambda c: c.order)] == ["Digital koordinator", "Azure Fundamentals"]


def test_the_summary_of_a_municipality() -> None:
    document = projection("municipality.0101", examples.copenhagen()).document
    assert isinstance(document, Municipality)
    summary = summary_card("municipality.0101", document)
    assert summary.name == "Københavns Kommune"
    assert [(m.key, m.target, m.counted, m.so_far, m.goal, m.progress_of) for m in summary.targets] == [
        ("agreements", "mål 1", "I dag", 9, "målet for 2022 er 20", ""),
        ("mikrosprint_job", "mål 2", "I alt, alle år", 6, "", "2022"),
        ("it_course_job", "mål 3", "I alt, alle år", 0, "", ""),
        ("upskilled_praktik", "mål 4", "I alt, alle år", 880, "", ""),
    ]
    assert summary.targets[0].share is None  # 9 of the aim of 20 is no share of anybody
    assert summary.service_goal is not None
    assert counts(summary.service_goal.share) == (17, 20)
    assert [(group.name, counts(group.share)) for group in summary.reach_groups] == [
        ("Dagpengemodtagere", (600, 2000)),
        (
            "Aktivitetsparate kontanthjælps- og overgangsydelsesmodtagere, 30 år eller med uddannelse",
            (40, 600),
        ),
    ]
    assert summary.as_of == date(2022, 11, 21)


def test_a_municipality_without_anything_says_so() -> None:
    empty = examples.municipality("0370", [examples.row("service_goal", 0), examples.row("reach", 0)])
    document = projection("municipality.0370", empty).document
    assert isinstance(document, Municipality)
    summary = summary_card("municipality.0370", document)
    assert summary.service_goal is not None
    assert summary.service_goal.waiting == "Ingen virksomheder har henvendt sig endnu."
    assert summary.reach is not None
    assert summary.reach.waiting == "Ingen borgere er tilmeldt endnu."


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (examples.NAESTVED, b"no json"),
        (examples.NAESTVED, b"{}"),
        ("effort.0101.ac36", json.dumps(examples.naestved()).encode()),  # the key would show it to another municipality
        ("municipality.0370", json.dumps(examples.naestved()).encode()),
        ("something.0370", b"{}"),
    ],
)
def test_what_cannot_be_read_is_left_out(key: str, value: bytes) -> None:
    assert read_projection(key, 1, value) is None


def test_a_watermark_that_cannot_be_read_is_none() -> None:
    assert read_watermark(b"?") is None
    watermark = read_watermark(b'{"sequence": 7, "epoch": "e", "time": "2026-11-21T08:00:00Z"}')
    assert watermark is not None
    assert watermark.sequence == 7
