"""Job orders over HTTP: placed, changed, closed, listed, and taken from the log by the migration."""

from importlib import import_module
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from shared.web import Role
from tests.real.answers import done, refused
from tests.real.outcomes.jobcenter import Jobcenter
from tests.real.running_service import RunningService

FROM_LOG = import_module("services.outcomes.migrations.versions.0007_job_orders").FROM_LOG
SHOP: dict[str, Any] = {
    "title": "Butiksassistent med webshop",
    "kind": "praktik",
    "seats": 2,
    "demands": [{"area": 3, "level": 4}, {"area": 1, "level": 3, "weight": 2.0}],
    "expectations": "Møder kl. 8 og lægger varer på webshoppen",
    "visible_in_app": True,
}


async def placed(desk: httpx.AsyncClient, company_id: str, **facts: Any) -> str:
    """The id of an order that was just placed."""
    return str(done(await desk.post(f"/companies/{company_id}/orders", json=SHOP | facts), 201)["order_id"])


async def test_an_order_is_placed_changed_read_and_closed(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    company_id = await jobcenter.company()
    order_id = await placed(desk, company_id)
    address = f"/orders/{order_id}"
    told = done(await desk.patch(address, json={"seats": 3, "title": None}, headers={"Expected-Version": "1"}))
    assert told == {"version": 2, "order_id": order_id, "company_id": company_id}
    read = done(await desk.get(address))
    assert (read["version"], read["seats"], read["title"], read["company_name"]) == (2, 3, None, "Firma 12345678")
    assert read["demands"] == [{"area": 1, "level": 3, "weight": 2.0}, {"area": 3, "level": 4, "weight": 1.0}]
    assert (read["expectations"], read["visible_in_app"]) == (SHOP["expectations"], True)
    assert (read["closed"], read["closed_reason"]) == (None, None)
    assert done(await desk.post(f"{address}/close", json={"reason": "Besat"}))["version"] == 3
    read = done(await desk.get(address))
    log = await outcomes.log(f"order/{order_id}")
    assert [envelope.name for envelope in log] == ["order-placed", "order-changed", "order-closed"]
    assert (read["closed_reason"], read["closed"]) == ("Besat", log[2].time.isoformat().replace("+00:00", "Z"))
    refused(await desk.post(f"{address}/close", json={}), 409, "order-closed-already")
    refused(await desk.patch(address, json={"seats": 1}), 409, "order-closed")
    assert len(await outcomes.log(f"order/{order_id}")) == 3


async def test_what_no_order_can_be_is_refused_and_leaves_nothing_behind(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    address = f"/companies/{await jobcenter.company()}/orders"
    twice = [{"area": 1, "level": 3}, {"area": 1, "level": 4}]
    refused(await desk.post(address, json=SHOP | {"demands": twice}), 409, "demand-twice")
    refused(await desk.post(address, json=SHOP | {"seats": 0}), 422, "invalid")
    problem = refused(await desk.post(address, json=SHOP | {"expectations": "til 010190-1234"}), 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == ["expectations"]
    refused(await desk.post(f"/companies/{new_id()}/orders", json=SHOP), 404, "company-unknown")
    assert [envelope.name for envelope in await outcomes.log()] == ["company-registered"]


async def test_who_saw_an_older_order_reads_it_again_first(jobcenter: Jobcenter, desk: httpx.AsyncClient) -> None:
    address = f"/orders/{await placed(desk, await jobcenter.company())}"
    done(await desk.patch(address, json={"seats": 5}))
    seen = {"Expected-Version": "1"}
    refused(await desk.patch(address, json={"seats": 1}, headers=seen), 409, "version-conflict")
    refused(await desk.post(f"{address}/close", json={}, headers=seen), 409, "version-conflict")
    refused(await desk.patch(address, json={"seats": 5}), 409, "nothing-changed")


async def test_orders_are_listed_by_state_and_company(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    bakery, smithy = await jobcenter.company("10000001"), await jobcenter.company("10000002")
    first, second, third = await placed(desk, bakery), await placed(desk, bakery), await placed(desk, smithy)
    done(await desk.post(f"/orders/{first}/close", json={}))

    async def listed(**question: Any) -> list[str]:
        return [order["order_id"] for order in (await desk.get("/orders", params=question)).json()]

    assert await listed() == [third, second, first]
    assert await listed(closed=False) == [third, second]
    assert await listed(closed=True) == [first]
    assert await listed(company_id=bakery) == [second, first]
    assert await listed(company_id=bakery, closed=False) == [second]
    (found,) = (await desk.get("/companies", params={"search": "10000001"})).json()
    assert found["open_orders"] == 1
    elsewhere = outcomes.caller(Role.COMPANY_DESK, municipality="0147")
    assert (await elsewhere.get("/orders")).json() == []
    for path in ("", "/close"):
        call = elsewhere.patch if not path else elsewhere.post
        refused(await call(f"/orders/{second}{path}", json={}), 404, "order-unknown")
    refused(await elsewhere.get(f"/orders/{second}"), 404, "order-unknown")


@pytest.mark.parametrize(("role", "may"), [(Role.CASEWORKER, True), (Role.MANAGER, False), (Role.EMENTOR, False)])
async def test_managers_and_ementors_read_orders_but_do_not_place_them(
    outcomes: RunningService, jobcenter: Jobcenter, *, role: Role, may: bool
) -> None:
    caller = outcomes.caller(role)
    assert (await caller.get("/orders")).status_code == 200
    answer = await caller.post(f"/companies/{await jobcenter.company()}/orders", json=SHOP)
    assert answer.status_code == (201 if may else 403)


async def test_orders_told_before_they_were_kept_are_taken_from_the_log(
    outcomes: RunningService, jobcenter: Jobcenter, desk: httpx.AsyncClient
) -> None:
    company_id = await jobcenter.company()
    changed, closed = await placed(desk, company_id), await placed(desk, company_id, demands=[], title=None)
    done(await desk.patch(f"/orders/{changed}", json={"seats": 7, "profile_id": str(new_id())}))
    done(await desk.post(f"/orders/{closed}/close", json={"reason": "Besat"}))
    rows = "SELECT to_jsonb(o)::text AS row FROM job_order AS o ORDER BY order_id"
    kept = [row["row"] for row in await outcomes.database.fetch(rows)]
    assert len(kept) == 2
    await outcomes.database.execute("DELETE FROM job_order")
    await outcomes.database.execute(FROM_LOG)
    assert [row["row"] for row in await outcomes.database.fetch(rows)] == kept
