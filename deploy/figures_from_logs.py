"""Figures from the events alone: the logs of all services, folded once, without projector, cells or bus.

Only of citizens who were erased it takes what the projector kept: their events are no more than what is left of them.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.effect_queries import targets_of
from services.outcomes.projection import kept
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.as_known import recorded_by
from services.outcomes.projection.batch import COUNTED
from services.outcomes.projection.erased import Erased
from shared.persistence.database import Database
from shared.persistence.event_log import LogReader


async def figures_from_logs(
    databases: Mapping[str, Database],
    indicators: Sequence[str],
    as_of: date,
    by: Sequence[str],
    window: int,
    municipality: str | None = None,
    known: date | None = None,
) -> list[dict[str, Any]]:
    """The figure rows of the indicators, counted from every event there is, or was known at the end of a Danish day."""
    cells, references = await counted_from_logs(databases, known)
    if municipality is not None:
        cells = {cell: n for cell, n in cells.items() if cell[1] == municipality}
    found = []
    for indicator in indicators:
        async with databases["outcomes"].pool.acquire() as connection:
            targets = await targets_of(connection, indicator, str(as_of.year), municipality, known)
        counted = figures(
            cells.items(), references, indicator=indicator, as_of=as_of, by=by, window=window, targets=targets
        )
        found += [figure.row() | ({} if known is None else {"as_known": known.isoformat()}) for figure in counted]
    return found


async def counted_from_logs(
    databases: Mapping[str, Database], known: date | None = None
) -> tuple[dict[Cell, int], References]:
    """The cells of every event there is, or was known at the end of a Danish day; and the references.

    Citizens who were erased count as their histories stood then, on whatever day it is asked for what was known.
    """
    async with databases["outcomes"].pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        erased, cells = await kept.erased(connection), await kept.cells(connection)
    facts = [fact async for fact in _facts(databases)]
    gone = _Gone(erased, facts)
    before = None if known is None else recorded_by(known)
    then = [fact for fact in facts if before is None or fact.recorded < before]
    references, aliases = References(), Aliases()
    for fact in then:
        references.apply(fact)
        pair = merged(fact)
        if pair is not None and not gone.are(pair):
            aliases.unite(*pair)
    histories: dict[str, list[Fact]] = defaultdict(list)
    for fact in then:
        for entity in entities(fact):
            if not gone.are([entity]):
                histories[aliases.root(entity)].append(fact)
    for number, history in enumerate(gone.histories(facts)):
        histories[f"citizen/erased-{number}"] = history
    return _sum(histories, cells), references


async def _facts(databases: Mapping[str, Database]) -> AsyncIterator[Fact]:
    for database in databases.values():
        async with database.pool.acquire() as connection:
            async for rows in LogReader().rest(connection):
                for row in rows:
                    yield fact_from_json(row.body)


class _Gone:
    """Who was erased: by the projector already, or as the logs tell it, in the order in which it was recorded."""

    def __init__(self, erased: Erased, facts: Iterable[Fact]) -> None:
        self._erased = erased
        self._groups: list[tuple[int, list[str]]] = []
        """The ids of each history that the projector has not forgotten yet, and when it was erased."""
        aliases = Aliases()
        for fact in sorted(facts, key=lambda fact: (fact.recorded, fact.sequence, fact.id)):
            pair = merged(fact)
            if erased.met_by(fact):
                self._groups.append((fact.recorded, erased.erase(fact, aliases)))
            elif pair is not None and not self.are(pair):
                aliases.unite(*pair)

    def are(self, named: Iterable[str]) -> bool:
        """Whether one of these was erased."""
        return any(entity in self._erased for entity in named)

    def histories(self, facts: Iterable[Fact]) -> list[list[Fact]]:
        """The histories that the projector has not forgotten yet, as they stood when they were erased."""
        group_of = {member: number for number, (_, group) in enumerate(self._groups) for member in group}
        found: list[list[Fact]] = [[] for _ in self._groups]
        for fact in facts if group_of else ():
            for number in {group_of[entity] for entity in entities(fact) if entity in group_of}:
                if fact.recorded <= self._groups[number][0]:
                    found[number].append(fact)
        return found


def _sum(histories: Mapping[str, list[Fact]], kept_cells: Mapping[Cell, int]) -> dict[Cell, int]:
    total: dict[Cell, int] = defaultdict(int, kept_cells)
    for root, facts in histories.items():
        if root.startswith(COUNTED):
            for cell, count in contributions(facts).items():
                total[cell] += count
    return {cell: n for cell, n in total.items() if n}
