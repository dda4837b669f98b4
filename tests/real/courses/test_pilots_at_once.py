"""Commands about one pilot at once: they follow each other, and its seats are never overdrawn."""

import asyncio
from collections import Counter
from uuid import UUID

import asyncpg

from tests.real.answers import done, refused
from tests.real.courses.school import PILOT, STOP, School, day, names


async def test_enrolments_at_once_never_take_more_than_the_pilots_seats(school: School) -> None:
    course_id = await school.course()
    cohorts = [await school.cohort(capacity=5, course_id=course_id) for _ in range(3)]
    pilot_id = await school.pilot(course_id)
    citizens = await school.citizens(12)
    answers = await asyncio.gather(
        *(
            school.caseworker.post(f"/cohorts/{cohorts[place % 3]}/enrolments", json={"citizen_id": citizen_id})
            for place, citizen_id in enumerate(citizens)
        )
    )
    assert Counter(answer.status_code for answer in answers) == {201: 3, 409: 9}
    for answer in answers:
        if answer.status_code == 409:
            assert refused(answer, 409, "pilot-full")["seats_left"] == 0
    view = done(await school.manager.get(f"/pilots/{pilot_id}"))
    assert (view["size"], view["taken"], view["held"]) == (3, 3, 15)
    await school.decide(pilot_id, "widen")
    told = [await school.enrol(cohorts[0], await school.citizen()) for _ in range(2)]
    assert [one["status"] for one in told] == ["enrolled", "enrolled"]


async def test_cohorts_opened_at_once_hold_no_more_than_the_pilots_seats(school: School) -> None:
    course_id = await school.course()
    await school.pilot(course_id)
    body = {"course_id": course_id, "starts": str(day(5)), "ends": str(day(9)), "capacity": 1}
    answers = await asyncio.gather(*(school.manager.post("/cohorts", json=body) for _ in range(8)))
    assert Counter(answer.status_code for answer in answers) == {201: 3, 409: 5}


async def test_a_pilot_opened_while_a_citizen_enrols_counts_her(school: School) -> None:
    course_id = await school.course()
    cohort_id = await school.cohort(capacity=10, course_id=course_id)
    first, second = await school.citizens(2)
    await school.enrol(cohort_id, first)
    hold = "SELECT true FROM known_citizen WHERE citizen_id = $1 FOR UPDATE"
    elsewhere = await asyncpg.connect(school.service.address)
    waiting = (
        "SELECT count(*) = $1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    try:
        async with asyncio.TaskGroup() as together, elsewhere.transaction():
            await elsewhere.fetchval(hold, UUID(second))
            enrolling = together.create_task(school.enrol(cohort_id, second))
            await school.until(waiting, 1)  # she has her seat, but for the commit
            body = PILOT | {"course_id": course_id, "first_size": 1}
            opening = together.create_task(school.manager.post("/pilots", json=body))
            await school.until(waiting, 2)
    finally:
        await elsewhere.close()
    assert enrolling.result()["status"] == "enrolled"
    refused(opening.result(), 409, "more-seats-taken")


async def test_two_pilots_of_one_course_opened_at_once_are_one(school: School) -> None:
    body = PILOT | {"course_id": await school.course()}
    answers = await asyncio.gather(*(school.manager.post("/pilots", json=body) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 3}


async def test_decisions_at_once_follow_each_other(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id)
    answers = await asyncio.gather(*(school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 3}
    assert await names(school, f"pilot/{pilot_id}") == ["pilot-opened", "pilot-decided"]


async def test_nobody_comes_after_a_stop_however_close_it_was(school: School) -> None:
    course_id = await school.course()
    pilot_id = await school.pilot(course_id, first_size=20, planned_size=20)
    cohort_id = await school.cohort(capacity=20, course_id=course_id)
    bodies = [{"citizen_id": citizen_id} for citizen_id in await school.citizens(10)]
    enrolling = [school.caseworker.post(f"/cohorts/{cohort_id}/enrolments", json=body) for body in bodies]
    stop = school.manager.post(f"/pilots/{pilot_id}/decide", json=STOP)
    answers = await asyncio.gather(*enrolling[:5], stop, *enrolling[5:])
    order = [event.name for event in await school.service.log() if event.name in ("citizen-enrolled", "pilot-decided")]
    assert order[-1] == "pilot-decided"
    (ahead,) = done(answers[5])["cohorts_ahead"]
    assert ahead["taken"] == len(order) - 1
