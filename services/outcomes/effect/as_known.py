"""As known: what the cells were on an earlier day, as far as the facts had been recorded by then.

The cells of today are the sum over all histories. What has been learnt since is taken out again history by history: the
cells of everything that is known of an entity, less those of what was known. Who learnt nothing new costs nothing.
"""

from collections.abc import Iterable, Mapping

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import contributions, merged
from services.outcomes.effect.fact import Fact


def learnt_since(history: Mapping[str, list[Fact]], before: int) -> dict[Cell, int]:
    """What must be added to the cells so that one history counts only what was recorded before a moment.

    ``history`` has the facts of every entity that is united today, by the entity they were filed under; ``before`` is
    in microseconds since 1970-01-01 UTC. Records that were merged later count one by one, as they did then.
    """
    difference: dict[Cell, int] = {}
    _add(difference, (fact for facts in history.values() for fact in facts), -1)
    known = {entity: [fact for fact in facts if fact.recorded < before] for entity, facts in history.items()}
    for together in _united(known):
        _add(difference, (fact for entity in together for fact in known[entity]), 1)
    return {cell: count for cell, count in difference.items() if count}


def _add(sums: dict[Cell, int], facts: Iterable[Fact], sign: int) -> None:
    once = {fact.id: fact for fact in facts}
    for cell, count in contributions(once.values()).items():
        sums[cell] = sums.get(cell, 0) + sign * count


def _united(known: Mapping[str, list[Fact]]) -> list[set[str]]:
    """The entities as they were united by the merges among these facts."""
    groups = [{entity} for entity in known]
    for pair in {pair for facts in known.values() for fact in facts if (pair := merged(fact))}:
        touching = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if not group & set(pair)]
        groups.append(set().union(*touching))
    return groups
