"""The catalogue for people: a row for each event, links that lead somewhere, readers that are real."""

import re
from pathlib import Path

import pytest

from shared.contracts.catalogue import events_document
from shared.contracts.consumers import SERVICES, projected, reactions
from shared.contracts.registry import EVENTS

ROOT = Path(__file__).parents[2]
DOCUMENT = events_document()


def row(name: str) -> list[str]:
    lines = [line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}` |")]
    assert len(lines) == 1
    return [cell.strip() for cell in lines[0].strip("|").split(" | ")]


def test_every_event_has_one_row_with_eight_cells() -> None:
    assert all(len(row(event.name)) == 8 for event in EVENTS)


def test_a_row_tells_what_one_needs_to_subscribe() -> None:
    cells = row("placement-started")
    assert cells[1] == (
        "A citizen started in a job, with løntilskud, in praktik or in a flexjob. The kinds are never summed silently."
    )
    assert cells[2] == (
        "placement_id, citizen_id, company_id?, kind, temp_agency, hours_per_week, on, enrolment_id?, timing?"
    )
    assert cells[3] == "`evt.<municipality>.outcomes.placement-started.<citizen id>`"
    assert cells[4:6] == ["citizen", "personal"]
    assert "outcomes: projector" in cells[7]


def test_readers_are_the_services_reactions_and_the_projector() -> None:
    for service in SERVICES:
        for name, event in reactions(service).items():
            assert f"{service}: {name}" in row(event.name)[7]
    for event in EVENTS:
        assert ("outcomes: projector" in row(event.name)[7]) == (event.name in projected())


def test_the_projector_reads_events_that_exist() -> None:
    assert projected()
    assert projected() <= {event.name for event in EVENTS}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", DOCUMENT))))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).resolve().is_file()
