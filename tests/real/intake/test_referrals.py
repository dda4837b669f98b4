"""A citizen is referred to an offer, and answers once."""

import asyncio
from uuid import uuid4

import httpx

from shared.web import Role
from tests.real.answers import refused
from tests.real.intake.office import CPR, SEVERAL, registered
from tests.real.running_service import RunningService
from tests.today import today, tomorrow, yesterday


class TestReferrals:
    async def test_a_referral_is_made_listed_and_answered_once(
        self, intake: RunningService, caseworker: httpx.AsyncClient
    ) -> None:
        citizen_id = await registered(caseworker)
        referral = {"offer": "workshop", "reason": "Needs e-Boks", "due": str(tomorrow())}
        made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        assert made.status_code == 201
        referral_id = made.json()["referral_id"]
        twice = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        refused(twice, 409, "referral-awaited")
        mentor = intake.caller(Role.EMENTOR)
        answered = await mentor.post(f"/referrals/{referral_id}/answer", json={"answer": "no-show", "reason": "Ill"})
        assert (answered.status_code, answered.json()) == (200, {"referral_id": referral_id, "version": 3})
        again = await mentor.post(f"/referrals/{referral_id}/answer", json={"answer": "accepted"})
        refused(again, 409, "referral-answered")
        assert (await caseworker.get(f"/citizens/{citizen_id}/referrals")).json() == [
            {
                "referral_id": referral_id,
                "offer": "workshop",
                "reason": "Needs e-Boks",
                "due": str(tomorrow()),
                "made_on": str(today()),
                "answer": "no-show",
                "answer_reason": "Ill",
                "answered_on": str(today()),
                "course_id": None,
                "replaced_by": None,
            }
        ]
        assert await intake.reads() == [(citizen_id, "referrals")]
        assert [e.name for e in await intake.log()][1:] == ["referral-made", "referral-answered"]
        assert (await intake.log())[-1].data["offer"] == "workshop"

    async def test_of_answers_at_once_one_stands(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        referral = {"offer": "test", "reason": "Entry test", "due": str(today())}
        made = await caseworker.post(f"/citizens/{citizen_id}/referrals", json=referral)
        address = f"/referrals/{made.json()['referral_id']}/answer"
        answers = await asyncio.gather(*(caseworker.post(address, json={"answer": "accepted"}) for _ in range(SEVERAL)))
        assert sorted(answer.status_code for answer in answers) == [200] + [409] * (SEVERAL - 1)
        assert len(await intake.log()) == 3

    async def test_refusals(self, intake: RunningService, caseworker: httpx.AsyncClient) -> None:
        citizen_id = await registered(caseworker)
        referrals = f"/citizens/{citizen_id}/referrals"
        past = {"offer": "course", "reason": "Azure", "due": str(yesterday())}
        refused(await caseworker.post(referrals, json=past), 409, "due-in-past")
        await caseworker.post(f"/citizens/{citizen_id}/barriers", json={"kind": "danish", "severity": "low"})
        course = {"offer": "course", "reason": "Azure", "due": str(tomorrow())}
        refused(await caseworker.post(referrals, json=course), 409, "barrier-first")
        telling = {"offer": "workshop", "reason": f"Her number is {CPR}", "due": str(tomorrow())}
        refused(await caseworker.post(referrals, json=telling), 422, "invalid")
        unknown = await caseworker.post(f"/referrals/{uuid4()}/answer", json={"answer": "accepted"})
        refused(unknown, 404, "referral-unknown")
        assert [e.name for e in await intake.log()] == ["citizen-registered", "barrier-recorded"]
