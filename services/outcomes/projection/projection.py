"""The living projection: its tables, and what is kept of them in memory so that a batch costs what it changes.

Memory is never the truth. It is read from the tables at the start, and again after anything went wrong.
"""

from collections.abc import Iterable

import structlog

from services.outcomes.effect.contributions import EVERY_KIND, contributions, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.references import References
from services.outcomes.projection import alias_table, cell_table, fact_table, kept
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.batch import COUNTED, UNCOUNTABLE, Changes, Touched, changes
from services.outcomes.projection.erased import Erased, filed
from services.outcomes.projection.histories import Facts, Histories, History, decoded
from services.outcomes.projection.reference_tables import replace_references, save_references
from shared.persistence.connection import Connection

log = structlog.get_logger(__name__)

UNPARK = """
DELETE FROM parked WHERE reaction = 'projector'
AND (bus_subject = ANY($1) OR 'citizen/' || split_part(bus_subject, '.', 5) = ANY($1))
"""
"""What nobody could count stands under its entity, what nobody could read under the subject that it came with."""


class Projection:
    """Histories at hand, who was united with whom, who was erased, and what the figures are cut by."""

    def __init__(self) -> None:
        self._histories, self._aliases, self._erased = Histories(), Aliases(), Erased()
        self.references = References()

    async def load(self, connection: Connection) -> None:
        """Forget everything, and read what must be known from the tables."""
        self._histories.clear()
        self._aliases = Aliases()
        for root, swallowed in await alias_table.aliases(connection):
            self._aliases.unite(root, swallowed)
        self._erased = await kept.erased(connection)
        self.references.forget()
        for fact in decoded(await fact_table.reference_facts(connection)):
            self.references.apply(fact)
        await replace_references(connection, self.references)

    async def fold(self, connection: Connection, facts: list[Fact]) -> Changes:
        """Store the facts that are new and add what they change to the cells; inside a transaction.

        Whoever is erased on the way counts as her history stood by then. Raises what ``UNCOUNTABLE`` lists when a fact
        is not what its contract says.
        """
        result, waiting, first = Changes(), list[Fact](), True
        for fact in facts:
            if self._erased.met_by(fact):
                result.join(await self._learn(connection, waiting, first=first))
                await self._erase(connection, fact)
                waiting, first = [], False
            waiting.append(fact)
        result.join(await self._learn(connection, waiting, first=first))
        await cell_table.add_cells(connection, result.cells)
        return result

    async def warm(self, connection: Connection, entities: Iterable[str]) -> bool:
        """Have the histories of these entities at hand, counted; False when there is no room for more.

        While nothing is folded.
        """
        counted = (entity for entity in entities if entity.startswith(COUNTED))
        roots = {root: None for root in map(self._aliases.root, counted) if root not in self._histories}
        cold = await fact_table.earlier_facts_of(
            connection, [m for root in roots for m in self._aliases.members(root)], []
        )
        for root in roots:
            history = History.of(cold.get(member, {}) for member in self._aliases.members(root))
            try:
                history.cells(EVERY_KIND)
            except UNCOUNTABLE:  # whoever adds to it is told
                continue
            if not self._histories.put_behind(root, history):
                return False
        return True

    async def _learn(self, connection: Connection, facts: list[Fact], *, first: bool) -> Changes:
        touched = await self._insert(connection, facts, first=first)
        result = await self._changes(connection, touched)
        if result.united:
            await alias_table.add_aliases(connection, result.united)
        if touched.references:
            await save_references(connection, self.references, touched.references)
        return result

    async def _erase(self, connection: Connection, fact: Fact) -> None:
        """Forget a history, of all ids, and keep what it counts: the cells stay as they are."""
        members = self._erased.erase(fact, self._aliases)
        bodies = await fact_table.facts_of(connection, members)
        history = decoded(body for of_member in bodies.values() for body in of_member)
        await kept.forget(connection, members, history)
        await kept.keep(connection, contributions(history))
        await kept.note(connection, members)
        await connection.execute("DELETE FROM gap WHERE entity = ANY($1)", members)
        await connection.execute(UNPARK, members)
        await connection.execute("SET LOCAL synchronous_commit = on")  # the stream may not have it again
        for member in members:
            self._histories.forget(member)
        log.info("history-erased", ids=len(members), facts=len(history))

    async def _insert(self, connection: Connection, facts: list[Fact], *, first: bool) -> Touched:
        by_key: dict[fact_table.FactKey, tuple[fact_table.FactRow, Fact]] = {}
        for fact in facts:
            for row in filed(fact, self._erased):
                by_key[row[:2]] = row, fact
        known = await fact_table.insert_facts(connection, (row for row, _ in by_key.values()), first=first)
        touched = Touched()
        for key, (row, fact) in by_key.items():
            if key not in known and row[3] != fact_table.EMPTIED:
                touched.add(row[0], fact, row[-1])
        return touched

    async def _changes(self, connection: Connection, touched: Touched) -> Changes:
        roots = {self._aliases.root(entity) for entity in touched.facts}
        for fact in touched.merges:
            roots |= {self._aliases.root(entity) for entity in merged(fact) or ()}
        missing = [m for root in roots if self._histories.get(root) is None for m in self._aliases.members(root)]
        cold: dict[str, Facts] = {}
        if missing:
            members = set(missing)
            fresh = [key for key in touched.ids if key[0] in members]
            cold = await fact_table.earlier_facts_of(connection, missing, fresh)
        return await changes(touched, self._histories, self._aliases, self.references, cold)
