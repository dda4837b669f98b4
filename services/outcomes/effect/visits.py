"""Visits to workshops: each once, as it was told last; one that was taken back never was."""

from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, about, last

VOIDED = "workshop-visit-voided"
READS = frozenset({"workshop-visited", VOIDED})


def visits(history: Told) -> dict[str, Fact]:
    """The visits by their ids."""
    told = about(history, "visit_id", "workshop-visited")
    if VOIDED in history:
        for fact in history[VOIDED]:
            told.pop(fact.data["visit_id"], None)
    return {visit: last(facts) for visit, facts in told.items()}
