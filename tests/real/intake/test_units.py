"""A citizen's unit: said, changed from a day on, taken back, found by; and no barrier to anybody."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.state import APPLY
from shared.contracts.intake import CitizenRegistered
from shared.persistence import Database, Origin
from shared.web import Role
from tests.conftest import NewDatabase
from tests.real.answers import done, refused
from tests.real.imported import same_when_imported
from tests.real.intake.office import person
from tests.real.running_service import RunningService
from tests.today import today, tomorrow, yesterday


async def of_unit(caller: httpx.AsyncClient, number: int, unit: str | None, **given: Any) -> str:
    """A citizen who was just registered."""
    body = person(f"020280-{number:04}", **given) | ({"unit": unit} if unit else {})
    return str(done(await caller.post("/citizens", json=body), 201)["citizen_id"])


async def listed(caller: httpx.AsyncClient, **asked: Any) -> list[str]:
    return [line["citizen_id"] for line in done(await caller.get("/citizens", params=asked))["citizens"]]


async def unit_of(caller: httpx.AsyncClient, citizen_id: str) -> str | None:
    """Her unit, which her page and her line of the list tell alike."""
    page = done(await caller.get(f"/citizens/{citizen_id}"))["unit"]
    lines = done(await caller.get("/citizens"))["citizens"]
    assert [line["unit"] for line in lines if line["citizen_id"] == citizen_id] == [page]
    return None if page is None else str(page)


async def test_citizens_are_found_by_unit_and_who_has_none_is_found_without(caseworker: httpx.AsyncClient) -> None:
    north = [await of_unit(caseworker, 1, "Nord"), await of_unit(caseworker, 2, "  Nord ")]
    south, none = await of_unit(caseworker, 3, "Syd (unge)"), await of_unit(caseworker, 4, None)
    assert sorted(await listed(caseworker)) == sorted([*north, south, none])
    assert sorted(await listed(caseworker, unit="Nord")) == sorted(north)
    assert await listed(caseworker, unit="Syd (unge)") == [south]
    assert await listed(caseworker, unit="") == [none]
    assert await listed(caseworker, unit="nord") == []
    assert done(await caseworker.get("/units")) == ["Nord", "Syd (unge)"]
    assert [await unit_of(caseworker, one) for one in (*north, south, none)] == ["Nord", "Nord", "Syd (unge)", None]


@pytest.mark.parametrize("sort", ["longest", "newest", "due"])
async def test_pages_and_other_filters_stay_within_the_unit(caseworker: httpx.AsyncClient, sort: str) -> None:
    north = [await of_unit(caseworker, number, "Nord", target_group=str(number % 2 + 2)) for number in range(1, 6)]
    await of_unit(caseworker, 6, "Syd")
    await of_unit(caseworker, 7, None)
    asked: dict[str, Any] = {"unit": "Nord", "sort": sort, "limit": 2}
    found: list[str] = []
    for size in (2, 2, 1):
        page = done(await caseworker.get("/citizens", params=asked))
        assert page["total"] == len(north)
        assert len(page["citizens"]) == size
        found += [line["citizen_id"] for line in page["citizens"]]
        asked["after"] = page["next"]
    assert asked["after"] is None
    assert sorted(found) == sorted(north)
    assert sorted(await listed(caseworker, unit="Nord", target_group="2", sort=sort)) == sorted([north[1], north[3]])


async def test_a_unit_holds_from_a_day_on_and_can_be_taken_back(
    intake: RunningService, caseworker: httpx.AsyncClient, new_database: NewDatabase
) -> None:
    citizen_id = await of_unit(caseworker, 1, "Nord")
    changes = f"/citizens/{citizen_id}/changes"
    done(await caseworker.post(changes, json={"valid_from": str(tomorrow()), "unit": "Syd"}))
    assert await unit_of(caseworker, citizen_id) == "Nord", "tomorrow is another day"
    assert await listed(caseworker, unit="Syd") == []
    assert done(await caseworker.get("/units")) == ["Nord"]
    done(await caseworker.post(changes, json={"valid_from": str(today()), "unit": "Midt"}))
    assert await unit_of(caseworker, citizen_id) == "Midt"
    refused(await caseworker.post(changes, json={"valid_from": str(today()), "unit": "Midt"}), 409, "nothing-changed")
    done(await caseworker.post(changes, json={"valid_from": str(today()), "unit": ""}))
    assert await unit_of(caseworker, citizen_id) is None
    assert await listed(caseworker, unit="") == [citizen_id]
    refused(await caseworker.post(changes, json={"valid_from": str(today()), "unit": ""}), 409, "nothing-changed")
    await same_when_imported(intake, await new_database("intake"), APPLY, "citizen", "circumstances", "standing")


async def test_who_left_is_in_no_unit_that_is_offered_and_begins_anew_when_she_comes_back(
    caseworker: httpx.AsyncClient,
) -> None:
    citizen_id = await of_unit(caseworker, 1, "Nord")
    leaving = {"reason": "moved", "on": str(today())}
    done(await caseworker.post(f"/citizens/{citizen_id}/departure", json=leaving))
    assert done(await caseworker.get("/units")) == []
    assert await listed(caseworker, unit="Nord", presence="left") == [citizen_id]
    assert await of_unit(caseworker, 1, None) == citizen_id
    assert await unit_of(caseworker, citizen_id) is None


async def test_a_unit_is_no_barrier_but_a_municipality(intake: RunningService, caseworker: httpx.AsyncClient) -> None:
    citizen_id = await of_unit(caseworker, 1, "Nord")
    token = intake.issuer.issue("employee-9", [Role.CASEWORKER], ["0101"], unit="Syd")
    colleague = {"Authorization": f"Bearer {token}"}
    assert done(await caseworker.get("/citizens", headers=colleague))["total"] == 1, "the services choose no unit"
    assert done(await caseworker.get(f"/citizens/{citizen_id}", headers=colleague))["unit"] == "Nord"
    barrier = {"kind": "danish", "severity": "low"}
    done(await caseworker.post(f"/citizens/{citizen_id}/barriers", json=barrier, headers=colleague))
    elsewhere = {"Authorization": f"Bearer {intake.issuer.issue('e-1', [Role.CASEWORKER], ['0370'], unit='Nord')}"}
    assert done(await caseworker.get("/citizens", params={"unit": "Nord"}, headers=elsewhere))["total"] == 0
    assert done(await caseworker.get("/units", headers=elsewhere)) == []


@pytest.mark.parametrize("unit", ["*", "-", " ", "N" * 61, "Nord\n2", "Ved 010179-0001", "_"])
async def test_what_can_be_no_name_is_refused(caseworker: httpx.AsyncClient, unit: str) -> None:
    answer = await caseworker.post("/citizens", json=person() | {"unit": unit})
    assert answer.status_code == 422, answer.text
    citizen_id = await of_unit(caseworker, 2, "Nord")
    if unit.strip():
        body = {"valid_from": str(yesterday()), "unit": unit}
        assert (await caseworker.post(f"/citizens/{citizen_id}/changes", json=body)).status_code == 422


async def test_an_event_told_before_there_were_units_says_none(
    intake: RunningService, caseworker: httpx.AsyncClient
) -> None:
    old = CitizenRegistered.example().data()
    del old["unit"]
    database = Database(intake.address, APPLY)
    await database.open()
    try:
        async with database.transaction(Origin("file")) as tx:
            await tx.append(CitizenRegistered.model_validate(old))
    finally:
        await database.close()
    citizen_id = str(UUID(old["citizen_id"]))
    assert await unit_of(caseworker, citizen_id) is None
    assert await listed(caseworker, unit="") == [citizen_id]
