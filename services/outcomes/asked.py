"""What is asked for: one indicator as of a day, under a cut, in one municipality."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.outcomes.effect_queries import figures_of
from services.outcomes.projection.at_hand import AtHand
from shared.persistence.connection import Connection


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a reader; ``known`` leaves out what was recorded after that day.

    ``at_hand`` has the answers of this process at hand, where it has a projector.
    """

    indicator: str
    as_of: date
    by: tuple[str, ...]
    window: int
    municipality: str
    known: date | None = None
    at_hand: AtHand | None = field(default=None, repr=False, compare=False)

    async def figures(self, connection: Connection) -> list[dict[str, Any]]:
        """The true figure rows. Raises Invalid, with the allowed values, when it cannot be answered."""
        return await figures_of(
            connection,
            indicator=self.indicator,
            as_of=self.as_of,
            by=self.by,
            window=self.window,
            municipality=self.municipality,
            known=self.known,
            at_hand=self.at_hand,
        )
