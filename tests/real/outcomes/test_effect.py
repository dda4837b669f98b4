"""Figures over HTTP: from a command, or an event on the bus, to the figure that it moves."""

from importlib import import_module
from typing import Any

import httpx
import pytest

from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect_queries import CELLS
from services.outcomes.state import APPLY
from shared.messaging.cloudevents import encode
from shared.messaging.topology import bus_subject
from shared.persistence import Database, Origin
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.pilot_story import AS_OF, TARGETS, late_pilot
from tests.real.running_service import RunningService
from tests.real.story import story
from tests.today import today, yesterday
from tests.waiting import eventually

NAESTVED = "0370"
FROM_LOG = import_module("services.outcomes.migrations.versions.0005_targets_as_known").FROM_LOG


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
    target = {"indicator": "agreements", "period": str(today().year), "value": 4}
    done(await manager.post("/targets", json=target))
    for cvr in ("10000001", "10000002"):
        company = await jobcenter.company(cvr)
        body = {"kind": "praktik", "on": str(yesterday())}
        done(await desk.post(f"/companies/{company}/agreements", json=body), 201)

    async def two_agreements() -> bool:
        return bool((await asked(manager, "agreements"))[0]["numerator"] == 2)

    await eventually(two_agreements)
    (figure,) = await asked(manager, "agreements")
    assert (figure["denominator"], figure["share"], figure["as_of"]) == (4, 0.5, str(today()))
    assert (figure["reached"], figure["target_period"]) == (2, str(today().year))
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


async def test_a_target_as_known_on_a_day_is_the_value_last_set_by_then(outcomes: RunningService) -> None:
    database = Database(outcomes.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("restated-targets")) as tx:
            for envelope in late_pilot("0101"):
                if envelope.name == "target-set":
                    assert await tx.store(envelope)
    finally:
        await database.close()
    manager = outcomes.caller(Role.MANAGER)

    async def target(**question: str) -> float | None:
        (row,) = await asked(manager, "mikrosprint_job", as_of=str(AS_OF), **question)
        value: float | None = row.get("target")
        return value

    assert {known: await target(known=known) for known in TARGETS} == TARGETS
    assert await target() == 14, "all that is known"
    assert await target(known="2026-05-12") == 14
    (elsewhere,) = await asked(outcomes.caller(Role.MANAGER, municipality="0370"), "mikrosprint_job", as_of=str(AS_OF))
    assert "target" not in elsewhere


async def test_targets_set_before_the_moments_were_kept_are_taken_from_the_log(outcomes: RunningService) -> None:
    manager = outcomes.caller(Role.MANAGER)
    for value in (40, 45):
        target = {"indicator": "agreements", "period": "2026", "value": value}
        done(await manager.post("/targets", json=target))
    settings = "SELECT municipality, indicator, period, sequence, value FROM target_setting ORDER BY sequence"
    moments = "SELECT array_agg(recorded ORDER BY sequence) FROM target_setting"
    kept = [tuple(row) for row in await outcomes.database.fetch(settings)]
    assert kept == [("0101", "agreements", "2026", 1, 40.0), ("0101", "agreements", "2026", 2, 45.0)]
    recorded = await outcomes.database.fetchval(moments)
    assert recorded == [envelope.recordedtime for envelope in await outcomes.log()]
    await outcomes.database.execute("DELETE FROM target_setting")
    await outcomes.database.execute(FROM_LOG)
    assert [tuple(row) for row in await outcomes.database.fetch(settings)] == kept
    assert await outcomes.database.fetchval(moments) == recorded


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
