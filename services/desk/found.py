"""The citizen that somebody means by what she typed: a reference, an id, or the address of the citizen's page."""

import re
from uuid import UUID

from services.desk import reference
from services.desk.sheet import Sheet
from shared.problems import Invalid, NotFound, Refused

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


async def citizen(sheet: Sheet, field: str) -> UUID:
    """The id of the citizen that was typed into a field. Raises the problem that says what to type instead."""
    typed = sheet.sent.get(field, "")
    if whole := ID.search(typed.lower()):
        return UUID(whole[0])
    ending = reference.read(typed)
    if ending is None:
        raise Invalid("reference-unreadable", "This is no reference", errors=[{"field": field}])
    told = await sheet.read("intake", "/citizens", reference=ending, presence="all")
    found = [one["citizen_id"] for one in told["citizens"]]
    if len(found) > 1:
        raise Refused("reference-ambiguous", "Several citizens have this reference")
    if not found:
        raise NotFound("citizen-unknown", "No such citizen in your municipality")
    return UUID(found[0])
