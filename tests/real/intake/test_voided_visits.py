"""A visit that was registered by mistake is taken back: by whom, once, and nothing tells of it any more."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.intake.state import APPLY
from shared.contracts.intake import CitizenErased, WorkshopVisited
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done, refused
from tests.real.imported import same_when_imported
from tests.real.intake.office import SITE, VISIT, citizens, referred, registered
from tests.real.intake.test_merged import merge
from tests.real.running_service import RunningService

REASON = {"reason": "registered-twice"}


@pytest.fixture
def mentor(intake: RunningService) -> httpx.AsyncClient:
    """An eMentor of Copenhagen."""
    return intake.caller(Role.EMENTOR)


async def visited(caller: httpx.AsyncClient, **given: Any) -> list[str]:
    """The ids of visits that were just registered."""
    return list(done(await caller.post("/visits", json=VISIT | given), 201)["visit_ids"])


async def of_today(caller: httpx.AsyncClient) -> tuple[list[str], int]:
    """The visits of known citizens, and how many there were of others; the day's page counts the same."""
    told = done(await caller.get("/visits"))
    assert told["anonymous"]["visits"] == len(told["anonymous"]["each"])
    return [one["visit_id"] for one in told["known"]], told["anonymous"]["visits"]


@pytest.mark.parametrize("role", [Role.EMENTOR, Role.CASEWORKER])
async def test_a_citizens_visit_is_taken_back_in_her_history(
    intake: RunningService, caseworker: httpx.AsyncClient, role: Role
) -> None:
    citizen_id = await registered(caseworker)
    wrong, right = [(await visited(caseworker, citizen_id=citizen_id))[0] for _ in range(2)]
    answer = await intake.caller(role).post(f"/visits/{wrong}/void", json=REASON)
    assert done(answer) == {"visit_id": wrong}
    told = (await intake.log(f"citizen/{citizen_id}"))[-1]
    assert told.name == "workshop-visit-voided"
    expected = {"municipality": "0101", "visit_id": wrong, "citizen_id": citizen_id, "reason": "registered-twice"}
    assert told.data == expected
    assert await of_today(caseworker) == ([right], 0)


