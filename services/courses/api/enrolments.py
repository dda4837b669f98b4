"""Enrolments: a seat or a place in line, seats that are offered and taken, withdrawals."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Caseworker
from services.courses.commands import AcceptSeat, Because, Enrol, ExpireSeatOffers
from services.courses.record import record
from services.courses.rules import enrolment, seat
from shared.contracts.courses import CitizenWaitlisted, SeatOffered, SeatOfferExpired
from shared.contracts.event import Event
from shared.moment import moment
from shared.persistence import known_citizens
from shared.web import Tx, router

api = router()


class EnrolmentRecorded(BaseModel):
    """The command was carried out."""

    enrolment_id: UUID
    cohort_id: UUID
    citizen_id: UUID
    status: Literal["enrolled", "waitlisted", "withdrawn"]
    position: int | None = Field(default=None, description="Place in line when waitlisted, 1 is next.")
    version: int = Field(description="The citizen's version in courses after this command.")


class Offer(BaseModel):
    """A seat that is held for a citizen in line."""

    enrolment_id: UUID
    citizen_id: UUID
    expires: datetime | None


class OffersSettled(BaseModel):
    """Offers that ran out, and the seats that were offered on."""

    cohort_id: UUID
    expired: list[UUID] = Field(description="Enrolments whose offer ran out.")
    offered: list[Offer]


@api.post("/cohorts/{cohort_id}/enrolments", status_code=201)
async def enrol_citizen(cohort_id: UUID, command: Enrol, tx: Tx, caller: Caseworker) -> EnrolmentRecorded:
    """Give the citizen a seat; or, when the cohort is full, the next place in line."""
    at = moment(command.happened, tx.now)
    seats = await queries.seats_to_give(tx, cohort_id, caller.municipality)
    await known_citizens.lock(tx, [command.citizen_id], caller.municipality)
    await tx.expect(f"citizen/{command.citizen_id}")
    enrolment_id = tx.new_id()
    events = enrolment.enrol(seats, command.citizen_id, enrolment_id, at.time)
    versions = await record(tx, events, at)
    waits = next((event for event in events if isinstance(event, CitizenWaitlisted)), None)
    return EnrolmentRecorded(
        enrolment_id=enrolment_id,
        cohort_id=cohort_id,
        citizen_id=command.citizen_id,
        status="waitlisted" if waits else "enrolled",
        position=waits.position if waits else None,
        version=versions[f"citizen/{command.citizen_id}"],
    )


@api.post("/enrolments/{enrolment_id}/accept")
async def accept_seat(enrolment_id: UUID, command: AcceptSeat, tx: Tx, caller: Caseworker) -> EnrolmentRecorded:
    """The citizen takes the seat that is offered."""
    at = moment(command.happened, tx.now)
    seats, citizen_id = await queries.seats_of_enrolment(tx, enrolment_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    versions = await record(tx, enrolment.accept(seats, enrolment_id, at.time), at)
    return EnrolmentRecorded(
        enrolment_id=enrolment_id,
        cohort_id=seats.cohort.cohort_id,
        citizen_id=citizen_id,
        status="enrolled",
        version=versions[f"citizen/{citizen_id}"],
    )


@api.post("/enrolments/{enrolment_id}/withdraw")
async def withdraw_enrolment(enrolment_id: UUID, command: Because, tx: Tx, caller: Caseworker) -> EnrolmentRecorded:
    """Give up a seat, an offered seat or a place in line, before the start; a seat is offered to the first in line."""
    at = moment(command.happened, tx.now)
    seats, citizen_id = await queries.seats_of_enrolment(tx, enrolment_id, caller.municipality)
    await tx.expect(f"citizen/{citizen_id}")
    versions = await record(tx, enrolment.withdraw(seats, enrolment_id, command.reason, at=at.time, today=at.today), at)
    return EnrolmentRecorded(
        enrolment_id=enrolment_id,
        cohort_id=seats.cohort.cohort_id,
        citizen_id=citizen_id,
        status="withdrawn",
        version=versions[f"citizen/{citizen_id}"],
    )


@api.post("/cohorts/{cohort_id}/seat-offers/expire")
async def expire_seat_offers(cohort_id: UUID, command: ExpireSeatOffers, tx: Tx, caller: Caseworker) -> OffersSettled:
    """End the offers that were not taken in time, and offer every free seat to the next in line. May be repeated."""
    at = moment(command.happened, tx.now)
    seats = await queries.seats_to_give(tx, cohort_id, caller.municipality)
    await tx.expect(f"cohort/{cohort_id}")
    events = seat.expire(seats, at.time)
    await record(tx, events, at)
    return _settled(cohort_id, events)


def _settled(cohort_id: UUID, events: Iterable[Event]) -> OffersSettled:
    settled = OffersSettled(cohort_id=cohort_id, expired=[], offered=[])
    for event in events:
        if isinstance(event, SeatOfferExpired):
            settled.expired.append(event.enrolment_id)
        if isinstance(event, SeatOffered):
            offer = Offer(enrolment_id=event.enrolment_id, citizen_id=event.citizen_id, expires=event.expires)
            settled.offered.append(offer)
    return settled
