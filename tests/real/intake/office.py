"""What the tests of intake start from: persons, registered citizens, referrals."""

from typing import Any

import httpx

from tests.today import tomorrow

CPR = "010179-0001"
SEVERAL = 8
SITE = "Jobcenter Nord"
VISIT: dict[str, Any] = {
    "site": SITE,
    "themes": [{"theme": "mitid", "autonomy": "helped"}],
    "minutes": 25,
    "device": "phone",
}
"""A visit of somebody who is not known."""


def person(cpr: str = CPR, **given: Any) -> dict[str, Any]:
    """A body that registers a person."""
    body = {"cpr": cpr, "target_group": "2", "education_level": "unskilled", "unemployed_since": "2026-01-12"}
    return body | {"device": "phone"} | given


async def registered(caller: httpx.AsyncClient, cpr: str = CPR) -> str:
    """The id of a citizen who was just registered."""
    answer = await caller.post("/citizens", json=person(cpr))
    assert answer.status_code == 201, answer.text
    citizen_id: str = answer.json()["citizen_id"]
    return citizen_id


async def citizens(caller: httpx.AsyncClient, number: int) -> list[str]:
    """New citizens, in the order of their CPR numbers."""
    return [await registered(caller, f"010179-{place:04}") for place in range(1, number + 1)]


async def refer(caller: httpx.AsyncClient, citizen_id: str, course_id: str | None, **given: Any) -> httpx.Response:
    """Refer a citizen to a course, due tomorrow."""
    body = {"offer": "course", "reason": "Azure", "due": str(tomorrow()), "course_id": course_id}
    return await caller.post(f"/citizens/{citizen_id}/referrals", json=body | given)


async def referred(caller: httpx.AsyncClient, citizen_id: str, course_id: str | None, **given: Any) -> str:
    """The id of a referral that was made."""
    answer = await refer(caller, citizen_id, course_id, **given)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["referral_id"])
