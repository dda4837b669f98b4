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
MINUTE = "minute"
"""The topic of a page that says how long ago something was: it looks again every minute although nothing happened."""
MINUTE_S = 60.0

api = router()


@api.get("/changes", response_class=EventSourceResponse)
async def changes(request: Request, caller: Admitted, worker: Worker, about: str) -> AsyncIterator[ServerSentEvent]:
    """``changed`` when what the page is about has changed; ``beat`` every few seconds, which says whether we hear."""
    heard: Changes = request.app.state.changes
    doorman: Doorman = request.app.state.doorman
    began = asked = told = time.monotonic()
    topics = [topic for topic in about.split(",") if topic][:MOST_TOPICS]
    with heard.open(worker.municipalities, topics) as page:
        if MINUTE in topics:
            page.changed.set()  # a signal may have come while the page was on its way, and nobody keeps signals
        yield ServerSentEvent(event="beat", raw_data=_state(heard), retry=RECONNECT_MS)
        while not page.over:
            try:
                async with asyncio.timeout(BEAT_S):
                    await page.changed.wait()
            except TimeoutError:
                yield ServerSentEvent(event="beat", raw_data=_state(heard))
            now = time.monotonic()
            a_minute_on = MINUTE in topics and now - told > MINUTE_S
            if (page.changed.is_set() or a_minute_on) and not page.over:
                page.changed.clear()
                told = now
                yield ServerSentEvent(event="changed", raw_data=_state(heard))
                await asyncio.sleep(APART_S)
            if now - asked > ASK_EVERY_S:
                if now - began > LIFETIME_S or not await doorman.still_in(caller):
                    return
                asked = now


def _state(heard: Changes) -> str:
    return "live" if heard.following else "away"
