"""Assessment over HTTP, on real PostgreSQL and NATS: what it learns from others, each command, each refusal."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.assessment.app import app
from services.assessment.state import APPLY
from services.assessment.tables import Table
from shared.clock import now
from shared.contracts.assessment import ResultRescored
from shared.contracts.assessment.result import AreaResult
from shared.contracts.courses import CourseChanged, CourseClosed, CourseOffered
from shared.contracts.intake import CitizenErased, CitizenRegistered
from shared.contracts.vocabulary import AreaLevel
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.running_service import RunningService, differences, publish, running_service
from tests.real_machines import RealNats
from tests.waiting import eventually

CITIZEN = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c01")
COURSE = UUID("018f3a52-7c1e-7d3a-9b58-3f1f0a6a1c04")


@pytest.fixture
async def assessment(
    new_database: NewDatabase, empty_bus: RealNats, own_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    """The service, with one citizen known."""
    async with running_service(app, await new_database("assessment"), empty_bus, own_directory, monkeypatch) as service:
        await publish(empty_bus, CitizenRegistered.example())
        await reached(service, "SELECT true FROM known_citizen")
        yield service


@pytest.fixture
def caseworker(assessment: RunningService) -> httpx.AsyncClient:
    return assessment.caller(Role.CASEWORKER)


@pytest.fixture
def desk(assessment: RunningService) -> httpx.AsyncClient:
    return assessment.caller(Role.COMPANY_DESK)


async def reached(service: RunningService, question: str) -> None:
    """Wait until the database says yes."""

    async def yes() -> bool:
        return bool(await service.database.fetchval(question))

    await eventually(yes, what=question)


def area(number: int, low: int, high: int, **given: Any) -> dict[str, Any]:
    """A measured area whose level is its lowest."""
    numbers = {"area": number, "level": low, "level_low": low, "level_high": high}
    return numbers | {"ability": -0.42, "standard_error": 0.31, "items": 5} | given


def finished(*areas: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A body that records a test."""
    return {"bank_version": "2026.1", "calibrated": False, "purpose": "entry", "areas": list(areas)} | given


def profile(*demands: tuple[int, int], **given: Any) -> dict[str, Any]:
    """A body that publishes a profile."""
    body = {
        "title": "Social- og sundhedshjælper",
        "occupation": {"scheme": "DISCO-08", "code": "5322"},
        "demands": [{"area": number, "level": level} for number, level in demands],
        "tasks": ["Dokumenterer i den elektroniske omsorgsjournal"],
    }
    return body | given


async def published(desk: httpx.AsyncClient, *demands: tuple[int, int]) -> str:
    """The id of a profile that was just published."""
    answer = await desk.post("/profiles", json=profile(*demands))
    assert answer.status_code == 201, answer.text
    profile_id: str = answer.json()["profile_id"]
    return profile_id


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, which says what it is and what to do."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"urn:loeft:problem:{code}"), answer.text
    assert problem["title"]
    assert problem.get("detail"), "it says what to do"
    return problem


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


IMPOSSIBLE_PROFILES: list[tuple[dict[str, Any], int, str]] = [
    (profile((1, 3), (1, 4)), 409, "demand-twice"),
    (profile(), 422, "invalid"),
    (profile((1, 9)), 422, "invalid"),
    (profile((1, 3), title=""), 422, "invalid"),
    (profile((1, 3), tasks=["\x00"]), 422, "invalid"),
    (profile((1, 3), tasks=["Ring til 010179-0001"]), 422, "invalid"),
]


