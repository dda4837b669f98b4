"""Job orders in words, and what the form sends."""

from typing import Any

from services.desk.companies import orders
from services.outcomes.commands import ChangeOrder, PlaceOrder

TOLD: dict[str, Any] = {
    "order_id": "o",
    "company_id": "f",
    "company_name": "Bageriet",
    "profile_id": None,
    "title": None,
    "demands": [{"area": 4, "level": 3, "weight": 2.0}, {"area": 1, "level": 5, "weight": 1.0}],
    "kind": "praktik",
    "seats": 1,
    "expectations": "",
    "visible_in_app": True,
    "placed": "2026-03-10T09:00:00Z",
    "closed": None,
    "closed_reason": None,
}
TYPED = {
    "title": "Butiksassistent",
    "kind": "praktik",
    "seats": "2",
    "demand_1": "5",
    "demand_2": "",
    "demand_4": "3",
    "profile_id": "",
    "expectations": "Møder kl. 8",
    "visible_in_app": "true",
}


def test_an_order_in_words() -> None:
    shown = orders.order(TOLD)
    assert (shown.title, shown.kind, shown.places) == ("Jobordre uden titel", "Virksomhedspraktik", "1 plads")
    assert shown.demands == ("Finde og vurdere information: niveau 5 (avanceret)", "Sikkerhed: niveau 3 (øvet)")
    assert orders.order(TOLD | {"seats": 2}).places == "2 pladser"


def test_what_the_form_sends_is_what_outcomes_reads() -> None:
    placed = PlaceOrder.model_validate(orders.body(TYPED))
    assert [(one.area, one.level, one.weight) for one in placed.demands] == [(1, 5, 1.0), (4, 3, 1.0)]
    assert (placed.title, placed.seats, placed.profile_id, placed.visible_in_app) == ("Butiksassistent", 2, None, True)
    changed = ChangeOrder.model_validate(orders.body(TYPED | {"visible_in_app": ""}))
    assert changed.visible_in_app is False
    assert {"title", "profile_id"} <= changed.model_fields_set, "what was emptied is taken away"


def test_an_area_keeps_the_weight_that_the_form_does_not_show() -> None:
    body = orders.body(TYPED | {"demand_2": "1"}, weights=orders.weights(TOLD))
    assert [(one["area"], one["weight"]) for one in body["demands"]] == [(1, 1.0), (2, 1.0), (4, 2.0)]
    assert orders.levels(TOLD) == {"1": 5, "4": 3}
