"""Tests and workshop visits of one life, on the edges of the rules: 14 days apart, at the limit, helped and alone."""

from datetime import timedelta
from typing import Any

from tests.reference.lives import BEGINNING, Life

THEMES = ("pdf", "e-boks", "mitid")
AUTONOMY = ("helped", "helped", "partly", "alone", "alone")


def tested(life: Life) -> None:
    """Some tests, each 13, 14, 15 or more days after the first; some are told anew or rescored."""
    pick, chance = life.random.choice, life.chance
    first = BEGINNING + timedelta(days=life.random.randint(-100, 150))
    for _ in range(pick([0, 0, 1, 2, 2, 3, 5])):
        who, on = pick(life.ids), first + timedelta(days=pick([0, 13, 14, 14, 15, 30, 120]))
        ids = {"test_id": life.ledger.id(), "bank_version": "1", "purpose": "entry"}
        told = life.tell("assessment", "test-finished", life.ledger.moment(on), who, late=life.ledger.late(), **ids,
                         **_result(life))  # fmt: skip
        if chance(0.1):
            told += timedelta(minutes=1)
            life.correct("assessment", "test-finished", told, who, **ids, **_result(life))
        if chance(0.3):
            told += timedelta(days=pick([0, 20]), minutes=1)
            life.correct("assessment", "result-rescored", told, who, **ids, **_result(life),
                         reason="Item 2.4-017 had a wrong key", before=[])  # fmt: skip


def _result(life: Life) -> dict[str, Any]:
    pick = life.random.choice
    areas = [_area(life, area) for area in sorted(life.random.sample(range(1, 6), pick([0, 1, 2, 5])))]
    version = pick(["2.2", "2.2", "2.2", "2.2", "2.2", "3.0"])
    return {"framework": "DigComp", "framework_version": version, "calibrated": False, "items": 9, "areas": areas}


def _area(life: Life, area: int) -> dict[str, Any]:
    """No two abilities differ by just the limit: that is no multiple of 0.1 for these standard errors."""
    pick, tenths = life.random.choice, life.random.randint(-10, 12)
    level = max(1, min(7, 4 + tenths // 8 + pick([-1, 0, 0, 1])))
    return {
        "area": area, "ability": tenths / 10, "standard_error": pick([0.2, 0.3, 0.4]),
        "level": level, "level_low": max(1, level - pick([0, 0, 1, 2])), "level_high": level + pick([0, 0, 1]),
        "items": pick([0, 4, 4, 4]),
    }  # fmt: skip


def visited(life: Life) -> None:
    """Some visits with few themes, often on one day; some are told anew, some taken back, also before that."""
    pick = life.random.choice
    first = BEGINNING + timedelta(days=life.random.randint(-100, 150))
    for _ in range(pick([0, 0, 1, 2, 3, 5])):
        who, on = pick(life.ids), first + timedelta(days=pick([0, 0, 1, 2, 50]))
        visit = {"visit_id": life.ledger.id(), "site": "Nord", "kind": "drop-in", "online": False, "minutes": 20}
        visit |= {"device": "phone"}
        told = life.tell("intake", "workshop-visited", life.ledger.moment(on), who, late=life.ledger.late(), **visit,
                         themes=_themes(life))  # fmt: skip
        if life.chance(0.15):
            voided = told + timedelta(days=pick([0, 0, 2, 40]), minutes=pick([1, 2]))
            life.tell("intake", "workshop-visit-voided", voided, who, visit_id=visit["visit_id"],
                      reason=pick(["registered-twice", "wrong-citizen", "wrong-workshop", "other"]))  # fmt: skip
        if life.chance(0.15):
            told += timedelta(days=pick([0, 3]), minutes=1)
            life.correct("intake", "workshop-visited", told, who, **visit, themes=_themes(life))


def _themes(life: Life) -> list[dict[str, str]]:
    pick = life.random.choice
    return [{"theme": pick(THEMES), "autonomy": pick(AUTONOMY)} for _ in range(pick([0, 1, 1, 2, 3]))]
