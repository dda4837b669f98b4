"""The stream that tells one open page when to look again: server-sent events without any content."""

import asyncio
import time
from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.desk.changes import Changes
from services.desk.door.access import Admitted, Worker, router
from services.desk.door.doorman import Doorman

BEAT_S = 3.0
APART_S = 1.0
"""The least time between two changes that a page is told of."""
RECONNECT_MS = 1000
LIFETIME_S = 600
ASK_EVERY_S = 20.0
MOST_TOPICS = 50
CLOCK = "clock"
"""The topic of a page that is about the moment itself: it looks again every few seconds."""

api = router()


@api.get("/changes", response_class=EventSourceResponse)
async def changes(request: Request, caller: Admitted, worker: Worker, about: str) -> AsyncIterator[ServerSentEvent]:
    """``changed`` when what the page is about has changed; ``beat`` every few seconds, which says whether we hear."""
    heard: Changes = request.app.state.changes
    doorman: Doorman = request.app.state.doorman
    began = asked = time.monotonic()
    topics = [topic for topic in about.split(",") if topic][:MOST_TOPICS]
    with heard.open(worker.municipalities, topics) as page:
        yield ServerSentEvent(event="beat", raw_data=_state(heard), retry=RECONNECT_MS)
        while not page.over:
            try:
                async with asyncio.timeout(BEAT_S):
                    await page.changed.wait()
            except TimeoutError:
                yield ServerSentEvent(event="changed" if CLOCK in topics else "beat", raw_data=_state(heard))
            else:
                page.changed.clear()
                if not page.over:
                    yield ServerSentEvent(event="changed", raw_data=_state(heard))
                    await asyncio.sleep(APART_S)
            now = time.monotonic()
            if now - asked > ASK_EVERY_S:
                if now - began > LIFETIME_S or not await doorman.still_in(caller):
                    return
                asked = now


def _state(heard: Changes) -> str:
    return "live" if heard.following else "away"
