"""Referrals: a citizen is referred to an offer, and answers once."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.intake import courses, queries
from services.intake.commands import AnswerReferral, MakeReferral, ReferralRecorded
from services.intake.rules import referral
from shared.contracts.vocabulary import ReferralOffer
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.post("/citizens/{citizen_id}/referrals", status_code=201)
async def make_referral(
    citizen_id: UUID, command: MakeReferral, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER)]
) -> ReferralRecorded:
    """Refer a citizen to an offer. Difficulties with reading, writing or Danish come before a course or a test.

    Nobody is referred to a course that was closed or whose pilot was stopped. Who was before is referred anew, with the
    old referral's id as `replaces`.
    """
    at = moment(command.happened, tx.now)
    citizen = await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    named = command.course_id
    course = await courses.course_to_refer_to(tx, named, caller.municipality) if named else None
    event = referral.make(
        tx.new_id(),
        citizen,
        await queries.awaited(tx, citizen),
        offer=command.offer,
        reason=command.reason,
        due=command.due,
        today=at.today,
        course=course,
        replaces=command.replaces,
    )
    return ReferralRecorded(referral_id=event.referral_id, version=await tx.append(event, happened=at.time))


@api.get("/citizens/{citizen_id}/referrals")
async def list_referrals(
    citizen_id: UUID, tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]
) -> list[queries.ReferralView]:
    """A citizen's referrals, newest first. The read is logged before it is answered."""
    referrals = await queries.referrals(tx, citizen_id, caller.municipality)
    await tx.log_read(citizen_id, "referrals")
    return referrals


@api.get("/referrals")
async def list_awaited_referrals(
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)],
    offer: Annotated[ReferralOffer, Query(description="To which offer.")],
) -> queries.AwaitedReferrals:
    """Who is referred to an offer and has not answered, the first due first. Each read is logged before the answer."""
    awaited = await queries.awaited_everywhere(tx, caller.municipality, offer)
    for citizen_id in sorted({one.citizen_id for one in awaited.referrals}):
        await tx.log_read(citizen_id, "referrals")
    return awaited


@api.post("/referrals/{referral_id}/answer")
async def answer_referral(
    referral_id: UUID,
    command: AnswerReferral,
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)],
) -> ReferralRecorded:
    """Record what came of a referral: accepted, refused or no-show. Only once."""
    at = moment(command.happened, tx.now)
    asked = await queries.referral_to_answer(tx, referral_id, caller.municipality)
    await tx.expect(f"citizen/{asked.citizen_id}")
    event = referral.answer(asked, said=command.answer, reason=command.reason)
    return ReferralRecorded(referral_id=referral_id, version=await tx.append(event, happened=at.time))
