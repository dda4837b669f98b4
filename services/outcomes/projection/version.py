"""Version: which state the projector's tables are in, and what is read of them in one such state.

Whoever writes cells or facts of courses writes the checkpoint's row in the same transaction: the projector with every
batch, a recount, a rebuild. So the row's transaction (``xmin``) tells every two states apart; owner and time are there
for the day on which a database that lost its last half second gives out a transaction's number again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.outcomes.effect.cells import Cell
from services.outcomes.effect.references import READS as REFERENCES
from services.outcomes.effect.references import References
from services.outcomes.projection.cell_table import cell_from
from services.outcomes.projection.histories import decoded
from services.outcomes.projection.projector_table import VERSION
from shared.persistence.connection import Connection

Version = str
"""Equal versions are equal tables; it says nothing about which of two came first."""

STANDING = f"SELECT {VERSION} FROM projector WHERE partition = 0"
READ = f"""
SELECT {VERSION} AS key, NULL::bytea AS told, NULL::bigint AS n FROM projector WHERE partition = 0
UNION ALL SELECT key, NULL, n FROM cell WHERE kind = $1 AND municipality = $2
UNION ALL SELECT NULL, body, NULL FROM fact WHERE (entity ^@ 'course/' OR entity ^@ 'cohort/') AND type = ANY($3)
"""
"""One statement, so that all of it is of one moment."""


@dataclass(frozen=True, slots=True)
class Read:
    """The cells of a kind and municipality, and the facts of courses and cohorts, as they are in one version."""

    version: Version | None
    """None before the projector's first start."""
    rows: list[Any]

    def cells(self) -> Iterator[tuple[Cell, int]]:
        """Each cell with how often it counts. They are not all in memory at once: their keys are the smaller half."""
        return ((cell_from(key), n) for key, _, n in self.rows if n is not None)

    def references(self) -> References:
        """The courses and cohorts that the facts tell of."""
        return References.of(decoded(told for _, told, _ in self.rows if told is not None)).snapshot()


async def version_of(connection: Connection) -> Version | None:
    """The version of the tables as they are now; None before the projector's first start."""
    version: Version | None = await connection.fetchval(STANDING)
    return version


async def read(connection: Connection, kind: str, municipality: str) -> Read:
    """Everything that the figures of a kind of cells are made of."""
    rows = await connection.fetch(READ, kind, municipality, sorted(REFERENCES))
    version = next((key for key, told, n in rows if told is None and n is None), None)
    return Read(version, rows)
