"""Figures over HTTP: from a command, or an event on the bus, to the figure that it moves."""

from typing import Any

import httpx
import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect_queries import CELLS
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import TODAY, YESTERDAY, Jobcenter
from tests.real.running_service import RunningService
from tests.real.story import story
from tests.waiting import eventually

NAESTVED = "0370"


async def asked(caller: httpx.AsyncClient, indicator: str, **question: Any) -> list[dict[str, Any]]:
    """The figure rows that a caller is given."""
    answer = await caller.get("/effect", params={"indicator": indicator, **question})
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


async def test_a_command_moves_the_figure_that_it_is_counted_in(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    manager = outcomes.caller(Role.MANAGER)
    (nothing,) = await asked(manager, "agreements")
    assert (nothing["numerator"], nothing["denominator"], nothing["share"]) == (0, None, None)
    target = {"indicator": "agreements", "period": str(TODAY.year), "value": 4}
    done(await manager.post("/targets", json=target))
    for cvr in ("10000001", "10000002"):
        company = await jobcenter.company(cvr)
        body = {"kind": "praktik", "on": str(YESTERDAY)}
        done(await desk.post(f"/companies/{company}/agreements", json=body), 201)

    async def two_agreements() -> bool:
        return bool((await asked(manager, "agreements"))[0]["numerator"] == 2)

    await eventually(two_agreements)
    (figure,) = await asked(manager, "agreements")
    assert (figure["denominator"], figure["share"], figure["as_of"]) == (4, 0.5, str(TODAY))
    assert figure["definition"] == CATALOGUE["agreements"].definition_da
    (before,) = await asked(manager, "agreements", as_of="2020-01-01")
    assert before["numerator"] == 0
    (elsewhere,) = await asked(outcomes.caller(Role.MANAGER, municipality="0147"), "agreements")
    assert elsewhere["numerator"] == 0, "a municipality sees its own figures"


async def test_the_story_of_naestved_is_told_by_its_events(outcomes: RunningService, jobcenter: Jobcenter) -> None:
    """23 started, 3 dropped out, 3 got a job during the course, 17 met companies: exact in the document."""
    told = story("naestved-2021.jsonl")
    for envelope in told:
        await jobcenter.bus.jetstream().publish(bus_subject(envelope), encode(envelope))
    manager = outcomes.caller(Role.MANAGER, municipality=NAESTVED)

    async def stages() -> dict[str, int]:
        rows = await asked(manager, "funnel", as_of="2021-10-12", window=182)
        return {row["stage"]: row["so_far"] for row in rows}

    async def all_counted() -> bool:
        return (await stages()).get("met") == 17

    await eventually(all_counted)
    counted = await stages()
    assert {
        stage: counted[stage] for stage in ("started", "ended:dropped_out", "ended:got_job", "completed", "met")
    } == {
        "started": 23,
        "ended:dropped_out": 3,
        "ended:got_job": 3,
        "completed": 17,
        "met": 17,
    }
    (jobs,) = await asked(manager, "mikrosprint_job", as_of="2022-05-01", by="provider")
    assert (jobs["dimensions"], jobs["numerator"], jobs["denominator"]) == ({"provider": "Ivækst"}, 3, 23)
    by_two = await asked(manager, "mikrosprint_job", as_of="2022-05-01", by="provider,target_group")
    assert sum(row["denominator"] for row in by_two) == 23
    assert await asked(outcomes.caller(Role.MANAGER), "mikrosprint_job", as_of="2022-05-01", by="provider") == []


@pytest.mark.parametrize(
    ("question", "code", "allowed"),
    [
        ({"indicator": "happiness"}, "indicator-unknown", list(CATALOGUE)),
        ({"indicator": "agreements", "by": "course"}, "cut-unknown", ["municipality"]),
        ({"indicator": "reach", "by": "colour"}, "cut-unknown", ["municipality", "target_group"]),
        ({"indicator": "moved_on", "by": "course,course"}, "cut-unknown", list(CATALOGUE["moved_on"].dimensions)),
        (
            {"indicator": "moved_on", "by": "course,cohort,timing"},
            "cut-unknown",
            list(CATALOGUE["moved_on"].dimensions),
        ),
        ({"indicator": "moved_on", "window": "-1"}, "window-unknown", list(CATALOGUE["moved_on"].windows)),
        ({"indicator": "moved_on", "as_of": "31/3-2026"}, "day-unreadable", ["YYYY-MM-DD"]),
        ({"indicator": "moved_on", "as_of": "2026-02-30"}, "day-unreadable", ["YYYY-MM-DD"]),
    ],
)
async def test_a_question_that_cannot_be_answered_says_what_can_be_asked(
    outcomes: RunningService, question: dict[str, str], code: str, allowed: list[Any]
) -> None:
    answer = await outcomes.caller(Role.MANAGER).get("/effect", params=question)
    assert refused(answer, 422, code)["allowed"] == allowed


async def test_every_indicator_is_defined_and_can_be_asked_for_before_anything_happened(
    outcomes: RunningService,
) -> None:
    ementor = outcomes.caller(Role.EMENTOR)
    catalogue = (await ementor.get("/effect/catalogue")).json()
    assert [row["key"] for row in catalogue] == list(CATALOGUE) == list(CELLS)
    for row in catalogue:
        assert row["definition_da"]
        assert row["definition_en"]
        assert row["owner"]
        assert all(figure["numerator"] == 0 for figure in await asked(ementor, row["key"]))
