"""Job orders: place, change, close, list, read. Who suits one is found by assessment (``GET /orders/…/candidates``)."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.outcomes import queries, views
from services.outcomes.answers import OrderRecorded
from services.outcomes.commands import ChangeOrder, CloseOrder, PlaceOrder
from services.outcomes.rules import orders as rule
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Desk = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.SYSTEM)]
Reader = Annotated[Principal, allow(Role.COMPANY_DESK, Role.CASEWORKER, Role.EMENTOR, Role.MANAGER)]


@api.post("/companies/{company_id}/orders", status_code=201)
async def place_order(company_id: UUID, command: PlaceOrder, tx: Tx, caller: Desk) -> OrderRecorded:
    """A company placed a job order, with what both sides expect agreed beforehand."""
    at = moment(command.happened, tx.now)
    company = await queries.company(tx, company_id, caller.municipality)
    event = rule.place(company, command, order_id=tx.new_id())
    version = await tx.append(event, happened=at.time)
    return OrderRecorded(order_id=event.order_id, company_id=company_id, version=version)


@api.patch("/orders/{order_id}")
async def change_order(order_id: UUID, command: ChangeOrder, tx: Tx, caller: Desk) -> OrderRecorded:
    """Change an open order; fields that are left out stay."""
    at = moment(command.happened, tx.now)
    order = await queries.order(tx, order_id, caller.municipality)
    await tx.expect(f"order/{order_id}")
    version = await tx.append(rule.change(order, command), happened=at.time)
    return OrderRecorded(order_id=order_id, company_id=order.company_id, version=version)


@api.post("/orders/{order_id}/close")
async def close_order(order_id: UUID, command: CloseOrder, tx: Tx, caller: Desk) -> OrderRecorded:
    """An order was filled, withdrawn or has run out. Only once."""
    at = moment(command.happened, tx.now)
    order = await queries.order(tx, order_id, caller.municipality)
    await tx.expect(f"order/{order_id}")
    version = await tx.append(rule.close(order, command), happened=at.time)
    return OrderRecorded(order_id=order_id, company_id=order.company_id, version=version)


@api.get("/orders")
async def list_orders(
    tx: Tx,
    caller: Reader,
    closed: Annotated[bool | None, Query(description="Only closed ones, or only open ones.")] = None,
    company_id: Annotated[UUID | None, Query(description="Only those of this company.")] = None,
) -> list[views.orders.OrderView]:
    """The municipality's job orders, newest first, at most 500."""
    return await views.orders.orders(tx, caller.municipality, closed=closed, company_id=company_id)


@api.get("/orders/{order_id}")
async def read_order(order_id: UUID, tx: Tx, caller: Reader) -> views.orders.OrderDetail:
    """A job order."""
    return await views.orders.order(tx, order_id, caller.municipality)
