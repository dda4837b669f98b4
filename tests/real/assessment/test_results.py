"""Test results: recorded, read, refused."""

from datetime import timedelta
from typing import Any

import httpx

from shared.clock import now
from tests.real.answers import refused
from tests.real.assessment.measured import CITIZEN, area, finished, profile
from tests.real.running_service import RunningService

IMPOSSIBLE_RESULTS: list[tuple[dict[str, Any], int, str]] = [
    (finished(area(1, 3, 4, level=5)), 409, "level-outside-interval"),
    (finished(area(1, 3, 4), area(1, 3, 4)), 409, "area-twice"),
    (finished(area(1, 3, 4), finished_at=(now() + timedelta(hours=1)).isoformat()), 409, "finished-in-future"),
    (finished(area(1, 3, 4), finished_at="2026-11-01T09:30:00"), 422, "invalid"),
    (finished(area(1, 3, 4), finished_at="0001-01-01T00:00:00+14:00"), 422, "invalid"),
    (finished(area(1, 3, 4, items=500), area(2, 3, 4, items=1)), 409, "too-many-items"),
    (finished(area(6, 3, 4)), 422, "invalid"),
    (finished(area(1, 3, 9)), 422, "invalid"),
    (finished(), 422, "invalid"),
    (finished(area(1, 3, 4), purpose="curiosity"), 422, "invalid"),
    (finished(area(1, 3, 4), score=17), 422, "invalid"),
]


class TestResults:
    async def test_a_finished_test_is_told_and_read(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        body = finished(area(3, 4, 5, items=7), area(1, 3, 4), assisted=True)
        answer = await caseworker.post(f"/citizens/{CITIZEN}/tests", json=body)
        assert (answer.status_code, answer.json()["version"]) == (201, 1)
        test_id = answer.json()["test_id"]
        (told,) = await assessment.log(f"citizen/{CITIZEN}")
        assert told.type == "dk.loeft.assessment.test-finished.v1"
        assert told.data == {
            "municipality": "0101",
            "test_id": test_id,
            "citizen_id": str(CITIZEN),
            "framework": "DigComp",
            "framework_version": "2.2",
            "bank_version": "2026.1",
            "calibrated": False,
            "items": 12,
            "areas": [area(1, 3, 4), area(3, 4, 5, items=7)],
            "purpose": "entry",
            "assisted": True,
        }
        read = (await caseworker.get(f"/citizens/{CITIZEN}/result")).json()
        assert (read["citizen_id"], read["version"]) == (str(CITIZEN), 1)
        assert [(a["area"], a["level"], a["level_low"], a["level_high"]) for a in read["areas"]] == [
            (1, 3, 3, 4),
            (3, 4, 4, 5),
        ]
        assert {(a["test_id"], a["bank_version"], a["assisted"]) for a in read["areas"]} == {(test_id, "2026.1", True)}
        assert await assessment.reads() == [(str(CITIZEN), "test result")]

    async def test_the_newest_measurement_of_each_area_counts_however_late_a_test_is_recorded(
        self, caseworker: httpx.AsyncClient
    ) -> None:
        tests = f"/citizens/{CITIZEN}/tests"
        moment = now()
        for days, areas in ((10, [area(1, 3, 3), area(2, 3, 3)]), (1, [area(2, 5, 5)]), (20, [area(1, 1, 1)])):
            ended = (moment - timedelta(days=days)).isoformat()
            assert (await caseworker.post(tests, json=finished(*areas, finished_at=ended))).status_code == 201
        read = (await caseworker.get(f"/citizens/{CITIZEN}/result")).json()
        assert [(a["area"], a["level"]) for a in read["areas"]] == [(1, 3), (2, 5)]

    async def test_the_event_happened_when_the_test_ended(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        body = finished(area(1, 3, 3), finished_at="2026-11-01T09:30:00+01:00")
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=body)
        (told,) = await assessment.log()
        assert told.time.isoformat() == "2026-11-01T08:30:00+00:00"
        assert told.recordedtime > told.time

    async def test_whatever_is_told_late_happened_earlier_and_never_later_than_now(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        early, future = (
            {"happened": "2026-11-01T09:30:00+01:00"},
            {"happened": (now() + timedelta(hours=1)).isoformat()},
        )
        tests, gaps = f"/citizens/{CITIZEN}/tests", f"/citizens/{CITIZEN}/gaps"
        result, asked = finished(area(1, 3, 3)), profile((1, 4))
        published_ = await desk.post("/profiles", json=asked | early)
        of_profile = {"profile_id": published_.json()["profile_id"]}
        await caseworker.post(tests, json=result | early)
        found = await caseworker.post(gaps, json=of_profile | early)
        assert found.json()["found_at"] == "2026-11-01T08:30:00Z"
        assert {e.time.isoformat() for e in await assessment.log()} == {"2026-11-01T08:30:00+00:00"}
        for caller, path, body in (
            (desk, "/profiles", asked),
            (caseworker, tests, result),
            (caseworker, gaps, of_profile),
        ):
            refused(await caller.post(path, json=body | future), 409, "happened-in-the-future")
        assert len(await assessment.log()) == 3

    async def test_a_citizen_without_a_test_has_no_areas_and_that_is_a_read_too(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        read = await caseworker.get(f"/citizens/{CITIZEN}/result")
        assert read.json() == {"citizen_id": str(CITIZEN), "version": 0, "areas": []}
        assert await assessment.reads() == [(str(CITIZEN), "test result")]

    async def test_a_result_that_cannot_be_is_refused(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        for body, status, code in IMPOSSIBLE_RESULTS:
            refused(await caseworker.post(f"/citizens/{CITIZEN}/tests", json=body), status, code)
        assert await assessment.log() == []

    async def test_what_is_no_number_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        text = httpx.Request("POST", "http://x", json=finished(area(1, 3, 4))).content.replace(b"-0.42", b"NaN")
        headers = {"Content-Type": "application/json"}
        answer = await caseworker.post(f"/citizens/{CITIZEN}/tests", content=text, headers=headers)
        refused(answer, 409, "ability-not-finite")

    async def test_a_test_that_rests_on_an_old_version_is_refused(self, caseworker: httpx.AsyncClient) -> None:
        tests, expecting = f"/citizens/{CITIZEN}/tests", {"Expected-Version": "0"}
        assert (await caseworker.post(tests, json=finished(area(1, 3, 4)), headers=expecting)).status_code == 201
        late = await caseworker.post(tests, json=finished(area(1, 3, 4)), headers=expecting)
        assert refused(late, 409, "version-conflict")["version"] == 1