class TestProfiles:
    async def test_a_profile_is_published_and_read_in_every_municipality(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        company_id = str(uuid4())
        answer = await desk.post("/profiles", json=profile((4, 2), (1, 3), company_id=company_id))
        assert (answer.status_code, answer.json()["version"]) == (201, 1)
        profile_id = answer.json()["profile_id"]
        (told,) = await assessment.log(f"profile/{profile_id}")
        assert (told.type, told.dataclassification) == ("dk.loeft.assessment.job-profile-published.v1", "public")
        elsewhere = assessment.caller(Role.ANALYST, municipality="0147")
        read = (await elsewhere.get(f"/profiles/{profile_id}")).json()
        assert read.pop("published_at")
        assert read == {
            "profile_id": profile_id,
            "municipality": "0101",
            "version": 1,
            "title": "Social- og sundhedshjælper",
            "occupation": {"scheme": "DISCO-08", "code": "5322"},
            "demands": [{"area": 1, "level": 3, "weight": 1.0}, {"area": 4, "level": 2, "weight": 1.0}],
            "tasks": ["Dokumenterer i den elektroniske omsorgsjournal"],
            "company_id": company_id,
        }
        assert [p["profile_id"] for p in (await elsewhere.get("/profiles")).json()] == [profile_id]

    async def test_a_profile_is_published_anew_by_its_own_municipality_only(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 3))
        address, anew = f"/profiles/{profile_id}", profile((2, 5), title="Kok")
        elsewhere = assessment.caller(Role.COMPANY_DESK, municipality="0147")
        refused(await elsewhere.put(address, json=anew), 404, "profile-unknown")
        late = await desk.put(address, json=anew, headers={"Expected-Version": "7"})
        refused(late, 409, "version-conflict")
        answer = await desk.put(address, json=anew, headers={"Expected-Version": "1"})
        assert (answer.status_code, answer.json()) == (200, {"profile_id": profile_id, "version": 2})
        read = (await desk.get(address)).json()
        assert (read["title"], read["demands"]) == ("Kok", [{"area": 2, "level": 5, "weight": 1.0}])
        refused(await desk.put(f"/profiles/{uuid4()}", json=anew), 404, "profile-unknown")

    async def test_a_profile_that_cannot_be_is_refused(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        for body, status, code in IMPOSSIBLE_PROFILES:
            refused(await desk.post("/profiles", json=body), status, code)
        assert await assessment.log() == []
        refused(await desk.get(f"/profiles/{uuid4()}"), 404, "profile-unknown")


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


# Each route with a body that is right: (method, path, body, a role that may). ``{c}`` is a citizen, ``{p}`` a profile.
ROUTES: list[tuple[str, str, Any, Role]] = [
    ("POST", "/citizens/{c}/tests", finished(area(1, 3, 4)), Role.SYSTEM),
    ("GET", "/citizens/{c}/result", None, Role.EMENTOR),
    ("POST", "/citizens/{c}/gaps", {"profile_id": "{p}"}, Role.EMENTOR),
    ("GET", "/citizens/{c}/gaps", None, Role.CASEWORKER),
    ("POST", "/profiles", profile((1, 3)), Role.MANAGER),
    ("PUT", "/profiles/{p}", profile((1, 3)), Role.COMPANY_DESK),
    ("GET", "/profiles", None, Role.OPERATOR),
    ("GET", "/profiles/{p}", None, Role.ANALYST),
]


class TestAccess:
    def test_every_route_is_tried(self) -> None:
        documented = {(method.upper(), path) for path, ways in app.openapi()["paths"].items() for method in ways}
        names = {"c": "{citizen_id}", "p": "{profile_id}"}
        assert {(method, path.format(**names)) for method, path, _, _ in ROUTES} == documented

    async def test_who_may_and_who_may_not(self, assessment: RunningService, desk: httpx.AsyncClient) -> None:
        ids = {"c": str(CITIZEN), "p": await published(desk, (1, 3))}
        for method, path, body, role in ROUTES:
            sent = {"profile_id": ids["p"]} if path.endswith("gaps") and body else body
            address = path.format(**ids)
            refused(await assessment.caller().request(method, address, json=sent), 401, "token-missing")
            if not (method == "GET" and path.startswith("/profiles")):  # profiles are public
                others = assessment.caller(Role.ANALYST, Role.OPERATOR)
                refused(await others.request(method, address, json=sent), 403, "role-missing")
            answer = await assessment.caller(role).request(method, address, json=sent)
            assert answer.status_code in {200, 201}, f"{method} {path}: {answer.text}"

    async def test_a_citizen_of_another_municipality_or_not_known_yet_is_not_found(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        elsewhere = assessment.caller(Role.CASEWORKER, municipality="0147")
        for method, path, body, _ in ROUTES[:4]:
            sent = {"profile_id": str(uuid4())} if path.endswith("gaps") and body else body
            hidden = await elsewhere.request(method, path.format(c=CITIZEN), json=sent)
            unknown = await caseworker.request(method, path.format(c=uuid4()), json=sent)
            problem = refused(hidden, 404, "citizen-unknown")
            assert problem == unknown.json(), "the same words as for an id that nobody has"
            assert "a moment ago" in problem["detail"]
        assert await assessment.reads() == []

    async def test_what_cannot_be_logged_is_not_shown(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await assessment.break_access_log()
        for path in ("result", "gaps"):
            problem = refused(await caseworker.get(f"/citizens/{CITIZEN}/{path}"), 503, "access-log-unavailable")
            assert problem.keys() == {"type", "title", "status", "detail"}

    async def test_a_gap_that_cannot_be_logged_is_neither_told_nor_kept(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 3))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await assessment.break_access_log()
        found = await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        refused(found, 503, "access-log-unavailable")
        assert "gap-found" not in {envelope.name for envelope in await assessment.log()}


class TestThePast:
    async def test_a_rescored_result_replaces_the_levels_and_keeps_the_day(
        self, assessment: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        ended = "2026-11-01T08:30:00Z"
        body = finished(area(1, 3, 4), area(2, 3, 3), finished_at=ended)
        test_id = (await caseworker.post(f"/citizens/{CITIZEN}/tests", json=body)).json()["test_id"]
        rescored = ResultRescored.model_validate(
            (await assessment.log())[0].data
            | {"areas": (AreaResult(**area(1, 4, 4)),), "reason": "Item 1.2-003 had a wrong key", "before": ()}
        )
        database = Database(assessment.address, APPLY)
        await database.open()
        try:
            async with database.transaction(Origin("rescoring")) as tx:
                await tx.append(rescored)
        finally:
            await database.close()
        read = (await caseworker.get(f"/citizens/{CITIZEN}/result")).json()
        assert [(a["area"], a["level"], a["test_id"], a["finished_at"]) for a in read["areas"]] == [
            (1, 4, test_id, ended)
        ]

    async def test_the_log_applied_elsewhere_gives_the_same_tables(
        self,
        assessment: RunningService,
        caseworker: httpx.AsyncClient,
        desk: httpx.AsyncClient,
        new_database: NewDatabase,
    ) -> None:
        profile_id = await published(desk, (1, 3))
        for low in (2, 3):
            await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, low, 4)))
            await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        await desk.put(f"/profiles/{profile_id}", json=profile((2, 2)))
        log = await assessment.log()
        assert len(log) == 6
        elsewhere = Database(await new_database("assessment"), APPLY)
        await elsewhere.open()
        try:
            for _ in range(2):  # a second import changes nothing
                async with elsewhere.transaction(Origin("import")) as tx:
                    for envelope in log:
                        await tx.store(envelope)
                for table in ("test_result", "area_result", "job_profile", "gap", "entity"):
                    rows = f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t"
                    assert await elsewhere.pool.fetchval(rows) == await assessment.database.fetchval(rows), table
        finally:
            await elsewhere.close()

    async def test_an_erased_citizen_is_forgotten_and_does_not_come_back_by_a_late_event(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        profile_id = await published(desk, (1, 3))
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        await caseworker.post(f"/citizens/{CITIZEN}/gaps", json={"profile_id": profile_id})
        await publish(empty_bus, CitizenErased(municipality="0101", citizen_id=CITIZEN), 2)
        await reached(assessment, "SELECT municipality IS NULL FROM known_citizen")
        await publish(empty_bus, CitizenRegistered.example(), 1)
        await reached(assessment, "SELECT count(*) = 2 FROM handled WHERE reaction = 'assessment-know-citizen'")
        refused(await caseworker.get(f"/citizens/{CITIZEN}/result"), 404, "citizen-unknown")
        for table in ("test_result", "area_result", "gap"):
            assert await assessment.database.fetchval(f"SELECT count(*) FROM {table}") == 0, table

    async def test_the_migrated_tables_are_those_of_tables_py(self, assessment: RunningService) -> None:
        assert await differences(assessment.address, Table.metadata) == []
