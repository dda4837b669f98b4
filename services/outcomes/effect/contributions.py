"""Contributions: what one entity's facts add to every projection."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from services.outcomes.effect import (
    agreements,
    citizen,
    demand,
    funnel,
    participation,
    placements,
    reach,
    results,
    self_reliance,
    service_goal,
)
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.gain import gain_cells
from services.outcomes.effect.history import told
from services.outcomes.effect.landmarks import landmark_cells
from services.outcomes.effect.life import Life
from services.outcomes.effect.outcome import participation_cells
from services.outcomes.effect.references import READS as REFERENCES_READ
from services.outcomes.effect.retention import job_cells
from services.outcomes.effect.supply import supply_cells
from services.outcomes.effect.upskilled import upskilled_cells

MERGED = "citizens-merged"
ON_COURSES = citizen.READS | placements.READS | participation.READS


class Kind(NamedTuple):
    """How one kind of cells is counted."""

    reads: frozenset[str]
    """The events that can change them."""
    records: Callable[[Life], Iterable[Cell]] = lambda _: ()
    """Cells that count once each."""
    steps: Callable[[Life], Iterable[tuple[Cell, int]]] = lambda _: ()
    """Cells with how often they count."""


KINDS: Mapping[str, Kind] = {
    "participation": Kind(ON_COURSES, lambda of: participation_cells(of.history, of.taken, of.placed.begun, of.spells)),
    "funnel": Kind(
        ON_COURSES | funnel.READS,
        lambda of: funnel.funnel_cells(of.history, of.participations, of.groups, of.levels),
    ),
    "upskilled": Kind(ON_COURSES, lambda of: upskilled_cells(of.taken, of.placed.begun)),
    "job": Kind(ON_COURSES, lambda of: job_cells(of.placed.begun, of.taken, of.groups, of.levels)),
    "landmark": Kind(
        ON_COURSES,
        lambda of: landmark_cells(of.history, of.spells, of.taken, of.placed.begun, of.groups, of.levels),
    ),
    "reach": Kind(
        citizen.READS | participation.READS | reach.READS,
        lambda of: reach.reach_cells(of.history, of.taken, of.spells, of.groups),
    ),
    "gain": Kind(citizen.READS | results.READS, lambda of: gain_cells(of.tested, of.groups, of.levels)),
    "supply_demand": Kind(
        citizen.READS | results.READS | demand.READS,
        lambda of: supply_cells(of.tested, of.spells),
        lambda of: demand.demand_cells(of.history),
    ),
    "self_reliance": Kind(
        citizen.READS | self_reliance.READS,
        lambda of: self_reliance.self_reliance_cells(of.history, of.groups, of.levels),
    ),
    "service_goal": Kind(service_goal.READS, lambda of: service_goal.service_goal_cells(of.history)),
    "agreements": Kind(agreements.READS, steps=lambda of: agreements.agreement_cells(of.history)),
}
EVERY_KIND = frozenset(KINDS)
CITIZEN_READS = (
    citizen.READS
    | placements.READS
    | participation.READS
    | funnel.READS
    | reach.READS
    | results.READS
    | self_reliance.READS
    | {MERGED}
)
COMPANY_READS = agreements.READS | service_goal.READS
ORDER_READS = demand.READS
READS: frozenset[str] = CITIZEN_READS | COMPANY_READS | ORDER_READS | REFERENCES_READ
"""Names of the events that any indicator reads; all others can be passed over."""


def contributions(facts: Iterable[Fact], kinds: frozenset[str] = EVERY_KIND) -> dict[Cell, int]:
    """The cells of one citizen, one company or one order, each with how often it counts (never 0).

    ``facts`` is her whole history (of all her ids, when records were merged) in any order; a fact given twice counts
    once. The same set of facts always gives the same cells. Where only some ``kinds`` are asked for, what they do not
    read (``read_by``) may be left out.
    """
    life = Life(told(facts))
    asked = [KINDS[kind] for kind in kinds]
    counted: dict[Cell, int] = {}
    for cell in chain.from_iterable([kind.records(life) for kind in asked]):
        counted[cell] = counted.get(cell, 0) + 1
    for cell, count in chain.from_iterable([kind.steps(life) for kind in asked]):
        counted[cell] = counted.get(cell, 0) + count
    return counted if all(counted.values()) else {cell: count for cell, count in counted.items() if count}


@lru_cache(maxsize=1 << 12)
def changed_by(events: frozenset[str]) -> frozenset[str]:
    """The kinds of cells that facts of these names can change; a merge changes none by itself."""
    return frozenset(name for name, kind in KINDS.items() if not events.isdisjoint(kind.reads))


@lru_cache
def read_by(kinds: frozenset[str]) -> frozenset[str]:
    """The names of the events that cells of these kinds are counted from."""
    return frozenset().union(*[KINDS[kind].reads for kind in kinds])


def entities(fact: Fact) -> tuple[str, ...]:
    """The histories a fact belongs to, as ``<kind>/<id>``; none when no indicator reads it of anybody.

    A merge belongs to both citizens; a course's, cohort's or pilot's fact to that (it feeds ``References``, no cells).
    """
    if fact.type == MERGED:
        return tuple(f"citizen/{citizen_id}" for citizen_id in (fact.data["citizen_id"], fact.data["merged_id"]))
    if fact.type in CITIZEN_READS:
        citizen_id = fact.data.get("citizen_id")
        return () if citizen_id is None else (f"citizen/{citizen_id}",)
    if fact.type in COMPANY_READS:
        return (f"company/{fact.data['company_id']}",)
    if fact.type in ORDER_READS:
        return (f"order/{fact.data['order_id']}",)
    return (fact.subject,) if fact.type in REFERENCES_READ else ()


def merged(fact: Fact) -> tuple[str, str] | None:
    """The citizens a merge joins, ``(kept, merged)`` as ``citizen/<id>``; None for any other fact."""
    if fact.type != MERGED:
        return None
    return f"citizen/{fact.data['citizen_id']}", f"citizen/{fact.data['merged_id']}"
