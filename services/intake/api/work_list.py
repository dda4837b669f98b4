"""The work list: the municipality's citizens, those to act on first."""

from datetime import timedelta
from typing import Annotated

from fastapi import Query

from services.intake import work_list
from services.intake.work_list import MOST, Presence, ReferralState, Sorting, WorkList
from shared.clock import danish_day
from shared.contracts.vocabulary import BarrierKind, TargetGroup
from shared.web import Principal, Role, Tx, allow, router

ONE_LOOK = timedelta(minutes=10)
"""An open list is told anew whenever somebody's case moves; that is no new look at everybody else."""

api = router()


@api.get("/citizens")
async def list_citizens(
    tx: Tx,
    caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)],
    target_group: Annotated[TargetGroup | None, Query(description="Only this target group.")] = None,
    barrier: Annotated[BarrierKind | None, Query(description="Only with this barrier open.")] = None,
    referral: Annotated[
        ReferralState | None,
        Query(description="Only who has a referral without an answer (overdue: its day has passed), or none at all."),
    ] = None,
    presence: Annotated[Presence, Query(description="Who is at the jobcenter, who has left, or all.")] = "here",
    reference: Annotated[
        str | None,
        Query(
            pattern="^[0-9a-f]{8}$",
            description="Only whose id, or one merged into it, ends so: the short reference that people write.",
        ),
    ] = None,
    unit: Annotated[
        str | None,
        Query(
            max_length=60,
            pattern=r"^[^\x00]*$",
            description="Only this unit (afdeling); empty: only who belongs to none.",
        ),
    ] = None,
    sort: Annotated[
        Sorting,
        Query(description="Longest unemployed first, newest first, or by the day that the first open referral is due."),
    ] = "longest",
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many to list. The read of each is logged.")] = 50,
    after: Annotated[
        str | None, Query(max_length=60, description="`next` of the page before; the same filters and sorting go on.")
    ] = None,
) -> WorkList:
    """Your municipality's citizens, a page at a time. Who was erased, or merged into another id, is not there."""
    asked = work_list.Asked(
        municipality=caller.municipality,
        today=danish_day(tx.now),
        target_group=target_group,
        barrier=barrier,
        referral=referral,
        presence=presence,
        reference=reference,
        unit=unit,
        sort=sort,
    )
    told = await work_list.work_list(tx, asked, limit=limit, after=work_list.cursor(after))
    await tx.log_reads([citizen.citizen_id for citizen in told.citizens], "work list", once_in=ONE_LOOK)
    return told


@api.get("/units")
async def list_units(tx: Tx, caller: Annotated[Principal, allow(Role.CASEWORKER, Role.EMENTOR)]) -> list[str]:
    """The units (afdelinger) that your municipality's citizens belong to today. A new one is simply named."""
    return await work_list.units(tx, caller.municipality, danish_day(tx.now))
