"""Job profiles: published for all municipalities, changed by their own."""

from typing import Any
from uuid import uuid4

import httpx

from shared.web import Role
from tests.real.answers import refused
from tests.real.assessment.measured import profile, published
from tests.real.running_service import RunningService

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
