"""What is in the bank, in numbers: items by area, level, kind, device and state, and the information at the cuts."""

from collections import Counter
from typing import Any

from services.assessment.items.bank import POOLS, Bank
from services.assessment.items.competence import AREAS, FRAMEWORKS
from services.assessment.items.information import available, needed

COUNTED = ("level", "kind", "device", "reading", "accessible", "state", "competence")


def statistics(bank: Bank) -> dict[str, Any]:
    """The numbers as JSON can carry them. All but ``state`` count operational items only."""
    operational = bank.pool("full")
    return {
        "version": bank.version,
        "digest": bank.digest,
        "framework": f"{bank.framework} {bank.framework_version}",
        "calibrated": bank.calibrated,
        "items": len(bank.items),
        "operational": len(operational),
        "competences": len(FRAMEWORKS[bank.framework, bank.framework_version]),
        "cuts": list(bank.cuts),
        "state": dict(Counter(item.state for item in bank.items)),
        "area": {
            area: {
                "operational": sum(item.area == area for item in operational),
                **{
                    field: _counted([getattr(item, field) for item in operational if item.area == area])
                    for field in COUNTED
                    if field != "state"
                },
                "information": {pool: _information(bank, pool, area) for pool in POOLS},
            }
            for area in AREAS
        },
    }


def _counted(values: list[Any]) -> dict[str, int]:
    return {str(value): times for value, times in sorted(Counter(values).items(), key=lambda one: str(one[0]))}


def _information(bank: Bank, pool: Any, area: int) -> list[dict[str, float]]:
    items = [item for item in bank.pool(pool) if item.area == area]
    return [
        {"cut": cut, "available": round(available(items, cut), 2), "needed": needed(number)}
        for number, cut in enumerate(bank.cuts)
    ]
