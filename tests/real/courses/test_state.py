"""The tables of courses follow from its events: by commands, by a rebuild, by an import."""

from collections import Counter

import pytest

from services.courses.state import APPLY
from services.courses.tables import Table
from shared.contracts.registry import payload
from shared.persistence import Database, Origin
from tests.conftest import NewDatabase
from tests.real.answers import done
from tests.real.courses.school import CERTIFICATE, School, day, on
from tests.real.running_service import RunningService, differences
from tests.real.story import story

OF_EVENTS = (
    "course",
    "pilot",
    "pilot_decision",
    "cohort",
    "invitation",
    "enrolment",
    "participation",
    "attendance",
    "certificate",
)


async def tables(service: RunningService) -> dict[str, str]:
    """The tables that follow from the events, as text."""
    text = await service.text()
    return {name: text[name] for name in OF_EVENTS}


async def test_tables_are_what_the_migrations_make(new_database: NewDatabase) -> None:
    assert await differences(await new_database("courses"), Table.metadata) == []


async def test_a_rebuild_from_the_log_gives_the_same_tables(school: School) -> None:
    await everything_happens(school)
    live = await tables(school.service)
    assert all(live.values()), "each table has rows"
    database = Database(school.service.address, APPLY)
    await database.open()
    try:
        await database.pool.execute(f"TRUNCATE {', '.join(OF_EVENTS)}")
        for _ in range(2):  # applied again over the result, in order, it gives the same again
            async with database.transaction(Origin("rebuild")) as tx:
                for envelope in await school.service.log():
                    event = payload(envelope)
                    await tx.apply(event, envelope)
            assert await tables(school.service) == live
    finally:
        await database.close()


async def test_an_import_of_the_same_events_gives_the_same_tables(school: School, new_database: NewDatabase) -> None:
    await everything_happens(school)
    live, log = await tables(school.service), await school.service.log()
    elsewhere = Database(await new_database("courses"), APPLY)
    await elsewhere.open()
    try:
        for fresh in (True, False):
            async with elsewhere.transaction(Origin("import")) as tx:
                for envelope in log:
                    assert await tx.store(envelope) is fresh
            for name, rows in live.items():
                imported = await elsewhere.pool.fetchval(
                    f"SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM {name} t"
                )
                assert imported == rows, name
    finally:
        await elsewhere.close()


async def everything_happens(school: School) -> None:
    """Every kind of event of courses, at least once."""
    course_id = await school.course()
    done(await school.manager.post(f"/courses/{course_id}/change", json={"hours": 90}))
    pilot_id = await school.pilot(course_id)
    for decision in ("widen", "stop"):  # the stop closes the course too
        await school.decide(pilot_id, decision)
    cohort_id, (one, two) = await school.running(2, starts=day(-20))
    there = {"on": str(day(-6)), "present": [one["enrolment_id"]], "absent": [two["enrolment_id"]]}
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/attendance", json=there))
    done(
        await school.caseworker.post(
            f"/cohorts/{cohort_id}/attendance", json=there | {"present": [], "absent": there["present"]}
        )
    )
    end = {"reason": "dropped_out", "on": str(day(-5))}
    done(await school.caseworker.post(f"/participations/{one['enrolment_id']}/end", json=end))
    done(await school.caseworker.post(f"/participations/{one['enrolment_id']}/correct", json={"reason": "got_job"}))
    award = CERTIFICATE | {"citizen_id": one["citizen_id"], "enrolment_id": one["enrolment_id"]}
    certificate_id = done(await school.caseworker.post("/certificates", json=award), 201)["certificate_id"]
    done(await school.caseworker.post(f"/certificates/{certificate_id}/revoke", json={"reason": "Wrong exam"}))
    done(await school.manager.post(f"/cohorts/{cohort_id}/cancel", json={}))
    cohort_id = await school.cohort(capacity=1)
    citizens = await school.citizens(4)
    people = {"citizen_ids": citizens, "happened": on(-30)}
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/identifications", json=people))
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/invitations", json=people))
    answer = {"answer": "accepted", "happened": on(-29)}
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/invitations/{citizens[0]}/answer", json=answer))
    told = await school.enrol_all(cohort_id, citizens, happened=on(-28))
    withdraw = {"happened": on(-20)}
    done(await school.caseworker.post(f"/enrolments/{told[0]['enrolment_id']}/withdraw", json=withdraw))
    done(await school.caseworker.post(f"/cohorts/{cohort_id}/seat-offers/expire", json={}))
    done(await school.caseworker.post(f"/enrolments/{told[2]['enrolment_id']}/accept", json={}))
    names = {event.name for event in await school.service.log()}
    assert {kind.name for kind in APPLY} == names
    assert two["status"] == "enrolled"


@pytest.mark.parametrize(
    ("file", "ends", "certified"),
    [
        ("naestved-2021.jsonl", {"completed": 17, "dropped_out": 3, "got_job": 3}, 0),
        ("azure-2021.jsonl", {"completed": 40, "dropped_out": 9, "got_job": 6}, 20),
    ],
)
async def test_an_imported_story_stands_in_the_tables_and_twice_is_once(
    courses: RunningService, file: str, ends: dict[str, int], certified: int
) -> None:
    database = Database(courses.address, APPLY)
    await database.open()
    try:
        for fresh in (True, False):
            async with database.transaction(Origin("import")) as tx:
                for envelope in story(file):
                    if envelope.service == "courses":
                        assert await tx.store(envelope) is fresh
            rows = await courses.database.fetch("SELECT reason FROM participation")
            assert Counter(row["reason"] for row in rows) == ends
            assert await courses.database.fetchval("SELECT count(*) FROM certificate") == certified
    finally:
        await database.close()