async def test_an_anonymous_visit_is_taken_back_in_its_own(
    intake: RunningService, mentor: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    opening = done(await mentor.post("/openings", json={"site": SITE}))
    first, wrong = await visited(mentor, count=2)
    done(await mentor.post(f"/visits/{wrong}/void", json={"reason": "other"}))
    told = (await intake.log(f"visit/{wrong}"))[-1]
    assert (told.name, told.sequence) == ("workshop-visit-voided", 2)
    assert "citizen_id" not in told.data
    assert await of_today(mentor) == ([], 1)
    day = done(await mentor.get(f"/openings/{opening['opening_id']}"))
    assert (day["known"], day["anonymous"]) == (0, 1)
    done(await mentor.post(f"/visits/{first}/void", json={"reason": "other"}))
    assert await of_today(mentor) == ([], 0)
    await same_when_imported(intake, await new_database("intake"), APPLY, "visit", "entity")


async def test_once_is_enough(intake: RunningService, mentor: httpx.AsyncClient) -> None:
    (visit_id,) = await visited(mentor)
    address, key = f"/visits/{visit_id}/void", {"Idempotency-Key": "void-1"}
    for _ in range(2):  # the same request again is the same answer
        assert done(await mentor.post(address, json=REASON, headers=key)) == {"visit_id": visit_id}
    refused(await mentor.post(address, json=REASON), 409, "visit-voided")
    assert len(await intake.log()) == 2


async def test_two_who_take_it_back_at_once_do_it_once(
    intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient
) -> None:
    for given in ({}, {"citizen_id": await registered(caseworker)}):
        (visit_id,) = await visited(mentor, **given)
        both = (caller.post(f"/visits/{visit_id}/void", json=REASON) for caller in (mentor, caseworker) * 3)
        answers = await asyncio.gather(*both)
        assert sorted(answer.status_code for answer in answers) == [200, *[409] * 5]
        voided = [one for one in await intake.log() if one.data.get("visit_id") == visit_id]
        assert [one.name for one in voided] == ["workshop-visited", "workshop-visit-voided"]


async def test_who_decided_on_what_is_no_more_decides_again(
    intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient
) -> None:
    citizen_id = await registered(caseworker)
    (visit_id,) = await visited(mentor, citizen_id=citizen_id)
    old, present = {"Expected-Version": "1"}, {"Expected-Version": "2"}
    refused(await mentor.post(f"/visits/{visit_id}/void", json=REASON, headers=old), 409, "version-conflict")
    done(await mentor.post(f"/visits/{visit_id}/void", json=REASON, headers=present))


async def test_what_cannot_be(intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient) -> None:
    (visit_id,) = await visited(mentor, citizen_id=await registered(caseworker))
    before = len(await intake.log())
    refused(await mentor.post(f"/visits/{uuid4()}/void", json=REASON), 404, "visit-unknown")
    elsewhere = intake.caller(Role.EMENTOR, municipality="0147")
    refused(await elsewhere.post(f"/visits/{visit_id}/void", json=REASON), 404, "visit-unknown")
    for body in ({}, {"reason": ""}, {"reason": "bored"}):
        assert (await mentor.post(f"/visits/{visit_id}/void", json=body)).status_code == 422
    assert len(await intake.log()) == before


async def test_a_visit_of_an_id_that_was_merged_is_taken_back_in_the_history_of_who_stands_for_it(
    intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient
) -> None:
    kept, merged = await citizens(caseworker, 2)
    (visit_id,) = await visited(mentor, citizen_id=merged)
    await merge(intake, (kept, merged))
    done(await mentor.post(f"/visits/{visit_id}/void", json={"reason": "wrong-citizen"}))
    told = (await intake.log(f"citizen/{kept}"))[-1]
    assert (told.name, told.data["citizen_id"]) == ("workshop-visit-voided", kept)
    assert await of_today(mentor) == ([], 0)


async def test_an_answer_to_a_referral_that_came_with_it_stands(
    intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient
) -> None:
    citizen_id = await registered(caseworker)
    referral = await referred(caseworker, citizen_id, None, offer="workshop")
    (visit_id,) = await visited(mentor, referral_id=referral)
    done(await mentor.post(f"/visits/{visit_id}/void", json=REASON))
    (told,) = done(await mentor.get(f"/citizens/{citizen_id}/referrals"))
    assert told["answer"] == "accepted"


async def test_an_erased_citizens_visit_is_not_there_to_be_taken_back(
    intake: RunningService, mentor: httpx.AsyncClient, caseworker: httpx.AsyncClient
) -> None:
    citizen_id = await registered(caseworker)
    (visit_id,) = await visited(mentor, citizen_id=citizen_id)
    await told(intake, CitizenErased.model_validate({"municipality": "0101", "citizen_id": citizen_id}))
    refused(await mentor.post(f"/visits/{visit_id}/void", json=REASON), 404, "visit-unknown")


async def test_a_site_that_was_only_a_mistake_is_offered_no_more(
    intake: RunningService, mentor: httpx.AsyncClient
) -> None:
    (visit_id,) = await visited(mentor, site="Jobcentr Nrod")
    await visited(mentor, site=SITE)
    done(await mentor.post(f"/visits/{visit_id}/void", json={"reason": "wrong-workshop"}))
    assert (await mentor.get("/visits/sites")).json() == [SITE]


async def test_a_visit_that_is_told_again_stays_taken_back(
    intake: RunningService, mentor: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    (visit_id,) = await visited(mentor)
    done(await mentor.post(f"/visits/{visit_id}/void", json=REASON))
    first = (await intake.log())[0]
    await told(intake, WorkshopVisited.model_validate(first.data | {"minutes": 77}))
    assert await of_today(mentor) == ([], 0)
    await same_when_imported(intake, await new_database("intake"), APPLY, "visit", "entity")


async def told(intake: RunningService, event: CitizenErased | WorkshopVisited) -> None:
    """An event that no command tells."""
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("file")) as tx:
            await tx.append(event)
    finally:
        await database.close()
