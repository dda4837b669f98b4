"""What is done on a citizen's page that intake keeps: barriers, referrals, visits, changes, leaving."""

from uuid import UUID

from starlette.responses import Response

from services.desk.citizens import units
from services.desk.citizens.folder import TheFolder
from services.desk.door.access import router
from services.desk.door.callers import Caseworker, CaseworkerOrMentor
from shared.contracts.vocabulary import BarrierKind

api = router()


@api.post("/borgere/{citizen_id}/barriere")
async def record_barrier(folder: TheFolder, caller: CaseworkerOrMentor) -> Response:
    """Something stands in her way."""
    body = folder.typed("barriere", "kind", "severity")
    return await folder.act("barriere", "intake", f"{folder.at}/barriers", body, said="barriere-noteret")


@api.post("/borgere/{citizen_id}/barriere/{kind}/ryd")
async def clear_barrier(folder: TheFolder, kind: BarrierKind, caller: CaseworkerOrMentor) -> Response:
    """It does no more."""
    return await folder.act("barriere", "intake", f"{folder.at}/barriers/{kind}/clear", said="barriere-ryddet")


@api.post("/borgere/{citizen_id}/henvisning")
async def refer(folder: TheFolder, caller: Caseworker) -> Response:
    """She is referred to an offer."""
    body = folder.typed("henvisning", "offer", "reason", "due", "course_id", "replaces")
    return await folder.act("henvisning", "intake", f"{folder.at}/referrals", body, said="henvist")


@api.post("/borgere/{citizen_id}/henvisning/{referral_id}/svar")
async def answer_referral(folder: TheFolder, referral_id: UUID, caller: CaseworkerOrMentor) -> Response:
    """What came of a referral."""
    form = f"svar-{referral_id}"
    body = folder.typed(form, "answer", "reason")
    return await folder.act(form, "intake", f"/referrals/{referral_id}/answer", body, said="henvisning-besvaret")


@api.post("/borgere/{citizen_id}/besog/{visit_id}/fortryd")
async def void_visit(folder: TheFolder, visit_id: UUID, caller: CaseworkerOrMentor) -> Response:
    """A visit of hers was registered by mistake."""
    form = f"fortryd-{visit_id}"
    body = folder.typed(form, "reason")
    return await folder.act(form, "intake", f"/visits/{visit_id}/void", body, said="besog-fortrudt")


@api.post("/borgere/{citizen_id}/aendring")
async def change_citizen(folder: TheFolder, caller: Caseworker) -> Response:
    """Something else is known of her from a day on."""
    body = folder.typed("aendring", "valid_from", "target_group", "education_level", "unemployed_since", "device")
    for flag in ("academic", "protected"):
        if chosen := folder.sheet.sent.get(f"aendring_{flag}"):
            body[flag] = chosen == "ja"
    if (unit := units.typed(folder.sheet.sent, "aendring_")) is not None:
        body["unit"] = unit
    return await folder.act("aendring", "intake", f"{folder.at}/changes", body, said="borger-aendret")


@api.post("/borgere/{citizen_id}/afmelding")
async def deregister_citizen(folder: TheFolder, caller: Caseworker) -> Response:
    """She has left the jobcenter."""
    body = folder.typed("afmelding", "reason", "on")
    return await folder.act("afmelding", "intake", f"{folder.at}/departure", body, said="borger-afmeldt")
