"""The log asked of all services at once; one that does not answer is named, and the others are shown."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.desk.access_log.asked import Asked
from services.desk.access_log.merged import OVER, Entry, Page, merged
from services.desk.labels import SERVICES
from services.desk.sheet import Sheet
from shared.problems import NotFound, Unavailable

AT_ONCE = 50
IN_A_FILE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the log, and the services that did not answer."""

    page: Page
    away: Sequence[str]
    citizen_ids: Sequence[UUID] = ()
    """All ids that she is or was known under, which the log has all the same: first the one she goes by."""


async def page(sheet: Sheet, asked: Asked, before: dict[str, int], limit: int = AT_ONCE) -> Found:
    """A page of the log, behind these places."""
    first, last = asked.days
    days = {"from": first, "to": last}
    wanted = [service for service in SERVICES if before.get(service) != OVER]
    answers = await asyncio.gather(
        *(
            _read(
                sheet,
                service,
                "/access-log",
                citizen_id=asked.citizen_id,
                limit=limit,
                after=before.get(service),
                **days,
            )
            for service in wanted
        )
    )
    heard = {service: answer for service, answer in zip(wanted, answers, strict=True) if answer is not None}
    away = [service for service in wanted if service not in heard]
    ids = dict.fromkeys(UUID(one) for answer in heard.values() for one in answer["citizen_ids"])
    return Found(merged(heard, before, limit), away, list(ids))


async def whole(sheet: Sheet, asked: Asked) -> Found:
    """All of the log, for a file or for paper. A service that does not answer is named, not left out in silence."""
    entries, places, away, ids = list[Entry](), dict[str, int](), set[str](), dict[UUID, None]()
    while True:
        found = await page(sheet, asked, places | dict.fromkeys(away, OVER), IN_A_FILE)
        entries += found.page.entries
        places, away, ids = dict(found.page.places), away | set(found.away), ids | dict.fromkeys(found.citizen_ids)
        if found.page.is_last:
            return Found(Page(entries, places, is_last=True), sorted(away), list(ids))


async def meant(sheet: Sheet, asked: Asked) -> UUID:
    """Whom a reference means. Raises NotFound, with ``citizen_ids`` when it means several."""
    digits = asked.last_digits
    answers = await asyncio.gather(
        *(_read(sheet, service, "/access-log/citizens", reference=digits) for service in SERVICES)
    )
    if all(answer is None for answer in answers):
        raise Unavailable("service-away", "No service answers", "Try again in a moment.")
    citizens = sorted({citizen for answer in answers if answer for citizen in answer["citizen_ids"]})
    if len(citizens) != 1:
        code = "access-log-several" if citizens else "access-log-nobody"
        raise NotFound(code, "The reference means nobody, or several", citizen_ids=citizens)
    return UUID(citizens[0])


async def _read(sheet: Sheet, service: str, path: str, **params: Any) -> Any:
    """None when the service does not answer."""
    try:
        return await sheet.read(service, path, **params)
    except Unavailable:
        return None
