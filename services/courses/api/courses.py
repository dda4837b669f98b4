"""Courses: offer, change, close; list them, and read one with its cohorts."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from services.courses import queries
from services.courses.api.callers import Manager, Reader
from services.courses.commands import Because, ChangeCourse, OfferCourse
from services.courses.rules import course
from services.courses.views import offer
from shared.contracts.courses import CourseChanged, CourseOffered
from shared.moment import moment
from shared.web import Tx, router

api = router()


class CourseRecorded(BaseModel):
    """The command was carried out."""

    course_id: UUID
    version: int = Field(description="The course's version after this command.")


@api.post("/courses", status_code=201)
async def offer_course(command: OfferCourse, tx: Tx, caller: Manager) -> CourseRecorded:
    """Offer a course of your municipality."""
    at = moment(command.happened, tx.now)
    offered = CourseOffered(municipality=caller.municipality, course_id=tx.new_id(), **command.description())
    return CourseRecorded(course_id=offered.course_id, version=await tx.append(offered, happened=at.time))


@api.post("/courses/{course_id}/change")
async def change_course(course_id: UUID, command: ChangeCourse, tx: Tx, caller: Manager) -> CourseRecorded:
    """Change the fields you send."""
    at = moment(command.happened, tx.now)
    standing = await queries.course_to_change(tx, course_id, caller.municipality)
    await tx.expect(f"course/{course_id}")
    changed = CourseChanged.model_validate(standing.description.data() | command.changes())
    version = await tx.append(course.change(standing, changed), happened=at.time)
    return CourseRecorded(course_id=course_id, version=version)


@api.post("/courses/{course_id}/close")
async def close_course(course_id: UUID, command: Because, tx: Tx, caller: Manager) -> CourseRecorded:
    """Take no new cohorts; running ones end as planned."""
    at = moment(command.happened, tx.now)
    standing = await queries.course_to_change(tx, course_id, caller.municipality)
    await tx.expect(f"course/{course_id}")
    version = await tx.append(course.close(standing, command.reason), happened=at.time)
    return CourseRecorded(course_id=course_id, version=version)


@api.get("/courses")
async def list_courses(
    tx: Tx, caller: Reader, closed: Annotated[bool, Query(description="Also those that take no new cohorts.")] = False
) -> list[offer.CourseView]:
    """Your municipality's courses by title."""
    return await offer.courses(tx, caller.municipality, closed=closed)


@api.get("/courses/{course_id}")
async def read_course(course_id: UUID, tx: Tx, caller: Reader) -> offer.CourseWithCohorts:
    """A course with its cohorts and their counts."""
    return await offer.course(tx, course_id, caller.municipality)
