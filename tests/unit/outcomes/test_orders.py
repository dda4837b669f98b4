"""Job orders: placed with one demand an area, changed while they are open, closed once."""

import pytest
from pydantic import ValidationError

from services.outcomes.commands import ChangeOrder, CloseOrder, PlaceOrder
from services.outcomes.rules import orders as rule
from shared.contracts.outcomes import OrderChanged, OrderClosed, OrderPlaced
from shared.contracts.vocabulary import Demand
from tests.unit.outcomes.given import COMPANY, HERE, ORDER, PROFILE, company, order
from tests.unit.outcomes.refusal import refused
from tests.unit.outcomes.test_companies import REGISTERED

SAFETY, CONTENT = Demand(area=4, level=3), Demand(area=3, level=5, weight=2.0)
PLACED = OrderPlaced(
    municipality=HERE,
    order_id=ORDER,
    company_id=COMPANY,
    profile_id=PROFILE,
    title="Butiksassistent",
    demands=(CONTENT, SAFETY),
    kind="praktik",
    seats=2,
    expectations="Møder kl. 8",
    visible_in_app=True,
)
CLOSED = OrderClosed(municipality=HERE, order_id=ORDER, company_id=COMPANY, reason="Besat")


def changed(command: ChangeOrder) -> OrderChanged:
    return rule.change(order(PLACED), command)


def test_an_order_is_placed_with_its_demands_by_area() -> None:
    command = PlaceOrder(
        title="Butiksassistent",
        kind="praktik",
        seats=2,
        demands=[SAFETY, CONTENT],
        profile_id=PROFILE,
        expectations="Møder kl. 8",
        visible_in_app=True,
    )
    assert rule.place(company(REGISTERED), command, order_id=ORDER) == PLACED


def test_a_bare_order_names_neither_profile_nor_demands_and_no_citizen_sees_it() -> None:
    told = rule.place(company(REGISTERED), PlaceOrder(kind="ordinary", seats=1), order_id=ORDER)
    assert (told.demands, told.profile_id, told.title, told.expectations) == ((), None, None, "")
    assert told.visible_in_app is False


def test_an_area_is_demanded_once() -> None:
    twice = [SAFETY, Demand(area=4, level=2)]
    with refused("demand-twice"):
        rule.place(company(REGISTERED), PlaceOrder(kind="praktik", seats=1, demands=twice), order_id=ORDER)
    with refused("demand-twice"):
        changed(ChangeOrder(demands=twice))


@pytest.mark.parametrize(
    "wrong", [{"seats": 0}, {"seats": 1001}, {"kind": "job"}, {"demands": [{"area": 6, "level": 1}]}]
)
def test_what_no_order_can_be_is_not_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PlaceOrder.model_validate({"kind": "praktik", "seats": 1} | wrong)


def test_expectations_hold_no_cpr_number() -> None:
    with pytest.raises(ValidationError, match="CPR"):
        PlaceOrder(kind="praktik", seats=1, expectations="Send 010190-1234")


def test_what_is_left_out_stays() -> None:
    assert changed(ChangeOrder(seats=3)) == OrderChanged(**PLACED.model_dump() | {"seats": 3})


def test_title_and_profile_can_be_taken_away_and_demands_replaced() -> None:
    told = changed(ChangeOrder(title=None, profile_id=None, demands=[SAFETY], visible_in_app=False))
    assert (told.title, told.profile_id, told.demands, told.visible_in_app) == (None, None, (SAFETY,), False)
    assert (told.kind, told.seats, told.expectations) == ("praktik", 2, "Møder kl. 8")


def test_a_change_that_changes_nothing_is_refused() -> None:
    for same in (ChangeOrder(), ChangeOrder(seats=2, demands=[SAFETY, CONTENT], title="Butiksassistent")):
        with refused("nothing-changed"):
            changed(same)


def test_an_order_closes_once_and_stays_as_it_was() -> None:
    assert rule.close(order(PLACED), CloseOrder(reason="Besat")) == CLOSED
    with refused("order-closed-already"):
        rule.close(order(PLACED, CLOSED), CloseOrder())
    with refused("order-closed"):
        rule.change(order(PLACED, CLOSED), ChangeOrder(seats=3))
