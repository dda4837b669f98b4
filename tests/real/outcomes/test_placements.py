"""Placements over HTTP: each kind, each refusal, what is told and what is logged."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.clock import now
from shared.ids import new_id
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService
from tests.today import days_ago, today, tomorrow, yesterday


def start(citizen_id: str, **facts: Any) -> dict[str, Any]:
    """A body that starts a placement."""
    return {"citizen_id": citizen_id, "kind": "praktik", "hours_per_week": 25, "on": str(yesterday())} | facts


@pytest.mark.parametrize("kind", ["ordinary", "wage-subsidy", "praktik", "flexjob"])
async def test_a_placement_of_each_kind_starts_and_ends(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient, kind: str
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    enrolment = str(new_id())
    body = start(citizen, kind=kind, company_id=company, enrolment_id=enrolment, timing="after")
    started = done(await caseworker.post("/placements", json=body), 201)
    assert (started["citizen_id"], started["version"]) == (citizen, 1)
    end = {"on": str(today()), "reason": "kontrakt udløb"}
    assert done(await caseworker.post(f"/placements/{started['placement_id']}/end", json=end))["version"] == 2
    first, last = await outcomes.log(f"citizen/{citizen}")
    assert first.data == {
        "municipality": "0101",
        "placement_id": started["placement_id"],
        "citizen_id": citizen,
        "company_id": company,
        "kind": kind,
        "temp_agency": False,
        "hours_per_week": 25.0,
        "on": str(yesterday()),
        "enrolment_id": enrolment,
        "timing": "after",
    }
    assert (last.name, last.data["on"], last.data["kind"]) == ("placement-ended", str(today()), kind)
    assert last.dataclassification == "personal"


async def test_a_placement_told_late_happened_on_its_day_and_one_told_with_a_moment_then(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen, day = await jobcenter.citizen(), today() - timedelta(days=40)
    done(await caseworker.post("/placements", json=start(citizen, on="2026-01-12")), 201)
    happened = days_ago(40).replace(microsecond=0)
    told = start(citizen, on=str(day), happened=happened.isoformat())
    done(await caseworker.post("/placements", json=told), 201)
    late, then = await outcomes.log(f"citizen/{citizen}")
    assert late.time == datetime(2026, 1, 12, 11, 0, tzinfo=UTC)  # noon in Denmark
    assert then.time == happened
    assert now() - then.recordedtime < timedelta(minutes=1)


async def test_a_correction_carries_what_was_wrong_and_a_voided_placement_stays_voided(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    placement = await jobcenter.placement(citizen)
    address = f"/placements/{placement}"
    correction = {"kind": "wage-subsidy", "hours_per_week": 25, "company_id": company}
    assert done(await caseworker.post(f"{address}/correct", json=correction))["version"] == 2
    refused(await caseworker.post(f"{address}/correct", json=correction), 409, "nothing-changed")
    read = done(await caseworker.get(f"/citizens/{citizen}/placements"))
    assert [(p["kind"], p["company_id"], p["state"]) for p in read["placements"]] == [
        ("wage-subsidy", company, "started")
    ]
    assert done(await caseworker.post(f"{address}/void", json={"reason": "forkert borger"}))["version"] == 3
    refused(await caseworker.post(f"{address}/end", json={"on": str(today())}), 409, "placement-voided")
    refused(await caseworker.post(f"{address}/correct", json={"kind": "ordinary"}), 409, "placement-voided")
    refused(await caseworker.post(f"{address}/void", json={"reason": "igen"}), 409, "placement-voided")
    corrected = (await outcomes.log(f"citizen/{citizen}"))[1]
    assert corrected.data == {
        "municipality": "0101",
        "placement_id": placement,
        "citizen_id": citizen,
        "kind": "wage-subsidy",
        "company_id": company,
    }


async def test_what_the_rules_refuse(jobcenter: Jobcenter, caseworker: httpx.AsyncClient) -> None:
    citizen = await jobcenter.citizen()
    placement = await jobcenter.placement(citizen)
    for body, code in (
        (start(citizen), "placement-known"),
        (start(citizen, on=str(tomorrow())), "not-yet"),
        (start(citizen, temp_agency=True), "temp-agency-only-ordinary"),
        (start(citizen, timing="before"), "timing-without-course"),
        (start(citizen, company_id=str(new_id())), "company-unknown"),
        (start(citizen, happened=(now() + timedelta(hours=1)).isoformat()), "happened-in-the-future"),
    ):
        refused(await caseworker.post("/placements", json=body), 409, code)
    address = f"/placements/{placement}"
    early = {"on": str(yesterday() - timedelta(days=1))}
    refused(await caseworker.post(f"{address}/end", json=early), 409, "placement-ends-before-start")
    refused(await caseworker.post(f"{address}/end", json={"on": str(tomorrow())}), 409, "not-yet")
    done(await caseworker.post(f"{address}/end", json={"on": str(yesterday())}))
    refused(await caseworker.post(f"{address}/end", json={"on": str(today())}), 409, "placement-ended-already")
    for wrong, field in (({"hours_per_week": 38}, "hours_per_week"), ({"kind": "job"}, "kind"), ({"no": 1}, "no")):
        problem = refused(await caseworker.post("/placements", json=start(citizen, **wrong)), 422, "invalid")
        assert [error["field"] for error in problem["errors"]] == [field]


async def test_an_agreed_placement_is_approved_and_started(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen, company = await jobcenter.citizen(), await jobcenter.company()
    body = {
        "citizen_id": citizen,
        "company_id": company,
        "kind": "praktik",
        "hours_per_week": 37,
        "starts": str(tomorrow()),
        "occupation": {"scheme": "DISCO-08", "code": "4110"},
        "enrolment_id": str(new_id()),
        "timing": "during",
    }
    placement = done(await caseworker.post("/placements/agreed", json=body), 201)["placement_id"]
    address = f"/placements/{placement}"
    refused(await caseworker.post(f"{address}/start", json={"on": str(today())}), 409, "placement-not-approved")
    refused(await caseworker.post(f"{address}/end", json={"on": str(today())}), 409, "placement-not-started")
    done(await caseworker.post(f"{address}/approve", json={"approved_by": "jobcenter"}))
    refused(await caseworker.post(f"{address}/approve", json={"approved_by": "x"}), 409, "placement-not-agreed")
    done(await caseworker.post(f"{address}/start", json={"on": str(today())}))
    refused(await caseworker.post(f"{address}/start", json={"on": str(today())}), 409, "placement-started-already")
    (read,) = done(await caseworker.get(f"/citizens/{citizen}/placements"))["placements"]
    assert (read["state"], read["planned_starts"], read["started_on"]) == ("started", str(tomorrow()), str(today()))
    assert (read["occupation"], read["approved_by"]) == ({"scheme": "DISCO-08", "code": "4110"}, "jobcenter")
    told = [envelope.name for envelope in await outcomes.log(f"citizen/{citizen}")]
    assert told == ["placement-agreed", "placement-approved", "placement-started"]


async def test_of_starts_at_once_one_is_recorded(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen = await jobcenter.citizen()
    answers = await asyncio.gather(*(caseworker.post("/placements", json=start(citizen)) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert len(await outcomes.log(f"citizen/{citizen}")) == 1


async def test_an_unknown_citizen_is_refused_until_intake_has_told_of_her(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    unknown = str(new_id())
    problem = refused(await caseworker.post("/placements", json=start(unknown)), 409, "citizen-unknown")
    assert problem["citizen_ids"] == [unknown]
    assert "same Idempotency-Key is safe" in problem["detail"]
    refused(await caseworker.get(f"/citizens/{unknown}/placements"), 404, "citizen-unknown")
    elsewhere = await jobcenter.citizen(municipality="0147")
    refused(await caseworker.post("/placements", json=start(elsewhere)), 409, "citizen-unknown")
    assert await outcomes.log() == []


async def test_a_merged_citizen_leads_to_the_one_that_was_kept(
    jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await jobcenter.citizen(), await jobcenter.citizen()
    placement = await jobcenter.placement(merged)
    await jobcenter.merged(kept, merged)
    problem = refused(await caseworker.post("/placements", json=start(merged, kind="ordinary")), 409, "citizen-merged")
    assert problem["kept"] == {merged: kept}
    read = done(await caseworker.get(f"/citizens/{kept}/placements"))
    assert [p["placement_id"] for p in read["placements"]] == [placement]


async def test_a_placement_recorded_under_a_merged_id_is_not_recorded_again_under_the_kept_one(
    jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await jobcenter.citizen(), await jobcenter.citizen()
    first = done(await caseworker.post("/placements", json=start(merged)), 201)
    await jobcenter.merged(kept, merged)
    problem = refused(await caseworker.post("/placements", json=start(kept)), 409, "placement-known")
    assert problem["placement_id"] == first["placement_id"]
    done(await caseworker.post("/placements", json=start(kept, kind="ordinary")), 201)


async def test_an_erased_citizen_is_forgotten(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await jobcenter.citizen(), await jobcenter.citizen()
    placement = await jobcenter.placement(merged)
    await jobcenter.merged(kept, merged)
    await jobcenter.erased(kept)
    for citizen in (kept, merged):
        refused(await caseworker.get(f"/citizens/{citizen}/placements"), 404, "citizen-unknown")
        refused(await caseworker.post("/placements", json=start(citizen)), 409, "citizen-unknown")
    refused(await caseworker.post(f"/placements/{placement}/end", json={"on": str(today())}), 404, "placement-unknown")
    assert await outcomes.database.fetchval("SELECT count(*) FROM placement") == 0


async def test_a_read_is_logged_or_nothing_is_shown(
    outcomes: RunningService, jobcenter: Jobcenter, caseworker: httpx.AsyncClient
) -> None:
    citizen = await jobcenter.citizen()
    placement = await jobcenter.placement(citizen)
    assert done(await caseworker.get(f"/citizens/{citizen}/placements"))["version"] == 1
    assert await outcomes.reads() == [(citizen, "placements")]
    await outcomes.break_access_log()
    hidden = await caseworker.get(f"/citizens/{citizen}/placements")
    refused(hidden, 503, "access-log-unavailable")
    assert placement not in hidden.text


async def test_another_municipality_has_no_such_placement(outcomes: RunningService, jobcenter: Jobcenter) -> None:
    citizen = await jobcenter.citizen()
    placement = await jobcenter.placement(citizen)
    there = outcomes.caller(Role.CASEWORKER, municipality="0147")
    steps: dict[str, dict[str, Any]] = {
        "end": {"on": str(today())},
        "correct": {"kind": "ordinary"},
        "void": {"reason": "x"},
        "approve": {"approved_by": "x"},
        "start": {"on": str(today())},
    }
    for step, body in steps.items():
        refused(await there.post(f"/placements/{placement}/{step}", json=body), 404, "placement-unknown")
    refused(await there.get(f"/citizens/{citizen}/placements"), 404, "citizen-unknown")
    assert await outcomes.reads() == []
    assert len(await outcomes.log(f"citizen/{citizen}")) == 1
