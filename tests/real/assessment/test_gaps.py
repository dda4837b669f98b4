"""Gaps: how far a citizen is from a profile, and which courses would close the distance."""

from uuid import uuid4

import httpx

from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.vocabulary import AreaLevel
from tests.real.answers import refused
from tests.real.assessment.measured import CITIZEN, COURSE, area, finished, published, reached
from tests.real.running_service import RunningService, publish
from tests.real_machines import RealNats


class TestGaps:
    async def test_a_course_on_offer_closes_the_gap_until_it_changes_or_is_closed(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id = await published(desk, (5, 5))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(5, 3, 4)))

        async def verdict() -> tuple[str, list[str]]:
            found = await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
            assert found.status_code == 201, found.text
            return found.json()["verdict"], found.json()["course_ids"]

        assert await verdict() == ("not-yet", [])
        offered = CourseOffered.example()
        assert isinstance(offered, CourseOffered)
        await publish(empty_bus, offered, 1)
        await reached(assessment, "SELECT true FROM known_course WHERE version = 1")
        assert await verdict() == ("after-course", [str(COURSE)])
        changed = CourseChanged(**offered.model_dump() | {"digital_areas": (AreaLevel(area=5, level=4),)})
        await publish(empty_bus, changed, 2)
        await reached(assessment, "SELECT true FROM known_course WHERE version = 2")
        assert await verdict() == ("not-yet", [])
        # the closing arrives before a change that was made earlier: each reaction has its own consumer
        await publish(empty_bus, CourseClosed(municipality="0101", course_id=COURSE), 4)
        await reached(assessment, "SELECT NOT on_offer FROM known_course")
        await publish(empty_bus, CourseChanged(**offered.model_dump()), 3)
        await reached(assessment, "SELECT count(*) = 2 FROM handled WHERE reaction = 'assessment-change-course'")
        assert await verdict() == ("not-yet", [])

    async def test_a_gap_is_told_listed_and_logged_as_a_read(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 3), (2, 4))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        found = (await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})).json()
        told = (await assessment.log(f"citizen/{CITIZEN}"))[-1]
        assert told.type == "dk.loeft.assessment.gap-found.v1"
        assert told.data == {
            "municipality": "0101",
            "citizen_id": str(CITIZEN),
            "profile_id": profile_id,
            "verdict": "uncertain",
            "areas": [
                {"area": 1, "demanded": 3, "level": 3, "level_low": 3, "level_high": 4, "met": "yes"},
                {"area": 2, "demanded": 4, "met": "uncertain"},
            ],
            "course_ids": [],
        }
        late = {"profile_id": profile_id, "happened": "2026-11-01T08:30:00Z"}
        assert (await caseworker.post(f"/citizens/{CITIZEN}/gaps", json=late)).status_code == 201
        assert (await caseworker.get(f"/citizens/{CITIZEN}/gaps")).json() == [found], "the newest, not the last told"
        assert await assessment.reads() == [
            (str(CITIZEN), "gap to a job profile"),
            (str(CITIZEN), "gap to a job profile"),
            (str(CITIZEN), "gaps to job profiles"),
        ]

    async def test_refusals(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        gaps = f"/citizens/{CITIZEN}/gaps"
        profile_id = await published(desk, (1, 3))
        refused(await caseworker.post(gaps, json={"profile_id": profile_id}), 409, "citizen-not-tested")
        refused(await caseworker.post(gaps, json={"profile_id": str(uuid4())}), 404, "profile-unknown")
        assert [envelope.name for envelope in await assessment.log()] == ["job-profile-published"]
