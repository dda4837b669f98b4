"""Reads one citizen's events from the stream: the last token of an event's subject is the citizen's id.

Whoever asks has been let see the citizen by intake, which has logged it. The stream is a transport and may be away:
then there is no time line, and everything else is still there.
"""

import asyncio
from collections.abc import Iterable
from uuid import UUID

import structlog

from shared.contracts.envelope import Envelope
from shared.contracts.intake import CitizensMerged
from shared.messaging.bus import Bus
from shared.messaging.cloudevents import Malformed, decode
from shared.messaging.feed import Feed

log = structlog.get_logger(__name__)

WITHIN_S = 5.0
MOST_EVENTS = 3000
"""Of one citizen: more than a life at a jobcenter has; a limit for what a mistake could make of it."""
MOST_IDS = 50
"""Ids that were merged into one citizen."""


class Stories:
    """The events of one citizen at a time."""

    def __init__(self, bus: Bus, stream: str) -> None:
        self._bus, self._stream = bus, stream

    async def of(self, municipality: str, citizen_id: UUID) -> list[Envelope] | None:
        """All events of a citizen and of every id that was merged into hers; None when they cannot be read now."""
        if not self._bus.connected:
            return None
        try:
            async with asyncio.timeout(WITHIN_S):
                return await self._read(municipality, citizen_id)
        except Exception as failure:  # the library fails in many ways, and all the rest of the page needs no time line
            log.warning("story-unread", error=f"{type(failure).__name__}: {failure}")
            return None

    async def _read(self, municipality: str, citizen_id: UUID) -> list[Envelope]:
        found: dict[UUID, Envelope] = {}
        known, ahead = {str(citizen_id)}, [str(citizen_id)]
        while ahead and len(known) <= MOST_IDS:
            told = await self._events(tuple(f"evt.{municipality}.*.*.{one}" for one in ahead))
            found |= {envelope.id: envelope for envelope in told}
            ahead = sorted(_merged(told) - known)
            known.update(ahead)
        return list(found.values())

    async def _events(self, subjects: tuple[str, ...]) -> list[Envelope]:
        feed = Feed(self._bus, self._stream, subjects=subjects)
        try:
            waiting, events, read = await feed.open(), [], 0
            while read < min(waiting, MOST_EVENTS):
                for message in await feed.batch():
                    read += 1
                    try:
                        events.append(decode(message.data))
                    except Malformed as reason:
                        log.warning("story-event-malformed", reason=reason.reason)
            return events
        finally:
            await feed.close()


def _merged(events: Iterable[Envelope]) -> set[str]:
    return {str(one.data["merged_id"]) for one in events if one.type == CitizensMerged.type()}
