"""Where an effort is: its page acts for that of the caller's municipalities which holds it.

The first page shows the efforts of all of them, and everything else is done for the one that her token names first.
"""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.desk.hub import Hub
from services.desk.sheet import Sheet, TheSheet


def _where_it_is(course_id: UUID, request: Request, sheet: TheSheet) -> Sheet:
    hub: Hub = request.app.state.hub
    for municipality in sheet.municipalities:
        if hub.shown(f"effort.{municipality}.{course_id}") is not None:
            sheet.act_for(municipality)
            break
    return sheet


SheetOfEffort = Annotated[Sheet, Depends(_where_it_is)]


def _where_the_page_was(request: Request, sheet: TheSheet) -> Sheet:
    if municipality := request.query_params.get("kommune"):
        sheet.act_for(municipality)
    return sheet


SheetOfFile = Annotated[Sheet, Depends(_where_the_page_was)]
