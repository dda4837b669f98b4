"""Notices: which efforts were stopped, and who must be offered something else."""

from typing import Annotated

from fastapi import Query

from services.intake import notices
from shared.moment import Day
from shared.web import Principal, Role, Tx, allow, router

api = router()


@api.get("/notices")
async def list_notices(
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER)],
    since: Annotated[Day | None, Query(description="Only what was recorded on this day or later.")] = None,
) -> list[notices.NoticeView]:
    """Courses that were stopped or closed, the newest first, each with the citizens who wait for it.

    The read of each citizen is logged before it is answered.
    """
    told = await notices.notices(tx, caller.municipality, since)
    for citizen_id in sorted({referral.citizen_id for notice in told for referral in notice.referrals}):
        await tx.log_read(citizen_id, "notices")
    return told
