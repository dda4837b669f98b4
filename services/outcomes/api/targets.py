"""Targets: set the X of T1-T4 in a period, and read what holds."""

from typing import Annotated

from fastapi import Query

from services.outcomes import queries, views
from services.outcomes.answers import TargetRecorded
from services.outcomes.commands import SetTarget
from services.outcomes.rules.targets import set_target
from shared.contracts.vocabulary import Text
from shared.moment import moment
from shared.web import Principal, Role, Tx, allow, router

api = router()
Reader = Annotated[
    Principal, allow(Role.MANAGER, Role.ANALYST, Role.CASEWORKER, Role.EMENTOR, Role.COMPANY_DESK, Role.SYSTEM)
]


@api.post("/targets")
async def record_target(
    command: SetTarget, tx: Tx, caller: Annotated[Principal, allow(Role.MANAGER, Role.SYSTEM)]
) -> TargetRecorded:
    """Set the target of an indicator in a period, or set it anew."""
    at = moment(command.happened, tx.now)
    standing = await queries.target(tx, caller.municipality, command.indicator, command.period)
    event = set_target(command, municipality=caller.municipality, standing=standing)
    await tx.expect(event.subject)
    version = await tx.append(event, happened=at.time)
    return TargetRecorded(indicator=event.indicator, period=event.period, value=event.value, version=version)


@api.get("/targets")
async def list_targets(
    tx: Tx, caller: Reader, period: Annotated[Text | None, Query(examples=["2026"], max_length=7)] = None
) -> list[views.targets.TargetView]:
    """The municipality's targets, of one period or of all."""
    return await views.targets.targets(tx, caller.municipality, period)
