"""Figures from the events alone: the logs of all services, folded once, without projector, cells or bus."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, entities, merged
from services.outcomes.effect.fact import Fact, fact_from_json
from services.outcomes.effect.figures import figures
from services.outcomes.effect.references import References
from services.outcomes.effect_queries import targets_of
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.as_known import end_of
from services.outcomes.projection.batch import COUNTED
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
            targets = await targets_of(connection, indicator, str(as_of.year), municipality)
        counted = figures(
            cells.items(), references, indicator=indicator, as_of=as_of, by=by, window=window, targets=targets
        )
        found += [figure.row() | ({} if known is None else {"as_known": known.isoformat()}) for figure in counted]
    return found


async def counted_from_logs(
    databases: Mapping[str, Database], known: date | None = None
) -> tuple[dict[Cell, int], References]:
    """The cells of every event there is, or was known at the end of a Danish day; and the references."""
    before = None if known is None else end_of(known)
    histories: dict[str, list[Fact]] = defaultdict(list)
    references, aliases = References(), Aliases()
    for database in databases.values():
        async with database.pool.acquire() as connection:
            async for rows in LogReader().rest(connection):
                for row in rows:
                    fact = fact_from_json(row.body)
                    if before is not None and fact.recorded >= before:
                        continue
                    references.apply(fact)
                    if pair := merged(fact):
                        aliases.unite(*pair)
                    for entity in entities(fact):
                        histories[entity].append(fact)
    return _sum(histories, aliases), references


def _sum(histories: Mapping[str, list[Fact]], aliases: Aliases) -> dict[Cell, int]:
    united: dict[str, list[Fact]] = defaultdict(list)
    for entity, facts in histories.items():
        united[aliases.root(entity)] += facts
    total: dict[Cell, int] = defaultdict(int)
    for root, facts in united.items():
        if root.startswith(COUNTED):
            for cell, count in contributions(facts).items():
                total[cell] += count
    return {cell: n for cell, n in total.items() if n}
