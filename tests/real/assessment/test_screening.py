"""Screening candidates for an order: by verdict, with reasons, of one's own municipality, each read logged."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.contracts.courses import CourseOffered
from shared.contracts.intake import CitizenLeft, CitizenRegistered, CitizensMerged
from shared.contracts.outcomes import OrderChanged, OrderClosed
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, COURSE, ORDER, area, finished, placed, published, reached
from tests.real.running_service import RunningService, publish
from tests.real_machines import RealNats

CANDIDATES = f"/orders/{ORDER}/candidates"


async def citizens(service: RunningService, nats: RealNats, number: int, municipality: str = "0101") -> list[UUID]:
    """Citizens who were just registered, and whom assessment knows."""
    ids = [uuid4() for _ in range(number)]
    for citizen_id in ids:
        told = CitizenRegistered.example().model_dump() | {"citizen_id": citizen_id, "municipality": municipality}
        await publish(nats, CitizenRegistered.model_validate(told))
    known = ", ".join(f"'{citizen_id}'" for citizen_id in ids)
    await reached(service, f"SELECT count(*) = {number} FROM known_citizen WHERE citizen_id IN ({known})")
    return ids


async def was_tested(staff: httpx.AsyncClient, citizen_id: UUID, *areas: dict[str, Any], **given: Any) -> None:
    """Record a test of hers."""
    done(await staff.post(f"/citizens/{citizen_id}/tests", json=finished(*areas, **given)), 201)


async def screened(staff: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    """What screening for the order shows."""
    return done(await staff.get(CANDIDATES, params=query))


class TestScreening:
    async def test_candidates_are_told_by_verdict_with_reasons_and_each_read_is_logged(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        ready, after, unsure, not_yet, untested = await citizens(assessment, empty_bus, 5)
        await was_tested(caseworker, ready, area(5, 5, 6), calibrated=True)
        await was_tested(caseworker, after, area(5, 3, 4))
        await was_tested(caseworker, unsure, area(5, 4, 6))
        await was_tested(caseworker, not_yet, area(5, 1, 2), finished_at="2026-10-31T23:30:00Z")
        profile_id = await published(desk, (5, 5))
        await publish(empty_bus, CourseOffered.example())
        await reached(assessment, "SELECT true FROM known_course")
        await placed(assessment, empty_bus, profile_id=profile_id)
        log = len(await assessment.log())

        found = await screened(caseworker)
        shown = [(one["citizen_id"], one["verdict"], one["course_ids"]) for one in found["candidates"]]
        assert shown == [
            (str(ready), "ready", []),
            (str(after), "after-course", [str(COURSE)]),
            (str(unsure), "uncertain", []),
            (str(not_yet), "not-yet", []),
        ]
        assert found["counts"] == {"ready": 1, "after-course": 1, "uncertain": 1, "not-yet": 1}
        assert found["not_tested"] == 2, f"{untested} and the citizen whom the fixture knows"
        assert [one["areas"][0]["reason"] for one in found["candidates"]] == [
            "met",
            "below",
            "straddles",
            "out-of-reach",
        ]
        assert found["candidates"][3]["areas"][0]["measured_on"] == "2026-11-01", "the day in Denmark"
        assert found["candidates"][1]["said"] == "Klar efter kurset »Azure Fundamentals«."
        assert [len(one["marks"]) for one in found["candidates"]] == [0, 1, 1, 1]
        assert [mark.partition(":")[0] for mark in found["marks"]] == ["Ikke valideret"]
        assert [course["course_id"] for course in found["courses"]] == [str(COURSE)]
        assert (found["profile_version"], found["order_within_verdict"]) == (1, "drawn-by-lot")
        what = f"screening for order {ORDER}"
        assert await assessment.reads() == [(str(one), what) for one in sorted([ready, after, unsure, not_yet])]
        assert len(await assessment.log()) == log, "nothing is published"
        assert await assessment.database.fetchval("SELECT count(*) FROM gap") == 0, "nor kept"

    async def test_a_page_logs_whom_it_shows_and_no_place_depends_on_a_level(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        people = await citizens(assessment, empty_bus, 9)
        await placed(assessment, empty_bus, demands=[{"area": 1, "level": 3}])
        for place, citizen_id in enumerate(people):
            await was_tested(caseworker, citizen_id, area(1, 3 + place % 6, 8) if place < 8 else area(1, 1, 8))
        whole = [one["citizen_id"] for one in (await screened(caseworker))["candidates"]]
        assert await assessment.database.fetchval("SELECT count(*) FROM access_log") == 9
        page = await screened(caseworker, skip=3, limit=4)
        assert [one["citizen_id"] for one in page["candidates"]] == whole[3:7]
        assert sum(page["counts"].values()) == 9
        assert [who for who, _ in (await assessment.reads())[9:]] == sorted(whole[3:7])
        only = await screened(caseworker, verdict="uncertain")
        assert [one["citizen_id"] for one in only["candidates"]] == [str(people[8])] == whole[8:]
        for place, citizen_id in enumerate(people[:8]):  # tested again, and better or worse: the places stay
            await was_tested(caseworker, citizen_id, area(1, 8 - place % 6, 8))
        assert [one["citizen_id"] for one in (await screened(caseworker))["candidates"]] == whole

    async def test_only_those_who_are_at_ones_own_jobcenter_are_candidates(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        stays, leaves, back, merged = await citizens(assessment, empty_bus, 4)
        (elsewhere,) = await citizens(assessment, empty_bus, 1, "0147")
        other = assessment.caller(Role.CASEWORKER, municipality="0147")
        await placed(assessment, empty_bus, demands=[{"area": 1, "level": 3}])
        for citizen_id in (stays, leaves, back):
            await was_tested(caseworker, citizen_id, area(1, 3, 3), finished_at="2026-11-01T08:00:00Z")
        await was_tested(caseworker, merged, area(1, 5, 5), finished_at="2026-11-02T08:00:00Z")
        await was_tested(other, elsewhere, area(1, 3, 3))
        for citizen_id in (leaves, back):
            gone = CitizenLeft(municipality="0101", citizen_id=citizen_id, reason="job", on=date(2026, 11, 3))
            await publish(empty_bus, gone, 2)
        await reached(assessment, "SELECT count(*) = 2 FROM known_citizen WHERE NOT here")
        again = CitizenRegistered.model_validate(CitizenRegistered.example().model_dump() | {"citizen_id": back})
        await publish(empty_bus, again, 3)
        await publish(empty_bus, CitizensMerged(municipality="0101", citizen_id=stays, merged_id=merged), 2)
        await reached(assessment, "SELECT count(*) = 1 AND count(merged_into) = 0 FROM known_citizen WHERE NOT here")
        await reached(assessment, "SELECT count(merged_into) = 1 FROM known_citizen")

        found = await screened(caseworker)
        levels = {one["citizen_id"]: one["areas"][0]["level"] for one in found["candidates"]}
        assert levels == {str(stays): 5, str(back): 3}, "one candidate, with the newest test of both ids"
        assert found["not_tested"] == 1
        refused(await other.get(CANDIDATES), 404, "order-unknown")

    async def test_an_order_is_screened_as_it_was_told_last(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, desk: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        await was_tested(caseworker, CITIZEN, area(1, 3, 3))
        profile_id = await published(desk, (1, 5), (2, 1))
        order_id = await placed(assessment, empty_bus)
        refused(await caseworker.get(CANDIDATES), 409, "order-asks-nothing")
        placed_as = {
            "municipality": "0101",
            "order_id": order_id,
            "company_id": uuid4(),
            "kind": "ordinary",
            "seats": 2,
            "expectations": "",
            "visible_in_app": True,
        }

        async def told(sequence: int, **given: Any) -> None:
            await publish(empty_bus, OrderChanged.model_validate(placed_as | given), sequence)
            await reached(assessment, f"SELECT version = {sequence} FROM known_order")

        await told(2, demands=[{"area": 1, "level": 3}], title="Butiksassistent")
        assert (await screened(caseworker))["counts"]["ready"] == 1
        (listed,) = (await caseworker.get("/orders")).json()
        assert (listed["order_id"], listed["title"], listed["seats"]) == (order_id, "Butiksassistent", 2)
        await told(3, demands=[{"area": 1, "level": 3}], profile_id=profile_id)
        found = await screened(caseworker)
        assert [(one["area"], one["level"]) for one in found["demands"]] == [(1, 3), (2, 1)]
        assert [one["verdict"] for one in found["candidates"]] == ["uncertain"]
        await told(4, demands=[], profile_id=uuid4())
        refused(await caseworker.get(CANDIDATES), 409, "order-profile-unknown")
        await told(5, demands=[], profile_id=profile_id)
        done(await desk.post(f"/profiles/{profile_id}/close", json={}))
        refused(await caseworker.get(CANDIDATES), 409, "profile-closed")
        closed = OrderClosed(municipality="0101", order_id=UUID(order_id), company_id=uuid4())
        await publish(empty_bus, closed, 6)
        await reached(assessment, "SELECT closed FROM known_order")
        refused(await caseworker.get(CANDIDATES), 409, "order-closed")
        assert (await caseworker.get("/orders")).json() == []

    async def test_what_cannot_be_asked_or_logged_is_not_shown(
        self, assessment: RunningService, caseworker: httpx.AsyncClient, empty_bus: RealNats
    ) -> None:
        refused(await caseworker.get(CANDIDATES), 404, "order-unknown")
        await placed(assessment, empty_bus, demands=[{"area": 1, "level": 3}])
        for wrong in ({"verdict": "best"}, {"limit": 0}, {"limit": 201}, {"skip": -1}):
            refused(await caseworker.get(CANDIDATES, params=wrong), 422, "invalid")
        await was_tested(caseworker, CITIZEN, area(1, 3, 3))
        await assessment.break_access_log()
        problem = refused(await caseworker.get(CANDIDATES), 503, "access-log-unavailable")
        assert str(CITIZEN) not in str(problem)
