"""The work list: who is on it, in which order, page by page, and that every read is logged."""

from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.state import APPLY
from shared.contracts.intake import CitizenErased, CitizensMerged
from shared.persistence import Database, Origin
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.imported import same_when_imported
from tests.real.intake.office import citizens, person
from tests.real.running_service import RunningService
from tests.today import today, tomorrow, yesterday


async def listed(caller: httpx.AsyncClient, **asked: Any) -> list[str]:
    """The ids that a page lists, in order."""
    return [line["citizen_id"] for line in done(await caller.get("/citizens", params=asked))["citizens"]]


async def since(caller: httpx.AsyncClient, number: int, day: str, **given: Any) -> str:
    """A citizen who has been unemployed since a day."""
    body = person(f"020280-{number:04}", unemployed_since=day, **given)
    return str(done(await caller.post("/citizens", json=body), 201)["citizen_id"])


async def refer(caller: httpx.AsyncClient, citizen_id: str, due: str, offer: str = "workshop") -> str:
    body = {"offer": offer, "reason": "e-Boks", "due": due}
    return str(done(await caller.post(f"/citizens/{citizen_id}/referrals", json=body), 201)["referral_id"])


async def test_a_line_has_what_is_needed_to_see_whom_to_act_on(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    citizen_id = await since(caseworker, 1, "2025-03-01", protected=True)
    barriers = f"/citizens/{citizen_id}/barriers"
    for kind in ("writing", "danish"):
        await caseworker.post(barriers, json={"kind": kind, "severity": "high"})
    await refer(caseworker, citizen_id, str(today()))
    newest = await refer(caseworker, citizen_id, str(tomorrow()), "self-service")
    told = done(await caseworker.get("/citizens", headers={"Purpose": "morning"}))
    assert told == {
        "total": 1,
        "next": None,
        "citizens": [
            {
                "citizen_id": citizen_id,
                "birth_year": 1980,
                "target_group": "2",
                "education_level": "unskilled",
                "unemployed_since": "2025-03-01",
                "protected": True,
                "unit": None,
                "registered_on": str(today()),
                "left_on": None,
                "barriers": [{"kind": "danish", "severity": "high"}, {"kind": "writing", "severity": "high"}],
                "awaited_due": str(today()),
                "referral": {
                    "referral_id": newest,
                    "offer": "self-service",
                    "made_on": str(today()),
                    "due": str(tomorrow()),
                    "answer": None,
                    "replaced": False,
                },
            }
        ],
    }
    assert await intake.reads() == [(citizen_id, "work list")]


async def test_filters(caseworker: httpx.AsyncClient) -> None:
    nobody = await since(caseworker, 1, "2025-01-01")
    waiting = await since(caseworker, 2, "2025-01-02", target_group="3")
    answered = await since(caseworker, 3, "2025-01-03")
    left = await since(caseworker, 4, "2025-01-04")
    await refer(caseworker, waiting, str(tomorrow()))
    referral = await refer(caseworker, answered, str(tomorrow()))
    await caseworker.post(f"/referrals/{referral}/answer", json={"answer": "accepted"})
    await caseworker.post(f"/citizens/{answered}/barriers", json={"kind": "danish", "severity": "low"})
    await caseworker.post(f"/citizens/{left}/departure", json={"reason": "job", "on": str(today())})
    assert await listed(caseworker) == [nobody, waiting, answered]
    assert await listed(caseworker, presence="left") == [left]
    assert await listed(caseworker, presence="all") == [nobody, waiting, answered, left]
    assert await listed(caseworker, referral="waiting") == [waiting]
    assert await listed(caseworker, referral="overdue") == []
    assert await listed(caseworker, referral="none") == [nobody]
    assert await listed(caseworker, barrier="danish") == [answered]
    assert await listed(caseworker, barrier="reading") == []
    assert await listed(caseworker, target_group="3") == [waiting]
    assert await listed(caseworker, reference=waiting[-8:]) == [waiting]
    assert await listed(caseworker, target_group="3", referral="none") == []
    for wrong in (
        {"reference": "3f9a"},
        {"barrier": "height"},
        {"limit": 101},
        {"unit": "N" * 61},
        {"unit": "Nord\x00"},
        {"after": "yesterday"},
        {"sort": "cpr"},
    ):
        assert (await caseworker.get("/citizens", params=wrong)).status_code == 422, wrong


async def test_what_is_overdue_is_due_before_today(intake: RunningService, caseworker: httpx.AsyncClient) -> None:
    late, in_time = await since(caseworker, 1, "2025-01-01"), await since(caseworker, 2, "2025-01-01")
    for citizen_id, due in ((late, str(yesterday())), (in_time, str(today()))):
        body = {"offer": "workshop", "reason": "e-Boks", "due": due, "happened": f"{yesterday()}T12:00:00Z"}
        done(await caseworker.post(f"/citizens/{citizen_id}/referrals", json=body), 201)
    assert await listed(caseworker, referral="overdue") == [late]
    assert await listed(caseworker, referral="waiting", sort="due") == [late, in_time]


@pytest.mark.parametrize("sort", ["longest", "newest", "due"])
async def test_pages_go_on_where_the_one_before_ended(caseworker: httpx.AsyncClient, sort: str) -> None:
    days = ("2025-02-01", "2024-01-01", "2025-02-01", "2023-06-30", "2025-02-01")
    ids = [await since(caseworker, number, day) for number, day in enumerate(days, start=1)]
    dues = {ids[1]: str(tomorrow()), ids[4]: str(today())}
    for citizen_id, due in dues.items():
        await refer(caseworker, citizen_id, due)
    seen: list[str] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        after = {"after": page["next"]} if page["next"] else {}
        page = done(await caseworker.get("/citizens", params={"sort": sort, "limit": 2, **after}))
        assert page["total"] == 5
        seen += [line["citizen_id"] for line in page["citizens"]]
    first = {
        "longest": sorted(ids, key=lambda one: (days[ids.index(one)], one)),
        "newest": sorted(ids, reverse=True),  # all of today: their ids are in the order of their registration
        "due": sorted(ids, key=lambda one: (dues.get(one, "9999"), one)),
    }
    assert seen == first[sort]


async def test_a_change_is_on_the_list_from_its_day_on(caseworker: httpx.AsyncClient) -> None:
    first, second = await since(caseworker, 1, "2025-01-01"), await since(caseworker, 2, "2025-01-02")
    changes = f"/citizens/{first}/changes"
    for day, group in ((str(tomorrow()), "4"), (str(yesterday()), "3")):
        done(await caseworker.post(changes, json={"valid_from": day, "target_group": group}))
    done(await caseworker.post(changes, json={"valid_from": str(today()), "unemployed_since": "2025-01-03"}))
    assert await listed(caseworker) == [second, first]
    assert await listed(caseworker, target_group="3") == [first]
    assert await listed(caseworker, target_group="4") == []


async def test_who_was_merged_or_erased_and_who_is_elsewhere_are_not_there(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: Any
) -> None:
    kept, merged, earlier, gone = await citizens(caseworker, 4)
    elsewhere = intake.caller(Role.CASEWORKER, municipality="0147")
    stranger = await since(elsewhere, 9, "2020-01-01")
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("merger")) as tx:
            for one, other in ((merged, earlier), (kept, merged)):
                await tx.append(CitizensMerged(municipality="0101", citizen_id=UUID(one), merged_id=UUID(other)))
            await tx.append(CitizenErased(municipality="0101", citizen_id=UUID(gone)))
    finally:
        await database.close()
    assert await listed(caseworker, presence="all") == [kept]
    assert await listed(elsewhere) == [stranger]
    into = await intake.database.fetch(
        "SELECT citizen_id::text, merged_into::text FROM citizen WHERE municipality = '0101'"
    )
    assert dict(map(tuple, into)) == {kept: None, merged: kept, earlier: kept}
    await same_when_imported(intake, await new_database("intake"), APPLY, "citizen", "standing")


