"""The second documents on real NATS and PostgreSQL: the figures in them, by hand, and what makes them new."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from math import exp
from typing import Any
from uuid import UUID

import pytest
from nats.js.errors import KeyNotFoundError
from scipy.special import betaln

from shared.contracts.assessment import TestFinished
from shared.contracts.courses import PilotDecided, PilotOpened
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.intake import CitizenRegistered, WorkshopVisited
from shared.contracts.outcomes import OrderPlaced, PlacementEnded, PlacementStarted
from shared.ids import new_id
from tests.conftest import NewDatabase
from tests.real.projecting import Stage
from tests.real.story import rows, story
from tests.real_machines import RealNats
from tests.waiting import eventually

pytestmark = pytest.mark.anyio

COURSE = "ac36ce32-3149-5bf7-81dc-384a3e4d0450"
NAESTVED = f"effort-outcomes.0370.{COURSE}"
REGISTERED = date(2021, 8, 25)
CITIZEN, PILOT, PLACEMENT = new_id(), new_id(), new_id()


@pytest.fixture
async def stage(empty_bus: RealNats, new_database: NewDatabase) -> AsyncIterator[Stage]:
    """A projector's surroundings."""
    async with Stage.on(empty_bus.url, await new_database("outcomes")) as stage:
        yield stage


def told(event: Event, day: str, sequence: int = 1, **facts: Any) -> Envelope:
    """An event like the example, on a day at eight."""
    mine = type(event)(**(event.data() | facts))
    at = datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=UTC)
    return Envelope(
        id=new_id(),
        source=f"/loeft/{mine.municipality}/{mine.service}",
        type=mine.type(),
        subject=mine.subject,
        time=at,
        recordedtime=at,
        sequence=sequence,
        dataclassification=mine.classification,
        data=mine.data(),
    )


