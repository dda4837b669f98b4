"""The histories that an extract is made of: of everybody who started a participation, once for each person."""

from collections.abc import AsyncIterator

from services.outcomes.effect.fact import Fact
from services.outcomes.projection import alias_table, fact_table
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.histories import decoded
from shared.persistence.connection import Connection

AT_ONCE = 1000
STARTED = "SELECT DISTINCT entity FROM fact WHERE type = 'participation-started' AND entity ^@ 'citizen/'"
ERASED = "SELECT 'citizen/' || citizen_id AS entity FROM known_citizen WHERE erased"


async def histories(connection: Connection) -> AsyncIterator[tuple[str, list[Fact]]]:
    """Each participant's id (of a merged citizen always the same one of hers) and facts; nobody who was erased."""
    aliases = Aliases()
    for kept, merged in await alias_table.aliases(connection):
        aliases.unite(kept, merged)
    erased = {aliases.root(row["entity"]) for row in await connection.fetch(ERASED)}
    roots = sorted({aliases.root(row["entity"]) for row in await connection.fetch(STARTED)} - erased)
    for first in range(0, len(roots), AT_ONCE):
        some = roots[first : first + AT_ONCE]
        bodies = await fact_table.facts_of(connection, [member for root in some for member in aliases.members(root)])
        for root in some:
            facts = [body for member in aliases.members(root) for body in bodies.get(member, ())]
            yield root.removeprefix("citizen/"), decoded(facts)
