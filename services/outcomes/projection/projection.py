"""The living projection: its tables, and what is kept of them in memory so that a batch costs what it changes.

Memory is never the truth. It is read from the tables at the start, and again after anything went wrong.
"""

from services.outcomes.effect.contributions import entities, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.references import References
from services.outcomes.projection import store
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import Changes, Touched, changes
from services.outcomes.projection.histories import Histories, decoded, encode
from services.outcomes.projection.reference_tables import replace_references, save_references
from shared.persistence.connection import Connection


class Projection:
    """Histories at hand, who was united with whom, and the courses and cohorts that the figures are cut by."""

    def __init__(self) -> None:
        self._histories, self._aliases = Histories(), Aliases()
        self.references = References()

    async def load(self, connection: Connection) -> None:
        """Forget everything, and read what must be known from the tables."""
        self._histories.clear()
        self._aliases = Aliases()
        for kept, swallowed in await store.aliases(connection):
            self._aliases.unite(kept, swallowed)
        self.references.forget()
        for fact in decoded(await store.reference_facts(connection)):
            self.references.apply(fact)
        await replace_references(connection, self.references)

    async def fold(self, connection: Connection, facts: list[Fact]) -> Changes:
        """Store the facts that are new and add what they change to the cells; inside a transaction.

        Raises what ``UNCOUNTABLE`` lists when a fact is not what its contract says.
        """
        touched = await self._insert(connection, facts)
        result = await self._changes(connection, touched)
        await store.add_cells(connection, result.cells)
        if result.united:
            await store.add_aliases(connection, result.united)
        if touched.references:
            await save_references(connection, self.references, touched.references)
        return result

    async def _insert(self, connection: Connection, facts: list[Fact]) -> Touched:
        by_key: dict[store.FactKey, tuple[store.FactRow, Fact]] = {}
        for fact in facts:
            for row in store.fact_rows(fact, entities(fact), encode(fact)):
                by_key[row[:2]] = row, fact
        known = await store.insert_facts(connection, (row for row, _ in by_key.values()))
        touched = Touched()
        for key, (row, fact) in by_key.items():
            if key not in known:
                touched.add(row[0], fact, row[-1])
        return touched

    async def _changes(self, connection: Connection, touched: Touched) -> Changes:
        roots = {self._aliases.root(entity) for entity in touched.facts}
        for fact in touched.merges:
            roots |= {self._aliases.root(entity) for entity in merged(fact) or ()}
        missing = [m for root in roots if self._histories.get(root) is None for m in self._aliases.members(root)]
        cold: dict[str, list[bytes]] = {}
        if missing:
            everything = await store.facts_of(connection, missing)
            for entity, bodies in everything.items():
                fresh = set(touched.facts.get(entity, ()))
                cold[entity] = [body for body in bodies if body not in fresh]
        return await changes(touched, self._histories, self._aliases, self.references, cold)
