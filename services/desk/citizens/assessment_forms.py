"""What is done on a citizen's page that assessment keeps: tests with the links to them, and gaps to jobs."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.desk.citizens import codes
from services.desk.citizens.folder import Folder, TheFolder
from services.desk.citizens.told import days
from services.desk.door.access import router
from services.desk.door.callers import CaseworkerOrMentor
from services.desk.door.doorman import Doorman
from services.desk.reference import reference
from shared.problems import Problem

api = router()


@api.post("/borgere/{citizen_id}/test")
async def offer_test(request: Request, folder: TheFolder, caller: CaseworkerOrMentor) -> Response:
    """She is offered a test: a page with the link to hand over, which is shown this once."""
    body = folder.typed("test", "purpose", "profile_id", flags=("assisted",))
    if folder.sheet.sent.get("test_accessible"):
        body["accessible"] = True
    try:
        offered = await folder.sheet.send("assessment", f"{folder.at}/sessions", body)
    except Problem as problem:
        return await folder.refused(problem, "test")
    return _link_page(request, folder, offered["link"], purpose=codes.PURPOSES.get(body.get("purpose", ""), ""))


@api.post("/borgere/{citizen_id}/test/{test_id}/link")
async def give_link(request: Request, folder: TheFolder, test_id: UUID, caller: CaseworkerOrMentor) -> Response:
    """A new link to a test that is not over; those given before hold no more."""
    try:
        link = await folder.sheet.send("assessment", f"/sessions/{test_id}/links", {"replace": True})
    except Problem as problem:
        return await folder.refused(problem, "test")
    return _link_page(request, folder, link, purpose="Et nyt link. De links, borgeren fik før, virker ikke mere.")


@api.post("/borgere/{citizen_id}/afstand")
async def find_gap(folder: TheFolder, caller: CaseworkerOrMentor) -> Response:
    """What was measured is held against a job."""
    body = folder.typed("afstand", "profile_id")
    return await folder.act("afstand", "assessment", f"{folder.at}/gaps", body, said="afstand-fundet")


def _link_page(request: Request, folder: Folder, link: dict[str, Any], *, purpose: str) -> Response:
    """The link stands on the page and in no address of ours: whoever has it can sit the test."""
    doorman: Doorman = request.app.state.doorman
    return folder.sheet.html(
        "citizens/test_link.html",
        citizen_id=folder.citizen_id,
        reference=reference(folder.citizen_id),
        address=f"{doorman.address(request)}/assessment{link['page']}",
        expires=days(link["expires"]),
        purpose=purpose,
    )
