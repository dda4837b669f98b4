"""The stream of changes for one open page: server-sent events that carry the changed elements as HTML.

The event id is a cut of the hub (the revision in the bucket); a page that comes again names the last it got and is
sent what is newer. Every message also carries how fresh the figures are, and one comes every few seconds.
"""

import time
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Annotated

from fastapi import Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.desk import render
from services.desk.documents import Projection, card_of
from services.desk.door.access import Admitted, router
from services.desk.door.callers import OfFigures
from services.desk.door.doorman import Doorman
from services.desk.hub import Hub
from services.desk.signals import Changed, Cut, Gone

RECONNECT_MS = 1000
LIFETIME_S = 600  # then the page comes again, and is asked again who reads it
ASK_EVERY_S = 20.0
"""How often an open stream is asked whether its session goes on."""

api = router()


@api.get("/live", response_class=EventSourceResponse)
async def live(
    request: Request,
    reader: OfFigures,
    caller: Admitted,
    after: str | None = None,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """What is newer than the page, then every change as it comes."""
    hub: Hub = request.app.state.hub
    doorman: Doorman = request.app.state.doorman
    began = asked = time.monotonic()
    with hub.subscribed() as subscriber:
        yield _greeting(hub, reader.municipalities)
        since = Cut.read(last_event_id or after)
        for message in _cards(hub, _newest(hub.projections(since)), reader.municipalities):
            yield message
        async for signal in subscriber:
            now = time.monotonic()
            if now - asked > ASK_EVERY_S:
                if now - began > LIFETIME_S or not await doorman.still_in(caller):
                    return
                asked = now
            if isinstance(signal, Changed):
                for message in _cards(hub, [signal.projection], reader.municipalities):
                    yield message
            elif isinstance(signal, Gone):
                yield ServerSentEvent(raw_data=render.gone([signal.key]) + render.standing(hub.standing))
                left = hub.shown(card_of(signal.key))  # a card that has lost its second document
                for message in _cards(hub, [left] if left else [], reader.municipalities):
                    yield message
            else:
                yield ServerSentEvent(raw_data=render.standing(signal))


def _visible(projections: Iterable[Projection], municipalities: tuple[str, ...]) -> list[Projection]:
    return [projection for projection in projections if projection.municipality in municipalities]


def _newest(projections: list[Projection]) -> list[Projection]:
    """Of the projections of each card the one written last: its card shows them all."""
    by_card = {projection.card: projection for projection in projections}
    return sorted(by_card.values(), key=lambda projection: projection.revision)


def _greeting(hub: Hub, municipalities: tuple[str, ...]) -> ServerSentEvent:
    keys = [projection.key for projection in _visible(hub.projections(), municipalities)]
    return ServerSentEvent(raw_data=render.present(keys) + render.standing(hub.standing), retry=RECONNECT_MS)


def _cards(hub: Hub, projections: Iterable[Projection], municipalities: tuple[str, ...]) -> Iterator[ServerSentEvent]:
    """The card of each projection as it is now; none for a second document whose first has not come yet."""
    for projection in _visible(projections, municipalities):
        shown = hub.shown(projection.card)
        if shown is not None:
            html = render.fragment(shown, hub.beside(shown)).html + render.standing(hub.standing)
            yield ServerSentEvent(raw_data=html, id=str(hub.position(projection)))
