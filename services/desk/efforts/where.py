"""Where an effort is: its page acts for that of the caller's municipalities which holds it.

The first page shows the efforts of all of them, and everything else is done for the one that her token names first.
"""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.desk.hub import Hub
from services.desk.sheet import Sheet, TheSheet
from shared.problems import Unavailable


def holder(hub: Hub, municipalities: Sequence[str], course_id: UUID) -> str:
    """Which of the municipalities holds the effort: the first, where none has figures of it yet.

    Raises Unavailable while the desk has heard of no figures at all and so cannot tell.
    """
    for municipality in municipalities:
        if hub.shown(f"effort.{municipality}.{course_id}") is not None:
            return municipality
    if len(municipalities) > 1 and hub.standing.heard is None:
        raise Unavailable("figures-unheard", "The desk has just started and is fetching the figures", "Try again.")
    return municipalities[0]


def _where_it_is(course_id: UUID, request: Request, sheet: TheSheet) -> Sheet:
    sheet.act_for(holder(request.app.state.hub, sheet.municipalities, course_id))
    return sheet


SheetOfEffort = Annotated[Sheet, Depends(_where_it_is)]


def _where_the_page_was(request: Request, sheet: TheSheet) -> Sheet:
    if municipality := request.query_params.get("kommune"):
        sheet.act_for(municipality)
    return sheet


SheetOfFile = Annotated[Sheet, Depends(_where_the_page_was)]
