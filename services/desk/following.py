"""The stream that tells one open page when to look again: server-sent events without any content."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.desk.changes import Changes
from services.desk.door.access import Admitted, router
from services.desk.door.callers import Anybody
from services.desk.door.doorman import Doorman

BEAT_S = 3.0
AWAY_BEAT_S = 0.5
"""While nothing is heard of changes: a page is told at once when that is over."""
APART_S = 1.0
"""The least time between two changes that a page is told of."""
RECONNECT_MS = 1000
LIFETIME_S = 600
ASK_EVERY_S = 20.0
MOST_TOPICS = 50
CLOCK, MINUTE = "clock", "minute"
"""Topics of pages that look again although nothing happened: about the moment itself, or saying how long ago it was."""
AGAIN_S = {CLOCK: BEAT_S, MINUTE: 60.0}

api = router()


@api.get("/changes", response_class=EventSourceResponse)
async def changes(
    request: Request,
    caller: Admitted,
    worker: Anybody,
    about: str,
    after: int = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """``changed`` when what the page is about has changed; ``beat`` every few seconds, which says whether we hear.

    ``after`` is the sequence up to which changes had been heard when the page was made.
    """
    heard: Changes = request.app.state.changes
    doorman: Doorman = request.app.state.doorman
    began = asked = told = time.monotonic()
    topics = [topic for topic in about.split(",") if topic][:MOST_TOPICS]
    again_s = min((AGAIN_S[topic] for topic in topics if topic in AGAIN_S), default=math.inf)
    if last_event_id is not None and last_event_id.isdecimal():
        after = int(last_event_id)
    with heard.open(worker.municipalities, topics, after) as page:
        await heard.ready(BEAT_S)
        yield _message("beat", heard)
        while not page.over:
            try:
                async with asyncio.timeout(BEAT_S if heard.following else min(BEAT_S, AWAY_BEAT_S)):
                    await page.changed.wait()
            except TimeoutError:
                yield _message("beat", heard)
            now = time.monotonic()
            if (page.changed.is_set() or now - told >= again_s) and not page.over:
                page.changed.clear()
                told = now
                yield _message("changed", heard)
                await asyncio.sleep(APART_S)
            if now - asked > ASK_EVERY_S:
                if now - began > LIFETIME_S or not await doorman.still_in(caller):
                    return
                asked = now


def _message(event: str, heard: Changes) -> ServerSentEvent:
    state = "live" if heard.following else "away"
    return ServerSentEvent(event=event, raw_data=state, id=str(heard.position), retry=RECONNECT_MS)
