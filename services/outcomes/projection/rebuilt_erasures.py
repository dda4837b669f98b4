"""Erasures in a rebuild: what was kept of the erased is taken over, never counted again.

The living tables are the truth about those whom the living projector erased: the stream may have nothing of them any
more. Only who is erased by what the stream says, and by no living table, is counted from what stood before in the
stream: in a fresh database that is everybody. The facts of these stay until the swap, because the living projector may
erase them, too, meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.contributions import MERGED, merged
from services.outcomes.effect.fact import Fact
from services.outcomes.projection import cell_table, fact_table, kept
from services.outcomes.projection.aliases import Aliases
from services.outcomes.projection.counting import Counting
from services.outcomes.projection.erased import ERASED, Erased, filed
from services.outcomes.projection.histories import decoded, joined
from services.outcomes.projection.recount import breaking_of
from shared.persistence.connection import Connection

MARKS = (ERASED, MERGED)
AT_ONCE = 1000
TAKE_OVER = """
INSERT INTO public.erased SELECT entity FROM rebuild.erased ON CONFLICT DO NOTHING;
INSERT INTO public.kept_cell AS k SELECT key, layout, n FROM rebuild.kept_cell
ON CONFLICT (key, layout) DO UPDATE SET n = k.n + excluded.n;
DELETE FROM public.kept_cell WHERE n = 0;
"""


@dataclass(frozen=True, slots=True)
class Living:
    """Whom the living projector has erased, and what they count."""

    erased: frozenset[str]
    cells: dict[Cell, int]


async def living_of(connection: Connection) -> Living:
    """The living projector's, of one moment."""
    return Living(frozenset(await kept.erased(connection)), await kept.cells(connection))


class Reading:
    """The stream as it is read: who was united, and who was erased."""

    def __init__(self, living: Living) -> None:
        self.aliases, self.erased = Aliases(), Erased(living.erased)
        self.groups: list[list[str]] = []
        """The ids of each history that the stream erases, but for those that the living projector had erased."""

    def rows(self, fact: Fact) -> list[fact_table.FactRow]:
        """The rows of the next fact of the stream; raises what ``UNCOUNTABLE`` lists."""
        if fact.type not in MARKS:
            return filed(fact, self.erased)
        if self.erased.met_by(fact):
            self.groups.append(self.erased.erase(fact, self.aliases))
        rows = filed(fact, self.erased)
        pair = merged(fact)
        if pair is not None and not self.erased.concerns(fact):
            self.aliases.unite(*pair)
        return rows


async def count_erased(connection: Connection, reading: Reading, living: Living) -> None:
    """Add what was kept, and keep what the histories count that are erased here."""
    await cell_table.add_cells(connection, living.cells)
    for first in range(0, len(reading.groups), AT_ONCE):
        groups = reading.groups[first : first + AT_ONCE]
        counted = await _counted(connection, groups)
        await cell_table.add_cells(connection, counted)
        await kept.keep(connection, counted)
        await kept.note(connection, [member for group in groups for member in group])


async def catch_up(connection: Connection, reading: Reading, before: Living) -> None:
    """Whom the living projector erased since ``before`` counts as it says; nobody commits meanwhile."""
    now = await living_of(connection)
    since = now.erased - before.erased
    ours = {member: group for group in reading.groups for member in group}
    groups = {
        tuple(ours.get(entity) or reading.aliases.members(reading.aliases.root(entity))) for entity in sorted(since)
    }
    for group in sorted(groups):
        rest = [member for member in group if member not in since]
        difference = _less(await _counted(connection, [rest]), await _counted(connection, [group]))
        await cell_table.add_cells(connection, difference)
        if group[0] in ours:
            await kept.keep(connection, difference)
    await cell_table.add_cells(connection, _less(now.cells, before.cells))
    await _forget(connection, sorted(since))


async def take_over(connection: Connection, reading: Reading) -> None:
    """Put what is kept here to what is kept already, and forget the histories of which it is."""
    await _forget(connection, [member for group in reading.groups for member in group])
    await connection.execute(TAKE_OVER)


async def _forget(connection: Connection, members: Sequence[str]) -> None:
    for first in range(0, len(members), AT_ONCE):
        some = members[first : first + AT_ONCE]
        bodies = await fact_table.facts_of(connection, list(some))
        await kept.forget(connection, some, decoded(body for of_member in bodies.values() for body in of_member))


async def _counted(connection: Connection, groups: Iterable[Sequence[str]]) -> dict[Cell, int]:
    """The cells of these histories, each of all its ids; a fact that breaks its history is left out."""
    named = [group for group in groups if group]
    while True:
        facts = await fact_table.facts_of(connection, [member for group in named for member in group])
        counting = Counting(Aliases())
        for group in named:
            counting.take([(group[0], joined(body for member in group for body in facts.get(member, ())))])
        counting.finish()
        if not counting.uncountable:
            return counting.cells
        uncountable = [group for group in named if group[0] in counting.uncountable]
        broken = [fact for group in uncountable for fact in await breaking_of(connection, group)]
        await connection.execute("DELETE FROM fact WHERE event_id = ANY($1)", broken)


def _less(one: dict[Cell, int], other: dict[Cell, int]) -> dict[Cell, int]:
    difference = dict(one)
    for cell, count in other.items():
        difference[cell] = difference.get(cell, 0) - count
    return difference
