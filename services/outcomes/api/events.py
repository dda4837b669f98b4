"""Matchmaking events and their meetings: plan, schedule, hold, cancel; read one with who met whom."""

from typing import Annotated
from uuid import UUID

from services.outcomes import queries, views
from services.outcomes.answers import EventRecorded, MeetingsRecorded
from services.outcomes.commands import CancelMeeting, HoldEvent, HoldMeetings, PlanEvent, ScheduleMeetings
from services.outcomes.rules import events, meetings
from shared.moment import moment
from shared.persistence import known_citizens
from shared.web import Principal, Role, Tx, allow, router

api = router()
Host = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.SYSTEM)]
Reader = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.EMENTOR, Role.MANAGER)]
Organiser = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER)]


@api.post("/events", status_code=201)
async def plan_event(command: PlanEvent, tx: Tx, caller: Host) -> EventRecorded:
    """Plan a matchmaking event between the citizens of cohorts and registered companies."""
    at = moment(command.happened, tx.now)
    known = await queries.known_companies(tx, command.companies, caller.municipality)
    event = events.plan(
        command, event_id=tx.new_id(), municipality=caller.municipality, known_companies=known, moment=at
    )
    return EventRecorded(event_id=event.event_id, version=await tx.append(event, happened=at.time))


@api.post("/events/{event_id}/meetings", status_code=201)
async def schedule_meetings(event_id: UUID, command: ScheduleMeetings, tx: Tx, caller: Host) -> MeetingsRecorded:
    """Schedule a meeting or a timetable, all or nothing: in a round a citizen has one table, a table one citizen."""
    at = moment(command.happened, tx.now)
    event = await queries.event(tx, event_id, caller.municipality)
    await tx.expect(f"event/{event_id}")
    await known_citizens.lock(tx, {m.citizen_id for m in command.meetings}, caller.municipality)
    scheduled = meetings.schedule(event, await queries.meetings(tx, event_id), command.meetings)
    await tx.append_all(scheduled, happened=at.time)
    return MeetingsRecorded(event_id=event_id, meetings=len(scheduled))


@api.post("/events/{event_id}/meetings/held")
async def hold_meetings(event_id: UUID, command: HoldMeetings, tx: Tx, caller: Host) -> MeetingsRecorded:
    """Record meetings that took place, scheduled or not, and who is interested in whom: all or nothing."""
    at = moment(command.happened, tx.now)
    event = await queries.event(tx, event_id, caller.municipality)
    await tx.expect(f"event/{event_id}")
    await known_citizens.lock(tx, {m.citizen_id for m in command.meetings}, caller.municipality)
    held = meetings.hold(event, await queries.meetings(tx, event_id), command.meetings, moment=at)
    await tx.append_all(held, happened=at.told_or_on(event.held_on or event.planned_on))
    return MeetingsRecorded(event_id=event_id, meetings=len(held))


@api.post("/events/{event_id}/meetings/cancel")
async def cancel_meeting(event_id: UUID, command: CancelMeeting, tx: Tx, caller: Host) -> MeetingsRecorded:
    """A scheduled meeting will not take place; its seats are free again."""
    at = moment(command.happened, tx.now)
    event = await queries.event(tx, event_id, caller.municipality)
    await tx.expect(f"event/{event_id}")
    cancelled = meetings.cancel(event, await queries.meetings(tx, event_id), command)
    await tx.append(cancelled, happened=at.time)
    return MeetingsRecorded(event_id=event_id, meetings=1)


@api.post("/events/{event_id}/hold")
async def hold_event(event_id: UUID, command: HoldEvent, tx: Tx, caller: Host) -> EventRecorded:
    """The event took place. Only once."""
    at = moment(command.happened, tx.now)
    event = await queries.event(tx, event_id, caller.municipality)
    await tx.expect(f"event/{event_id}")
    held = events.hold(event, command, moment=at)
    return EventRecorded(event_id=event_id, version=await tx.append(held, happened=at.told_or_on(held.on)))


@api.get("/events")
async def list_events(tx: Tx, caller: Reader) -> list[views.events.EventView]:
    """The municipality's matchmaking events, newest first, at most 500."""
    return await views.events.events(tx, caller.municipality)


@api.get("/events/{event_id}")
async def read_event(event_id: UUID, tx: Tx, caller: Organiser) -> views.events.EventDetail:
    """An event with its meetings. The read of each citizen in it is logged before it is answered."""
    event = await views.events.event(tx, event_id, caller.municipality)
    for citizen_id in dict.fromkeys(meeting.citizen_id for meeting in event.meetings):
        await tx.log_read(citizen_id, "meetings of an event")
    return event
