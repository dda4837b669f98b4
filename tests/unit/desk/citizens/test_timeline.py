"""The time line: a sentence for every event that is about a citizen, in order, by month, with what was told late."""

import re
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from services.desk.citizens.timeline import SENTENCES, Names, months, said
from shared.contracts.courses import CitizenWaitlisted, ParticipationEnded
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import (
    CitizenChanged,
    CitizenLeft,
    CitizenRegistered,
    ReferralMade,
    WorkshopVisited,
    WorkshopVisitVoided,
)
from shared.contracts.outcomes import PlacementStarted
from shared.contracts.registry import EVENTS

ABOUT_CITIZENS = [event for event in EVENTS if event.entity == "citizen"]
CODE = re.compile(r"\b(no-show|after-course|not-yet|wage-subsidy|got_job|dropped_out|mis_registered|job-app)\b|None")
NAMES = Names(
    cohorts={"018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c05": "Azure, start 2. februar 2026"},
    courses={"018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04": "Azure"},
    companies={"018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c03": "Nordhavn Data ApS"},
    profiles={"018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c09": "Lagermedarbejder"},
)


def envelope(
    event: Event, time: str = "2026-03-01T10:00:00Z", recorded: str | None = None, sequence: int = 1
) -> Envelope:
    """The event as it travels."""
    happened = datetime.fromisoformat(time)
    return Envelope(
        id=uuid4(),
        source=f"/loeft/0101/{event.service}",
        type=event.type(),
        subject=event.subject,
        time=happened,
        recordedtime=datetime.fromisoformat(recorded) if recorded else happened,
        sequence=sequence,
        dataclassification=event.classification,
        data=event.data(),
    )


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("event", ABOUT_CITIZENS, ids=lambda event: event.name)
def test_every_event_about_a_citizen_has_a_sentence(event: type[Event]) -> None:
    assert event in SENTENCES
    for names in (NAMES, Names()):
        sentence = said(envelope(event.example()), names)
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert not CODE.search(sentence), sentence
        assert not sentence.endswith(".."), sentence


def test_an_event_that_nobody_told_this_page_of_is_not_lost() -> None:
    unknown = envelope(CitizenRegistered.example()).model_copy(update={"type": "dk.loeft.intake.citizen-waved.v1"})
    assert said(unknown, NAMES) == "Der blev registreret noget nyt (citizen-waved)."


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (
            CitizenRegistered.example(),
            "Registreret på jobcentret (jobparate kontanthjælpsmodtagere, 30 år eller med uddannelse)."
            " Ledig siden 12. januar 2026.",
        ),
        (
            CitizenChanged.example(),
            "Oplysninger ændret fra 1. marts 2026: målgruppe, første ledighedsdag og afdeling (Syd).",
        ),
        (
            ReferralMade.example(),
            "Henvist til digitalt værksted, frist 9. februar 2026: Needs help with e-Boks and MitID.",
        ),
        (CitizenLeft.example(), "Afmeldt jobcentret fra 1. juni 2026: ordinært job."),
        (CitizenWaitlisted.example(), "Kom på venteliste som nummer 3 til holdet Azure, start 2. februar 2026."),
        (ParticipationEnded.example(), "Gennemførte: kurset Azure."),
        (PlacementStarted.example(), "Begyndte: virksomhedspraktik hos Nordhavn Data ApS, 30 timer om ugen."),
    ],
)
def test_what_is_said(event: Event, sentence: str) -> None:
    assert plain(said(envelope(event), NAMES)) == sentence


def test_the_newest_comes_first_month_by_month_across_services() -> None:
    told = [
        envelope(CitizenRegistered.example(), "2025-12-31T22:59:00Z"),
        envelope(ReferralMade.example(), "2025-12-31T23:01:00Z"),  # it is January in Denmark
        envelope(PlacementStarted.example(), "2026-03-16T11:00:00Z"),
        envelope(ParticipationEnded.example(), "2026-03-13T11:00:00Z"),
    ]
    line = months(told, NAMES)
    assert [month.name for month in line] == ["marts 2026", "januar 2026", "december 2025"]
    assert [[entry.service for entry in month.entries] for month in line] == [
        ["Virksomheder og job", "Kurser og hold"],
        ["Borgere og henvisninger"],
        ["Borgere og henvisninger"],
    ]


def test_of_two_events_of_one_moment_the_later_version_stands_first() -> None:
    first = envelope(CitizenRegistered.example())
    second = envelope(CitizenLeft.example(), sequence=2)
    (month,) = months([first, second], NAMES)
    assert [entry.said.split()[0] for entry in month.entries] == ["Afmeldt", "Registreret"]


def test_a_visit_can_be_taken_back_unless_it_was() -> None:
    visited, voided = WorkshopVisited.example(), WorkshopVisitVoided.example()
    other = visited.model_copy(update={"visit_id": UUID(int=7)})
    told = [
        envelope(visited, "2026-03-01T09:00:00Z"),
        envelope(other, "2026-03-01T10:00:00Z"),
        envelope(voided, "2026-03-02T10:00:00Z"),
    ]
    (month,) = months(told, NAMES)
    assert [(entry.visit, entry.voided) for entry in month.entries] == [
        (None, False),
        (UUID(int=7), False),
        (None, True),
    ]
    assert month.entries[0].said.endswith("blev taget tilbage og tæller ikke: registreret to gange.")


def test_what_was_told_on_a_later_day_is_marked() -> None:
    told = [
        envelope(CitizenLeft.example(), "2026-03-01T10:00:00Z", "2026-03-04T08:00:00Z"),
        envelope(CitizenRegistered.example(), "2026-03-01T09:00:00Z", "2026-03-01T20:00:00Z"),
    ]
    (month,) = months(told, NAMES)
    assert [entry.recorded and entry.recorded.isoformat() for entry in month.entries] == ["2026-03-04", None]


def test_nothing_happened_gives_an_empty_line() -> None:
    assert months([], NAMES) == []


def test_what_has_no_name_is_called_what_it_is() -> None:
    nowhere = UUID(int=1)
    assert [Names().cohort(nowhere), Names().course(nowhere), Names().company(None), Names().profile(nowhere)] == [
        "et hold",
        "et kursus",
        "en virksomhed",
        "en jobprofil",
    ]
