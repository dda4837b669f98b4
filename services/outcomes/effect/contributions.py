"""Contributions: what one entity's facts add to every projection."""

from collections.abc import Iterable
from itertools import chain

from services.outcomes.effect import (
    agreements,
    citizen,
    demand,
    funnel,
    gain,
    participation,
    placements,
    reach,
    results,
    self_reliance,
    service_goal,
    supply,
)
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import told
from services.outcomes.effect.landmarks import landmark_cells
from services.outcomes.effect.outcome import participation_cells
from services.outcomes.effect.references import READS as REFERENCES_READ
from services.outcomes.effect.retention import job_cells
from services.outcomes.effect.upskilled import upskilled_cells

MERGED = "citizens-merged"
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


def contributions(facts: Iterable[Fact]) -> dict[Cell, int]:
    """The cells of one citizen, one company or one order, each with how often it counts (never 0).

    ``facts`` is her whole history (of all her ids, when records were merged) in any order; a fact given twice counts
    once. The same set of facts always gives the same cells.
    """
    history = told(facts)
    records: list[Iterable[Cell]] = []
    steps: list[Iterable[tuple[Cell, int]]] = []
    if not CITIZEN_READS.isdisjoint(history):
        groups = citizen.timeline(history, "target_group")
        levels = citizen.timeline(history, "education_level")
        placed = placements.placements(history)
        participations = participation.participations(history, groups, levels, placed)
        spells = citizen.spells(history)
        records += [
            participation_cells(history, participations.taken, placed.begun, spells),
            reach.reach_cells(history, participations.taken, spells, groups),
            funnel.funnel_cells(history, participations, groups, levels),
            upskilled_cells(participations.taken, placed.begun),
            job_cells(placed.begun, participations.taken, groups, levels),
        ]
        if spells:
            records.append(landmark_cells(history, spells, participations.taken, placed.begun, groups, levels))
        if not results.READS.isdisjoint(history):
            tested = results.results(history)
            records.append(gain.gain_cells(tested, groups, levels))
            records.append(supply.supply_cells(tested, spells))
        if not self_reliance.READS.isdisjoint(history):
            records.append(self_reliance.self_reliance_cells(history, groups, levels))
    if not COMPANY_READS.isdisjoint(history):
        records.append(service_goal.service_goal_cells(history))
        steps.append(agreements.agreement_cells(history))
    if not ORDER_READS.isdisjoint(history):
        steps.append(demand.demand_cells(history))
    counted: dict[Cell, int] = {}
    for cell in chain.from_iterable(records):
        counted[cell] = counted.get(cell, 0) + 1
    for cell, count in chain.from_iterable(steps):
        counted[cell] = counted.get(cell, 0) + count
    return counted if all(counted.values()) else {cell: count for cell, count in counted.items() if count}


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