async def published(stage: Stage, key: str, counted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The document of a key as soon as it has counted what is asked for."""

    async def newest() -> dict[str, Any] | None:
        bucket = await stage.bus.jetstream().key_value(stage.settings.bucket)
        try:
            document: dict[str, Any] = json.loads((await bucket.get(key)).value or b"{}")
        except KeyNotFoundError:
            return None
        return document if counted(document) else None

    document: dict[str, Any] = await eventually(newest, what=key)
    return document


def of(document: dict[str, Any], indicator: str, **dimensions: str) -> list[dict[str, Any]]:
    """The rows of an indicator under one cut."""
    return [row for row in document["rows"] if row["indicator"] == indicator and row["dimensions"] == dimensions]


def counts(rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Numerators and denominators."""
    return [(row["numerator"], row["denominator"]) for row in rows]


def whole(document: dict[str, Any]) -> bool:
    """Whether all 23 are counted with their ends and jobs."""
    standings = of(document, "status_after")
    return counts(of(document, "retained")) == [(3, 3)] and counts(standings[:1]) == [(3, 23)]


async def test_what_became_of_the_23_of_naestved(stage: Stage) -> None:
    async with stage.projecting():
        await stage.publish(rows(story("naestved-2021.jsonl")))
        await stage.settled()
        document = await published(stage, NAESTVED, whole)
    assert (document["projection"], document["version"], document["municipality"]) == ("effort-outcomes", 1, "0370")
    assert document["course"] == {"id": COURSE}
    assert document["pilots"] == []
    entered = of(document, "job_entry")
    assert [row["after_days"] for row in entered] == [30, 91, 182, 365]
    assert counts(entered) == [(3, 23)] * 4  # jobs on 18, 19 and 20 September, twelve days and more after the start
    assert [(row["share"], row["low"], row["high"]) for row in entered] == [(0.13043, 0.04538, 0.32127)] * 4
    assert entered[-1]["curve"] == [[12, 0.04348, 0.95652], [13, 0.08696, 0.91304], [14, 0.13043, 0.86957]]
    stood = {(row["after_months"], row["stage"]): row["numerator"] for row in of(document, "status_after")}
    for months in (1, 3, 6, 12):  # nobody left, and the three kept their jobs
        assert {stage: n for (after, stage), n in stood.items() if after == months} == {
            "job": 3, "wage_subsidy": 0, "praktik": 0, "education": 0, "unemployed": 20, "left": 0,
        }  # fmt: skip
    assert counts(of(document, "retained")) == [(3, 3)]
    assert "definition" not in entered[0]
    assert document["definitions"]["job_entry"]["definition"].startswith("Den andel af de påbegyndte deltagelser")


async def test_a_pilot_and_its_decisions_come_to_the_document(stage: Stage) -> None:
    plan = {"measure": "mikrosprint_job", "window_days": 182, "benchmark": 0.45, "registered_on": REGISTERED}
    ids = {"municipality": "0370", "pilot_id": PILOT, "course_id": UUID(COURSE)}
    async with stage.projecting():
        await stage.publish(rows(story("naestved-2021.jsonl")))
        await stage.settled()
        assert (await published(stage, NAESTVED, whole))["pilots"] == []
        opened = told(PilotOpened.example(), "2021-08-25", first_size=25, planned_size=60, **plan, **ids)
        await stage.publish(rows([opened]))
        (pilot,) = (await published(stage, NAESTVED, lambda document: document["pilots"]))["pilots"]
        assert (pilot["verdict"], pilot["n"], pilot["successes"]) == ("stop", 23, 3)
        assert pilot["said"].startswith("Stop: 23 af 60 planlagte er målt. 3 af dem (13 %) nåede målet. ")
        for end in (pilot["low"], pilot["high"]):  # a rate at either end has an e-value of 20
            mixture = betaln(4.6 + 3, 5.4 + 20) - betaln(4.6, 5.4)
            assert pytest.approx(20, rel=1e-6) == exp(mixture) / (end**3 * (1 - end) ** 20)
        said = {"decision": "stop", "verdict": "stop", "decided_by_role": "manager", "reason": "Langt under kravet"}
        await stage.publish(rows([told(PilotDecided.example(), "2022-06-01", 2, **said, **ids)]))
        (pilot,) = (await published(stage, NAESTVED, lambda document: document["pilots"][0]["decisions"]))["pilots"]
        assert pilot["decisions"] == [said | {"on": "2022-06-01"}]


def area(number: int, ability: float, level: int) -> dict[str, Any]:
    """What a test measured in an area, with a standard error of 0.3."""
    return {
        "area": number, "ability": ability, "standard_error": 0.3,
        "level": level, "level_low": level, "level_high": level, "items": 5,
    }  # fmt: skip


def finished(on: str, sequence: int, *areas: dict[str, Any]) -> Envelope:
    """A test and what it measured."""
    return told(TestFinished.example(), on, sequence, test_id=new_id(), citizen_id=CITIZEN, areas=areas)


def visit(on: str, sequence: int, **themes: str) -> Envelope:
    """A visit to the workshop, and how she managed each theme."""
    seen = [{"theme": theme, "autonomy": autonomy} for theme, autonomy in themes.items()]
    return told(WorkshopVisited.example(), on, sequence, visit_id=new_id(), citizen_id=CITIZEN, themes=seen)


async def test_the_figures_of_a_municipality_with_one_citizen(stage: Stage) -> None:
    """She was unemployed from 4 January, got better at one of two areas and alone with one of two themes, and had a job
    in May only."""
    mine = {"citizen_id": CITIZEN}
    registered = {"unemployed_since": date(2021, 1, 4), "target_group": "1"}
    job = {"placement_id": PLACEMENT, "kind": "ordinary", "enrolment_id": None, **mine}
    life = [
        told(CitizenRegistered.example(), "2021-01-04", 1, **registered, **mine),
        visit("2021-03-01", 2, pdf="helped", mitid="helped"),
        visit("2021-03-15", 3, pdf="alone", mitid="partly"),
        finished("2021-03-01", 1, area(1, 0.0, 3), area(2, 0.0, 4)),
        finished("2021-04-01", 2, area(1, 1.0, 5), area(2, 0.5, 4)),
        told(PlacementStarted.example(), "2021-05-01", 1, on=date(2021, 5, 1), **job),
        told(OrderPlaced.example(), "2021-02-01"),
        told(PlacementEnded.example(), "2021-06-01", 2, on=date(2021, 5, 31), **job),
    ]  # fmt: skip
    async with stage.projecting():
        await stage.publish(rows(life))
        await stage.settled()
        document = await published(stage, "municipality-outcomes.0101", lambda d: counts(of(d, "retained")) == [(0, 1)])
    assert counts(of(document, "gain")) == [(1, 2)]  # 1.0 is more than 1.96 x 0.42, 0.5 is not
    assert counts(of(document, "gain", area="1")) == [(1, 1)]
    assert counts(of(document, "gain", area="2")) == [(0, 1)]
    assert counts(of(document, "self_reliance")) == [(1, 2)]
    assert counts(of(document, "self_reliance", theme="mitid")) == [(0, 1)]
    assert counts(of(document, "self_reliance", theme="pdf")) == [(1, 1)]
    assert counts(of(document, "retained")) == [(0, 1)]  # May is not half a year
    assert counts(of(document, "retained", target_group="1")) == [(0, 1)]
    asked = [row for row in document["rows"] if row["indicator"] == "supply_demand" and row["numerator"]]
    assert [(row["dimensions"], row["numerator"], row["denominator"]) for row in asked] == [
        ({"area": "1", "level": "3"}, 1, 1),
        ({"area": "2", "level": "4"}, 1, 1),
    ]
    assert asked[0]["split"] == {"ordinary": 0, "wage_subsidy": 0, "praktik": 1, "flexjob": 0}
    compared = of(document, "comparison")
    assert [(row["stage"], row["numerator"], row["denominator"]) for row in compared] == [
        ("3", 0, 0), ("6", 0, 0), ("9", 0, 0), ("12", 0, 0), ("all", 0, 0),
    ]  # fmt: skip
    others = [row["compared"]["others"] for row in compared]
    assert counts(others) == [(1, 1), (0, 1), (0, 1), (0, 1), (1, 4)]
    assert compared[-1]["compared"]["lock_in"]["others"]["numerator"] == 1
    assert compared[-1]["compared"]["difference"] is None
