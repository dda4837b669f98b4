"""Two ids turn out to be one citizen: what was told under either is hers; what is new is told under the kept one."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.contracts.intake import CitizenRegistered, CitizensMerged
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, area, finished, published, reached
from tests.real.assessment.taking import offered
from tests.real.running_service import RunningService, publish
from tests.real_machines import RealNats
from tests.today import days_ago


async def kept_id(assessment: RunningService, bus: RealNats) -> str:
    """The id that stands for the citizen from now on."""
    kept = uuid4()
    known = CitizenRegistered.example().model_dump() | {"citizen_id": kept}
    await publish(bus, CitizenRegistered.model_validate(known), 1)
    await publish(bus, CitizensMerged(municipality="0101", citizen_id=kept, merged_id=CITIZEN), 2)
    await reached(assessment, "SELECT count(municipality) = 2 AND count(merged_into) = 1 FROM known_citizen")
    return str(kept)


async def test_a_test_that_is_underway_is_hers_and_she_is_offered_no_other(
    assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
) -> None:
    test = await (await offered(assessment, caseworker)).begin()
    sessions = f"/citizens/{await kept_id(assessment, empty_bus)}/sessions"
    assert [one["test_id"] for one in done(await caseworker.get(sessions))] == [test.test_id]
    underway = refused(await caseworker.post(sessions, json={"purpose": "entry"}), 409, "test-underway")
    assert underway["test_id"] == test.test_id
    await test.post("abandon", {})
    done(await caseworker.post(sessions, json={"purpose": "entry"}), 201)


@pytest.mark.parametrize(("days", "status"), [(13, 409), (14, 201)])
async def test_a_retest_goes_by_her_tests_under_either_id(
    assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats, days: int, status: int
) -> None:
    ended = finished(area(1, 1, 1), finished_at=days_ago(days).isoformat())
    done(await caseworker.post(f"/citizens/{CITIZEN}/tests", json=ended), 201)
    kept = await kept_id(assessment, empty_bus)
    answer = await caseworker.post(f"/citizens/{kept}/sessions", json={"purpose": "retest"})
    assert answer.status_code == status


async def test_what_she_needs_of_a_test_is_known_under_either_id(
    assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
) -> None:
    test = await offered(assessment, caseworker, accessible=True)
    await test.begin()
    await test.post("abandon", {})
    kept = await kept_id(assessment, empty_bus)
    other = done(await caseworker.post(f"/citizens/{kept}/sessions", json={"purpose": "entry"}), 201)
    assert {forecast["pool"] for forecast in other["forecasts"]} == {"accessible"}


async def test_of_gaps_to_one_profile_the_newest_stands(
    assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
) -> None:
    one, other = await published(desk, (1, 3)), await published(desk, (1, 8))
    await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 2, 2)))
    for profile_id in (one, other):
        done(await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id}), 201)
    kept = await kept_id(assessment, empty_bus)
    done(await caseworker.post(f"/citizens/{kept}/tests", json=finished(area(1, 4, 4))), 201)
    done(await caseworker.post(f"/citizens/{kept}/gaps", json={"profile_id": one}), 201)
    found = done(await caseworker.get(f"/citizens/{kept}/gaps"))
    assert [(gap["profile_id"], gap["verdict"]) for gap in found] == [(one, "ready"), (other, "not-yet")]


@pytest.mark.parametrize(
    ("path", "body"),
    [("sessions", {"purpose": "entry"}), ("tests", finished(area(1, 3, 3))), ("gaps", {"profile_id": str(uuid4())})],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_nothing_new_is_told_under_the_id_that_went(
    assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats, path: str, body: dict[str, Any]
) -> None:
    kept = await kept_id(assessment, empty_bus)
    problem = refused(await caseworker.post(f"/citizens/{CITIZEN}/{path}", json=body), 409, "citizen-merged")
    assert problem["kept"] == {str(CITIZEN): kept}
    assert await assessment.log() == []
    assert (await caseworker.get(f"/citizens/{CITIZEN}/gaps")).status_code == 200, "it may be read"
