"""Parking: what the projector cannot read or count is put aside with its body and the reason, and all else goes on."""

import json

import asyncpg
import structlog
from nats.aio.msg import Msg

from services.outcomes.effect.fact import Fact
from services.outcomes.projection.batch import UNCOUNTABLE
from shared.messaging.parked import ParkingLot

log = structlog.get_logger(__name__)

UNFOLDABLE = (
    *UNCOUNTABLE,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
)
"""What folding a fact raises when the fault is the fact's."""
REACTION = "projector"


class Parking:
    """Where the projector parks."""

    def __init__(self, lot: ParkingLot):
        self._lot = lot

    async def unreadable(self, message: Msg, why: ValueError) -> None:
        """Park a message that is no event."""
        await self._lot.park_malformed(REACTION, message.data, message.subject, str(why))
        log.error("event-malformed", reaction=REACTION, subject=message.subject)

    async def uncountable(self, fact: Fact, why: Exception) -> None:
        """Park a fact that breaks what counts it."""
        body = json.dumps({"id": fact.id, "type": fact.type, "subject": fact.subject, "data": fact.data}).encode()
        where = f"evt.{fact.municipality}.{fact.service}.{fact.type}.{fact.subject.partition('/')[2]}"
        await self._lot.park_malformed(REACTION, body, where, repr(why))
        log.error("event-unfoldable", event_id=fact.id, type=fact.type, error=type(why).__name__)
