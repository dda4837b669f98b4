"""Cohorts as a list, and as a calendar that a signed link opens."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.clock import COPENHAGEN
from shared.web import Role
from shared.web.links import Link, Links
from tests.real.answers import done, refused
from tests.real.courses.school import COURSE, MUNICIPALITY, School, day


async def listed(school: School, **asked: Any) -> list[str]:
    answer = await school.manager.get("/cohorts", params=asked)
    assert answer.status_code == 200, answer.text
    return [cohort["cohort_id"] for cohort in answer.json()]


async def test_cohorts_are_listed_by_start_and_found_by_state_course_and_free_seats(school: School) -> None:
    course_id = await school.course(title="Regneark")
    upcoming = await school.cohort(capacity=1, starts=day(5), course_id=course_id)
    full = await school.cohort(capacity=1, starts=day(4))
    running, _ = await school.running(2, starts=day(-3))
    ended, _ = await school.running(1, starts=day(-40))
    cancelled = await school.cohort(starts=day(6))
    done(await school.manager.post(f"/cohorts/{cancelled}/cancel", json={}))
    await school.enrol(full, await school.citizen())
    assert await listed(school) == [ended, running, full, upcoming, cancelled]
    for state, which in {"upcoming": [full, upcoming], "running": [running], "ended": [ended]}.items():
        assert await listed(school, state=state) == which
    assert await listed(school, state=["ended", "cancelled"]) == [ended, cancelled]
    assert await listed(school, course_id=course_id) == [upcoming]
    assert await listed(school, free="true") == [upcoming]
    refused(await school.manager.get("/cohorts?state=soon"), 422, "invalid")
    stranger = school.service.caller(Role.MANAGER, municipality="0101")
    assert (await stranger.get("/cohorts")).json() == []
    one = await school.view(upcoming)
    assert (one["course"], one["kind"], one["state"], one["free"]) == ("Regneark", "mikrosprint", "upcoming", 1)


@pytest.mark.parametrize(("starts", "state"), [(0, "running"), (-20, "running"), (-21, "ended"), (1, "upcoming")])
async def test_a_cohort_runs_from_its_first_day_to_its_last(school: School, starts: int, state: str) -> None:
    view = await school.view(await school.cohort(starts=day(starts)))  # it lasts for 21 days
    assert (view["state"], view["free"]) == (state, 10 if starts >= 0 else 0)


async def test_a_link_opens_the_calendar_and_nothing_else(school: School) -> None:
    kept, gone = await school.cohort(starts=day(3)), await school.cohort(starts=day(4))
    await school.enrol(kept, await school.citizen())
    done(await school.manager.post(f"/cohorts/{gone}/cancel", json={"reason": "Too few"}))
    given = done(await school.manager.get("/calendars"))
    assert done(await school.manager.get("/calendars")) == given
    expires = datetime.fromisoformat(given["expires"]).astimezone(COPENHAGEN)
    assert (expires.year, expires.month, expires.day) == (day(0).year + 2, 1, 1)
    program = school.service.caller(Authorization=f"Bearer {given['token']}")
    path = f"/calendars/{given['calendar_id']}"
    answer = await program.get(path)
    assert answer.status_code == 200, answer.text
    first, second = answer.json()
    assert (first["cohort_id"], first["course"], first["cancelled_on"]) == (kept, COURSE["title"], None)
    assert (second["cohort_id"], second["cancelled_on"], second["version"]) == (gone, str(day(0)), first["version"] + 1)
    assert not {"enrolled", "waitlisted", "invited"} & first.keys()
    for other in (f"/calendars/{uuid4()}", "/calendars", "/cohorts", f"/cohorts/{kept}", f"/cohorts/{kept}/roster"):
        refused(await program.get(other), 403, "link-elsewhere")
    refused(await school.manager.get(f"/calendars/{uuid4()}"), 404, "calendar-unknown")
    changed = given["token"][:-4] + "AAAA"
    refused(await school.service.caller(Authorization=f"Bearer {changed}").get(path), 401, "link-invalid")
    expires_then = datetime.fromisoformat(given["expires"])
    other_key = Links(bytes(32)).make(Link("calendar", UUID(given["calendar_id"]), MUNICIPALITY, 0, expires_then))
    refused(await school.service.caller(Authorization=f"Bearer {other_key}").get(path), 401, "link-invalid")
    elsewhere = school.service.caller(Role.EMENTOR, municipality="0101")
    refused(await elsewhere.get(path), 404, "calendar-unknown")
    assert (await school.manager.get(path)).json() == answer.json()