async def test_what_cannot_be_logged_is_not_shown(intake: RunningService, caseworker: httpx.AsyncClient) -> None:
    citizen_id = await since(caseworker, 1, str(today() - timedelta(days=9)))
    await intake.break_access_log()
    answer = await caseworker.get("/citizens")
    refused(answer, 503, "access-log-unavailable")
    assert citizen_id not in answer.text


async def test_the_migration_fills_the_list_as_the_events_do(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    first, _ = await citizens(caseworker, 2)
    for day, group in ((str(tomorrow()), "4"), (str(yesterday()), "3"), (str(yesterday()), "5")):
        body = {"valid_from": day, "target_group": group}
        done(await caseworker.post(f"/citizens/{first}/changes", json=body))
    rows = "SELECT array_agg(s::text ORDER BY s::text) FROM standing AS s"
    by_events = await intake.database.fetchval(rows)
    assert len(by_events) == 4  # the first citizen's three stretches of time, and the second's one
    await intake.database.execute("DELETE FROM standing")
    await intake.database.execute(import_module("services.intake.migrations.versions.0003_work_list").FILL)
    assert await intake.database.fetchval(rows) == by_events


async def test_a_list_that_looks_again_by_itself_is_one_look_for_ten_minutes(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    citizen_id = await since(caseworker, 1, "2025-03-01")
    for _ in range(3):
        await listed(caseworker)
    colleague = intake.caller(Role.EMENTOR)
    colleague.headers["Authorization"] = f"Bearer {intake.issuer.issue('employee-8', [Role.EMENTOR], ['0101'])}"
    await listed(colleague)
    logged = "SELECT count(*) FROM access_log WHERE what = 'work list' AND citizen_id = $1"
    assert await intake.database.fetchval(logged, UUID(citizen_id)) == 2, "one look each"
    await caseworker.get("/citizens", headers={"Purpose": "something else"})
    assert await intake.database.fetchval(logged, UUID(citizen_id)) == 3, "for another purpose it is another look"
    await intake.database.execute("UPDATE access_log SET at = at - interval '11 minutes'")
    await listed(caseworker)
    assert await intake.database.fetchval(logged, UUID(citizen_id)) == 4
    await caseworker.get(f"/citizens/{citizen_id}")
    await caseworker.get(f"/citizens/{citizen_id}")
    seen = "SELECT count(*) FROM access_log WHERE what = 'citizen'"
    assert await intake.database.fetchval(seen) == 2, "each look at one citizen counts"
