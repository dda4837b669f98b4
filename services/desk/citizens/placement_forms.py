"""What is done on a citizen's page that outcomes keeps: placements, agreed first or started at once."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk import decimals
from services.desk.citizens.folder import Folder, TheFolder
from services.desk.door.access import router
from services.desk.door.callers import Caseworker

api = router()
FACTS = ("kind", "company_id", "hours_per_week", "enrolment_id", "timing")


@api.post("/borgere/{citizen_id}/forloeb")
async def start_placement(folder: TheFolder, caller: Caseworker) -> Response:
    """She started at a company, without an agreement made here before."""
    body = _facts(folder, "begynd", *FACTS, "on", flags=("temp_agency",)) | {"citizen_id": folder.citizen_id}
    return await folder.act("begynd", "outcomes", "/placements", body, said="forloeb-begyndt")


@api.post("/borgere/{citizen_id}/forloeb/aftale")
async def agree_placement(folder: TheFolder, caller: Caseworker) -> Response:
    """She, a company and the jobcenter agreed on a placement to come."""
    body = _facts(folder, "aftale", *FACTS, "starts", "ends") | {"citizen_id": folder.citizen_id}
    return await folder.act("aftale", "outcomes", "/placements/agreed", body, said="forloeb-aftalt")


@api.post("/borgere/{citizen_id}/forloeb/{placement_id}/godkend")
async def approve_placement(folder: TheFolder, placement_id: UUID, caller: Caseworker) -> Response:
    """The agreement was approved."""
    form = f"godkend-{placement_id}"
    body = folder.typed(form, "approved_by")
    return await folder.act(form, "outcomes", f"/placements/{placement_id}/approve", body, said="forloeb-godkendt")


@api.post("/borgere/{citizen_id}/forloeb/{placement_id}/begynd")
async def start_agreed_placement(folder: TheFolder, placement_id: UUID, caller: Caseworker) -> Response:
    """What was agreed and approved began."""
    form = f"begynd-{placement_id}"
    body = folder.typed(form, "on")
    return await folder.act(form, "outcomes", f"/placements/{placement_id}/start", body, said="forloeb-begyndt")


@api.post("/borgere/{citizen_id}/forloeb/{placement_id}/slut")
async def end_placement(folder: TheFolder, placement_id: UUID, caller: Caseworker) -> Response:
    """It ended."""
    form = f"slut-{placement_id}"
    body = folder.typed(form, "on", "reason")
    return await folder.act(form, "outcomes", f"/placements/{placement_id}/end", body, said="forloeb-slut")


@api.post("/borgere/{citizen_id}/forloeb/{placement_id}/ret")
async def correct_placement(folder: TheFolder, placement_id: UUID, caller: Caseworker) -> Response:
    """Something was recorded wrongly; what is left as it was changes nothing."""
    form = f"ret-{placement_id}"
    body = _facts(folder, form, "kind", "company_id", "hours_per_week", "on", "reason", "temp_agency")
    return await folder.act(form, "outcomes", f"/placements/{placement_id}/correct", body, said="forloeb-rettet")


@api.post("/borgere/{citizen_id}/forloeb/{placement_id}/annuller")
async def void_placement(folder: TheFolder, placement_id: UUID, caller: Caseworker) -> Response:
    """It never was, or came to nothing."""
    form = f"annuller-{placement_id}"
    body = folder.typed(form, "reason")
    return await folder.act(form, "outcomes", f"/placements/{placement_id}/void", body, said="forloeb-annulleret")


def _facts(folder: Folder, form: str, *fields: str, flags: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a placement."""
    body = folder.typed(form, *fields, flags=flags)
    if hours := body.get("hours_per_week"):
        body["hours_per_week"] = decimals.read(hours)
    return body
