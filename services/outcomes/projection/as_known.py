"""The stored cells as they were known on an earlier day: only the histories that learnt something since are counted."""

from collections.abc import Iterable
from datetime import date

from services.outcomes.effect.as_known import learnt_since
from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import READS
from services.outcomes.effect.days import microseconds
from services.outcomes.effect.fact import Fact
from services.outcomes.projection import alias_table, fact_table
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED
from services.outcomes.projection.histories import decoded
from shared.moment import end_of
from shared.persistence.connection import Connection

History = dict[str, list[bytes]]
"""The encoded facts of every entity that is united today."""


def recorded_by(day: date) -> int:
    """The end of a Danish day in microseconds since 1970-01-01 UTC: what was recorded before it is known."""
    return microseconds(end_of(day))


async def changed_since(connection: Connection, before: int) -> list[History]:
    """The histories of which something was recorded at the moment ``before`` or after it."""
    aliases = Aliases()
    for kept, swallowed in await alias_table.aliases(connection):
        aliases.unite(kept, swallowed)
    touched = await fact_table.entities_recorded_from(connection, before, sorted(READS))
    roots = {aliases.root(entity) for entity in touched if entity.startswith(COUNTED)}
    facts = await fact_table.facts_of(connection, [member for root in roots for member in aliases.members(root)])
    return [{member: facts[member] for member in aliases.members(root) if member in facts} for root in roots]


def as_known(cells: Iterable[tuple[Cell, int]], histories: Iterable[History], before: int) -> dict[Cell, int]:
    """These cells (of one kind and municipality, or more) without what ``histories`` learnt since.

    Cells of other kinds come along where a changed history has them: whoever counts passes them over.
    """
    known = dict(cells)
    for history in histories:
        facts: dict[str, list[Fact]] = {entity: _read(bodies) for entity, bodies in history.items()}
        for cell, count in learnt_since(facts, before).items():
            known[cell] = known.get(cell, 0) + count
    return {cell: count for cell, count in known.items() if count}


def _read(bodies: list[bytes]) -> list[Fact]:
    return [fact for fact in decoded(bodies) if fact.type in READS]
