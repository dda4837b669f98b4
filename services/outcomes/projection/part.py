"""Parts: how several workers share all histories, so that the sum of what they count is what one would count.

A part is a number that follows from an entity's name alone, the same in every process and in SQL. All ids of a citizen
belong to the part of the root that her history is kept under, so no history is counted in pieces, and cells are sums:
adding up the parts' cells is all there is to merge. Courses and cohorts give no cells, so they are nobody's; what is
kept of erased citizens is no history, and is added once.
"""

from dataclasses import dataclass
from zlib import crc32

from services.outcomes.projection.aliases import Aliases

IN_SQL = "crc32(convert_to(entity, 'UTF8')) % {of} = {number}"
"""``Part.names`` as PostgreSQL says it of a column ``entity``."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of ``of`` parts, by its number from 0. Raises ValueError when there is no such part."""

    number: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        """Refuse a part that does not exist."""
        if not 0 <= self.number < self.of:
            raise ValueError(f"of {self.of} parts none has the number {self.number}; the first is 0")

    def names(self, entity: str) -> bool:
        """Whether the name of an entity is of this part; an entity that was united with none is counted here then."""
        return crc32(entity.encode()) % self.of == self.number

    def strays(self, aliases: Aliases) -> list[str]:
        """United entities that are counted here although their name is of another part, or the other way round."""
        return [
            member for root, members in aliases.groups() for member in members if self.names(member) != self.names(root)
        ]


WHOLE = Part()
