"""Gaps: how far a citizen is from a profile, and which courses would close the distance."""

from uuid import uuid4

import httpx

from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.intake import CitizenErased, CitizenRegistered, CitizensMerged
from shared.contracts.vocabulary import AreaLevel
from tests.real.answers import done, refused
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
        ended = "2026-10-31T23:30:00Z"  # on 1 November in Denmark
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4), finished_at=ended))
        found = (await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})).json()
        told = (await assessment.log(f"citizen/{CITIZEN}"))[-1]
        assert told.type == "dk.loeft.assessment.gap-found.v1"
        assert told.data == {
            "municipality": "0101",
            "citizen_id": str(CITIZEN),
            "profile_id": profile_id,
            "profile_version": 1,
            "verdict": "uncertain",
            "areas": [
                {
                    "area": 1,
                    "demanded": 3,
                    "level": 3,
                    "level_low": 3,
                    "level_high": 4,
                    "met": "yes",
                    "reason": "met",
                    "measured_on": "2026-11-01",
                },
                {"area": 2, "demanded": 4, "met": "uncertain", "reason": "not-measured"},
            ],
            "course_ids": [],
            "calibrated": False,
        }
        assert found["said"] == "Uvist: Test mere i »Kontakt og samarbejde«."
        assert [one["said"].partition(": ")[0] for one in found["areas"]] == [
            "Finde og vurdere information",
            "Kontakt og samarbejde",
        ]
        assert [mark.partition(":")[0] for mark in found["marks"]] == ["Ikke kalibreret", "Ikke valideret"]
        late = {"profile_id": profile_id, "happened": "2026-11-01T08:30:00Z"}
        assert (await caseworker.post(f"/citizens/{CITIZEN}/gaps", json=late)).status_code == 201
        assert (await caseworker.get(f"/citizens/{CITIZEN}/gaps")).json() == [found], "the newest, not the last told"
        assert await assessment.reads() == [
            (str(CITIZEN), "gap to a job profile"),
            (str(CITIZEN), "gap to a job profile"),
            (str(CITIZEN), "gaps to job profiles"),
        ]

    async def test_a_gap_that_was_found_stands_when_its_course_is_closed_and_says_so(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id = await published(desk, (5, 5))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(5, 3, 4)))
        await publish(empty_bus, CourseOffered.example(), 1)
        await reached(assessment, "SELECT true FROM known_course")
        gaps, body = f"/citizens/{CITIZEN}/gaps", {"profile_id": profile_id}
        course = {"course_id": str(COURSE), "title": "Azure Fundamentals", "weeks": 6}
        found = done(await caseworker.post(gaps, json=body), 201)
        assert (found["said"], found["courses"]) == (
            "Klar efter kurset »Azure Fundamentals«.",
            [course | {"on_offer": True}],
        )
        await publish(empty_bus, CourseClosed(municipality="0101", course_id=COURSE), 2)
        await reached(assessment, "SELECT NOT on_offer FROM known_course")
        (read,) = (await caseworker.get(gaps)).json()
        assert read == found | {"courses": [course | {"on_offer": False}]}
        assert done(await caseworker.post(gaps, json=body), 201)["verdict"] == "not-yet"

    async def test_a_course_of_another_municipality_or_of_seven_weeks_closes_no_gap(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id = await published(desk, (5, 5))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(5, 3, 4)))
        for change in ({"municipality": "0147", "course_id": uuid4()}, {"weeks": 7}):
            await publish(empty_bus, CourseOffered.model_validate(CourseOffered.example().model_dump() | change), 1)
        await reached(assessment, "SELECT count(*) = 2 FROM known_course")
        found = await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        assert done(found, 201)["verdict"] == "not-yet"

    async def test_what_was_only_inferred_decides_nothing_and_gives_way_to_what_was_measured(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 3))
        tests, gaps = f"/citizens/{CITIZEN}/tests", f"/citizens/{CITIZEN}/gaps"

        async def verdict() -> tuple[str, str]:
            found = done(await caseworker.post(gaps, json={"profile_id": profile_id}), 201)
            return found["verdict"], found["areas"][0]["reason"]

        await caseworker.post(tests, json=finished(area(1, 6, 6, items=0), area(2, 6, 6)))
        assert await verdict() == ("uncertain", "inferred")
        await caseworker.post(tests, json=finished(area(1, 2, 2, items=4), finished_at="2026-11-01T08:00:00Z"))
        assert await verdict() == ("not-yet", "below"), "a measurement counts, though it is older"

    async def test_the_tests_of_a_merged_id_are_hers(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id, kept = await published(desk, (1, 3)), uuid4()
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        known = CitizenRegistered.example().model_dump() | {"citizen_id": kept}
        await publish(empty_bus, CitizenRegistered.model_validate(known), 1)
        await publish(empty_bus, CitizensMerged(municipality="0101", citizen_id=kept, merged_id=CITIZEN), 2)
        await reached(assessment, "SELECT count(municipality) = 2 AND count(merged_into) = 1 FROM known_citizen")
        found = await caseworker.post(f"/citizens/{kept}/gaps", json={"profile_id": profile_id})
        assert done(found, 201)["verdict"] == "ready"
        await publish(empty_bus, CitizenErased(municipality="0101", citizen_id=kept), 3)
        await reached(assessment, "SELECT bool_and(erased) FROM known_citizen")
        assert await assessment.database.fetchval("SELECT count(*) FROM test_result") == 0

    async def test_a_repeated_request_finds_one_gap(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        body = {"profile_id": await published(desk, (1, 3))}
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        key = {"Idempotency-Key": str(uuid4())}
        first, again = [
            done(await caseworker.post(f"/citizens/{CITIZEN}/gaps", json=body, headers=key), 201) for _ in range(2)
        ]
        assert first == again
        assert [one.name for one in await assessment.log(f"citizen/{CITIZEN}")] == ["test-finished", "gap-found"]

    async def test_refusals(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        gaps = f"/citizens/{CITIZEN}/gaps"
        profile_id = await published(desk, (1, 3))
        refused(await caseworker.post(gaps, json={"profile_id": profile_id}), 409, "citizen-not-tested")
        refused(await caseworker.post(gaps, json={"profile_id": str(uuid4())}), 404, "profile-unknown")
        assert [envelope.name for envelope in await assessment.log()] == ["job-profile-published"]
