"""Job profiles: published for all municipalities, changed by their own."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

from shared.web import Role
from tests.real.answers import done, refused
from tests.real.assessment.measured import CITIZEN, area, finished, profile, published
from tests.real.running_service import RunningService

IMPOSSIBLE_PROFILES: list[tuple[dict[str, Any], int, str]] = [
    (profile((1, 3), (1, 4)), 409, "demand-twice"),
    (profile(), 422, "invalid"),
    (profile((1, 9)), 422, "invalid"),
    (profile((1, 3), title=""), 422, "invalid"),
    (profile((6, 3)), 422, "invalid"),
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
            "validated": False,
            "closed_at": None,
            "closed_reason": None,
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

    async def test_of_changes_at_once_that_rest_on_the_same_version_one_holds(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        profile_id = await published(desk, (1, 1))
        answers = await asyncio.gather(
            *(
                desk.put(
                    f"/profiles/{profile_id}",
                    json=profile((1, level), validated=True),
                    headers={"Expected-Version": "1"},
                )
                for level in range(2, 8)
            )
        )
        (held,) = (level for level, answer in enumerate(answers, start=2) if answer.status_code == 200)
        for answer in answers:
            if answer.status_code != 200:
                assert refused(answer, 409, "version-conflict")["version"] == 2
        read = done(await desk.get(f"/profiles/{profile_id}"))
        assert (read["version"], read["demands"][0]["level"], read["validated"]) == (2, held, True)

    async def test_a_closed_profile_is_read_and_nobody_is_held_against_it(
        self, assessment: RunningService, desk: httpx.AsyncClient, caseworker: httpx.AsyncClient
    ) -> None:
        profile_id, other = await published(desk, (1, 3)), await published(desk, (1, 4))
        address, gaps = f"/profiles/{profile_id}", f"/citizens/{CITIZEN}/gaps"
        await caseworker.post(f"/citizens/{CITIZEN}/tests", json=finished(area(1, 3, 4)))
        found = done(await caseworker.post(gaps, json={"profile_id": profile_id}), 201)
        elsewhere = assessment.caller(Role.COMPANY_DESK, municipality="0147")
        refused(await elsewhere.post(f"{address}/close", json={}), 404, "profile-unknown")
        late = await desk.post(f"{address}/close", json={}, headers={"Expected-Version": "2"})
        refused(late, 409, "version-conflict")
        body, key = {"reason": "Findes ikke mere"}, {"Expected-Version": "1", "Idempotency-Key": str(uuid4())}
        for _ in range(2):
            closed = done(await desk.post(f"{address}/close", json=body, headers=key))
            assert closed == {"profile_id": profile_id, "version": 2}
        assert (await assessment.log(f"profile/{profile_id}"))[-1].data["reason"] == "Findes ikke mere"
        refused(await desk.post(f"{address}/close", json={}), 409, "profile-closed")
        refused(await desk.put(address, json=profile((1, 2))), 409, "profile-closed")
        refused(await caseworker.post(gaps, json={"profile_id": profile_id}), 409, "profile-closed")
        assert (await caseworker.get(gaps)).json() == [found]
        assert done(await elsewhere.get(address))["closed_reason"] == "Findes ikke mere"
        assert [one["profile_id"] for one in (await desk.get("/profiles")).json()] == [other]
        with_closed = (await desk.get("/profiles", params={"closed": "true"})).json()
        assert {one["profile_id"]: one["closed_at"] is None for one in with_closed} == {profile_id: False, other: True}

    async def test_closing_and_changing_at_once_never_leave_a_changed_closed_profile(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        for _ in range(8):
            profile_id = await published(desk, (1, 1))
            address = f"/profiles/{profile_id}"
            changed, closed = await asyncio.gather(
                desk.put(address, json=profile((1, 2))), desk.post(f"{address}/close", json={})
            )
            done(closed)
            told = [one.name for one in await assessment.log(f"profile/{profile_id}")]
            assert told[-1] == "job-profile-closed"
            assert len(told) == (3 if changed.status_code == 200 else 2)
            assert done(await desk.get(address))["closed_at"]

    async def test_a_profile_that_cannot_be_is_refused(
        self, assessment: RunningService, desk: httpx.AsyncClient
    ) -> None:
        for body, status, code in IMPOSSIBLE_PROFILES:
            refused(await desk.post("/profiles", json=body), status, code)
        assert await assessment.log() == []
        refused(await desk.get(f"/profiles/{uuid4()}"), 404, "profile-unknown")
