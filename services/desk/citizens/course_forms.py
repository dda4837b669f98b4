"""What is done on a citizen's page that courses keeps: invitations, enrolments, answers, withdrawals."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.desk.citizens.folder import TheFolder
from services.desk.door.access import router
from services.desk.door.callers import Caseworker
from shared.problems import Invalid

api = router()


@api.post("/borgere/{citizen_id}/hold")
async def join_cohort(folder: TheFolder, caller: Caseworker) -> Response:
    """She is invited to a cohort, or enrolled on it, as the button says."""
    cohort_id = folder.sheet.sent.get("hold_cohort_id", "")
    try:
        cohort = f"/cohorts/{UUID(cohort_id)}"
    except ValueError:
        return await folder.refused(Invalid("cohort-missing", "No cohort was chosen"), "hold")
    if folder.sheet.sent.get("act") == "inviter":
        body = {"citizen_ids": [folder.citizen_id]}
        return await folder.act("hold", "courses", f"{cohort}/invitations", body, said=_invited)
    return await folder.act(
        "hold", "courses", f"{cohort}/enrolments", {"citizen_id": folder.citizen_id}, said=_enrolled
    )


@api.post("/borgere/{citizen_id}/invitation/{cohort_id}/svar")
async def answer_invitation(folder: TheFolder, cohort_id: UUID, caller: Caseworker) -> Response:
    """She says yes or no to an invitation."""
    form = f"invitation-{cohort_id}"
    path = f"/cohorts/{cohort_id}/invitations/{folder.citizen_id}/answer"
    body = folder.typed(form, "reason") | {"answer": folder.sheet.sent.get("act", "")}
    return await folder.act(form, "courses", path, body, said="invitation-besvaret")


@api.post("/borgere/{citizen_id}/tilmelding/{enrolment_id}/tag-imod")
async def accept_seat(folder: TheFolder, enrolment_id: UUID, caller: Caseworker) -> Response:
    """She takes the seat that is offered."""
    path = f"/enrolments/{enrolment_id}/accept"
    return await folder.act(f"tilmelding-{enrolment_id}", "courses", path, said="plads-taget-imod")


@api.post("/borgere/{citizen_id}/tilmelding/{enrolment_id}/meld-fra")
async def give_up_seat(folder: TheFolder, enrolment_id: UUID, caller: Caseworker) -> Response:
    """She gives up a seat, an offered seat or a place in line."""
    form = f"tilmelding-{enrolment_id}"
    path = f"/enrolments/{enrolment_id}/withdraw"
    return await folder.act(form, "courses", path, folder.typed(form, "reason"), said="meldt-fra")


def _invited(answer: Any) -> str:
    return "inviteret" if answer["citizen_ids"] else "inviteret-foer"


def _enrolled(answer: Any) -> str:
    return "tilmeldt" if answer["status"] == "enrolled" else "paa-venteliste"
