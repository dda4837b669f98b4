"""Who was erased (``citizen-erased``): of these ids nothing is learnt any more, whatever comes and comes again.

Nothing is known of them but the ids. An erasure takes all ids that were united by then; an id that is united with an
erased one later is erased by that, so it makes no difference in which order the two were told.
"""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.contributions import MERGED, entities, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.projection import fact_table
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.histories import encode

ERASED = "citizen-erased"


class Erased:
    """The ids that were erased, as ``citizen/<id>``."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._ids = set(ids)

    def __contains__(self, entity: object) -> bool:
        return entity in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def met_by(self, fact: Fact) -> bool:
        """Whether this fact erases somebody who was not erased before."""
        if fact.type == ERASED:
            return _named(fact) not in self._ids
        if fact.type == MERGED and self._ids:
            kept, gone = merged(fact) or ("", "")
            return (kept in self._ids) != (gone in self._ids)
        return False

    def erase(self, fact: Fact, aliases: Aliases) -> list[str]:
        """Erase whom the fact erases; all ids of her history, which ``aliases`` forget.

        Raises ValueError when the fact names no proper id.
        """
        named = [_named(fact)] if fact.type == ERASED else list(merged(fact) or ())
        for entity in named:
            fact_table.check_entity(entity)
        members = sorted({each for entity in named for each in aliases.members(aliases.root(entity))} - self._ids)
        aliases.forget(members)
        self._ids.update(members)
        return members

    def concerns(self, fact: Fact) -> bool:
        """Whether a fact is about somebody who was erased."""
        return fact.subject in self._ids or _named(fact) in self._ids


def filed(fact: Fact, erased: Erased) -> list[fact_table.FactRow]:
    """The rows of a fact. One about somebody who was erased leaves none, but for its number in another's history.

    Raises ValueError for a fact that the table could not keep.
    """
    if erased and erased.concerns(fact):
        return [fact_table.emptied(row) for row in fact_table.fact_rows(fact, (), b"") if row[0] not in erased]
    return fact_table.fact_rows(fact, entities(fact), encode(fact))


def _named(fact: Fact) -> str:
    return f"citizen/{fact.data.get('citizen_id')}"
