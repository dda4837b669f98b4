"""Visits to digital workshops: register them, take one back, read a day of them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.intake import openings, queries, visits
from services.intake.bell import TheBell
from services.intake.commands import RegisterVisit, Site, VisitsRecorded, VisitVoided, VoidVisit
from services.intake.rules import referral, visit, voiding
from shared.clock import danish_day
from shared.contracts.event import Event
from shared.moment import Day, moment
from shared.persistence import Transaction
from shared.problems import Refused
from shared.web import Principal, Role, Tx, allow, router

api = router()
Mentor = Annotated[Principal, allow(Role.EMENTOR, Role.CASEWORKER)]


@api.post("/visits", status_code=201)
async def register_visit(command: RegisterVisit, tx: Tx, caller: Mentor, bell: TheBell) -> VisitsRecorded:
    """Register a visit of a citizen, or visits of people who are not known (`count` of them, alike).

    With `check_in_id` whoever waited with that number waits no more; with `referral_id`, or with `answer_referral`
    beside `citizen_id`, the citizen's referral to the workshop is answered as accepted. All of it happens together with
    the visit or not at all.
    """
    at = moment(command.happened, tx.now)
    asked = await _referral(tx, command, caller.municipality)
    events: list[Event] = [] if asked is None else [referral.answer(asked, said="accepted", reason=None)]
    citizen_id = command.citizen_id if asked is None else asked.citizen_id
    if citizen_id is not None:
        await queries.citizen_to_decide_on(tx, citizen_id, caller.municipality)
        await tx.expect(f"citizen/{citizen_id}")
    ids = [tx.new_id() for _ in range(command.count)]
    made = visit.register(ids, caller.municipality, citizen_id, command.stay())
    await _answer_check_in(tx, command, caller)
    await tx.append_all([*made, *events], happened=at.time)
    shown = await openings.opening_at(tx, caller.municipality, command.site, at.today)
    if shown is not None:
        bell.ring(shown)
    return VisitsRecorded(visit_ids=ids, referral_id=None if asked is None else asked.referral_id)


async def _referral(tx: Transaction, command: RegisterVisit, municipality: str) -> referral.Referral | None:
    """The referral to the workshop that the visit answers: the one it names, or the citizen's open one."""
    citizen = None
    if command.citizen_id is not None:
        citizen = await queries.citizen_to_decide_on(tx, command.citizen_id, municipality)
    if command.referral_id is not None:
        asked = await queries.referral_to_answer(tx, command.referral_id, municipality)
        if asked.offer != "workshop" or command.citizen_id not in {None, asked.citizen_id}:
            raise Refused(
                "referral-elsewhere",
                "The referral is not this citizen's to a workshop",
                "GET /referrals lists who is referred to the workshop; leave `referral_id` out otherwise.",
            )
        return asked
    if citizen is None or not command.answer_referral:
        return None
    hers = await queries.awaited(tx, citizen)
    return next((one for one in hers if one.offer == "workshop"), None)


async def _answer_check_in(tx: Transaction, command: RegisterVisit, caller: Principal) -> None:
    if command.check_in_id is None:
        return
    one = await openings.check_in(tx, command.check_in_id, caller.municipality)
    one.must_wait()
    await openings.settle(tx, one, "helped")


@api.post("/visits/{visit_id}/void")
async def void_visit(visit_id: UUID, command: VoidVisit, tx: Tx, caller: Mentor, bell: TheBell) -> VisitVoided:
    """Take a visit back that was registered by mistake: it counts nowhere, as if it had never been registered.

    A referral that was answered with it stays answered.
    """
    at = moment(command.happened, tx.now)
    registered = await visits.to_take_back(tx, visit_id, caller.municipality)
    await tx.expect(registered.subject)
    await tx.append(voiding.void(registered, command.reason), happened=at.time)
    shown = await openings.opening_at(tx, caller.municipality, registered.site, at.today)
    if shown is not None:
        bell.ring(shown)
    return VisitVoided(visit_id=visit_id)


@api.get("/visits")
async def list_visits(
    tx: Tx,
    caller: Mentor,
    day: Annotated[Day | None, Query(description="The day in Denmark; today when left out.")] = None,
    site: Annotated[Site | None, Query(description="Only this site.")] = None,
) -> visits.DayOfVisits:
    """The visits of a day: known citizens by id, everybody else as counts. Each read is logged before the answer."""
    told = await visits.of_day(tx, caller.municipality, day or danish_day(tx.now), site)
    for citizen_id in sorted({one.citizen_id for one in told.known}):
        await tx.log_read(citizen_id, "visits")
    return told


@api.get("/visits/sites")
async def list_sites(tx: Tx, caller: Mentor) -> list[str]:
    """The sites that your municipality has used, the last used first. A new one is simply named."""
    return await visits.sites(tx, caller.municipality)
