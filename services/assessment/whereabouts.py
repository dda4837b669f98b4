"""Who is at the jobcenter, by intake's events: these are the candidates.

Each reaction has a consumer of its own, so two events of one citizen may arrive in either order, and before it is told
that she was registered. ``here`` therefore keeps the version of the event that it stems from, and an older event
changes nothing.
"""

from datetime import date
from uuid import UUID

from shared.persistence import Transaction


async def came(tx: Transaction, citizen_id: UUID, version: int, since: date | None = None) -> None:
    """She is at the jobcenter: registered, or unemployed anew ``since`` a day that is not before the day she left."""
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, here, here_version) VALUES ($1, true, $2)
        ON CONFLICT (citizen_id) DO UPDATE SET here = true, here_version = excluded.here_version
        WHERE known.here_version < excluded.here_version
            AND (known.left_on IS NULL OR $3::date IS NULL OR known.left_on <= $3)
        """,
        citizen_id,
        version,
        since,
    )


async def left(tx: Transaction, citizen_id: UUID, version: int, on: date) -> None:
    """She is at the jobcenter no more."""
    await tx.execute(
        """
        INSERT INTO known_citizen AS known (citizen_id, here, here_version, left_on) VALUES ($1, false, $2, $3)
        ON CONFLICT (citizen_id) DO UPDATE SET left_on = greatest(known.left_on, excluded.left_on),
            here = known.here AND known.here_version > excluded.here_version,
            here_version = greatest(known.here_version, excluded.here_version)
        """,
        citizen_id,
        version,
        on,
    )
