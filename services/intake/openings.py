"""Sites that are open for check-in today, and who waits there: what commands write and read of it.

None of it is an event: that somebody waits has not become a fact about the municipality's work yet. So it is kept for
the day and no longer (closing.py), and nothing in it says who anybody is.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.intake.rules.check_in import CheckIn, Opening, State
from shared.persistence import Transaction
from shared.problems import NotFound

OPENING = """
    SELECT o.opening_id, o.municipality, o.site, o.day, o.last_number,
        (SELECT count(*) FROM check_in AS c WHERE c.opening_id = o.opening_id AND c.state = 'waiting') AS waiting
    FROM opening AS o WHERE o.opening_id = $1 AND o.municipality = $2
"""


class CheckInView(BaseModel):
    """Somebody who waits, or did."""

    check_in_id: UUID
    number: int
    themes: list[str] = Field(description="Codes of what she wants help with; empty when she did not say.")
    been_before: bool | None = Field(description="Whether she has been at a workshop before; null when not said.")
    at: datetime = Field(description="When she checked in.")
    by_phone: bool = Field(description="Whether she did it on her own phone.")
    state: State = Field(description="Whether she waits, was helped, or went without help.")


class LinkView(BaseModel):
    """The signed link that the QR code at the door holds."""

    page: str = Field(description="Address of the check-in page, below the service's own.")
    expires: datetime


class OpeningView(BaseModel):
    """A site that is open for check-in, and how its day goes."""

    opening_id: UUID
    site: str
    day: date
    link: LinkView
    waiting: list[CheckInView] = Field(description="Who waits, the first number first.")
    known: int = Field(description="Visits of known citizens at the site today.")
    anonymous: int = Field(description="Visits of people who are not known at the site today.")
    gone: int = Field(description="How many went without help.")


def unknown() -> NotFound:
    """There is no such opening here, or its day is over."""
    return NotFound(
        "opening-unknown", "No such site is open in your municipality today", "Open the site: POST /openings."
    )


async def open_site(tx: Transaction, municipality: str, site: str, day: date) -> UUID:
    """The opening of the site on the day, made if there is none; a known site keeps its way of writing."""
    known = await tx.fetchval(
        """
        SELECT site FROM (
            SELECT site, day FROM visit WHERE municipality = $1 AND voided IS NULL UNION ALL
            SELECT site, day FROM opening WHERE municipality = $1
        ) AS used WHERE lower(site) = lower($2) ORDER BY site = $2 DESC, day DESC LIMIT 1
        """,
        municipality,
        site,
    )
    opening_id: UUID = await tx.fetchval(
        """
        INSERT INTO opening (opening_id, municipality, site, day, last_number) VALUES ($1, $2, $3, $4, 0)
        ON CONFLICT ON CONSTRAINT opening_once DO UPDATE SET site = excluded.site RETURNING opening_id
        """,
        tx.new_id(),
        municipality,
        known or site,
        day,
    )
    return opening_id


async def opening(tx: Transaction, opening_id: UUID, municipality: str, *, locked: bool = False) -> Opening:
    """The opening; ``locked`` until the commit, so that two numbers follow each other. Raises NotFound."""
    if locked:
        await tx.execute("SELECT FROM opening WHERE opening_id = $1 FOR UPDATE", opening_id)
    row = await tx.fetchrow(OPENING, opening_id, municipality)
    if row is None:
        raise unknown()
    return Opening(**row)


async def opening_at(tx: Transaction, municipality: str, site: str, day: date) -> UUID | None:
    """The id of the site's opening on a day, if it has one."""
    found: UUID | None = await tx.fetchval(
        "SELECT opening_id FROM opening WHERE municipality = $1 AND site = $2 AND day = $3", municipality, site, day
    )
    return found


async def given(tx: Transaction, opening_id: UUID, form: UUID) -> CheckInView | None:
    """What was given for a page that was sent before."""
    row = await tx.fetchrow("SELECT * FROM check_in WHERE opening_id = $1 AND form = $2", opening_id, form)
    return None if row is None else CheckInView.model_validate(dict(row))


async def own(tx: Transaction, opening_id: UUID, check_in_id: UUID) -> CheckInView | None:
    """A check-in of this opening."""
    row = await tx.fetchrow(
        "SELECT * FROM check_in WHERE opening_id = $1 AND check_in_id = $2", opening_id, check_in_id
    )
    return None if row is None else CheckInView.model_validate(dict(row))


async def give(
    tx: Transaction,
    at: Opening,
    number: int,
    form: UUID,
    themes: Sequence[str],
    *,
    been_before: bool | None,
    by_phone: bool,
) -> CheckInView:
    """Somebody waits with this number."""
    await tx.execute("UPDATE opening SET last_number = $2 WHERE opening_id = $1", at.opening_id, number)
    row = await tx.fetchrow(
        """
        INSERT INTO check_in (check_in_id, opening_id, number, form, themes, been_before, at, by_phone, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting') RETURNING *
        """,
        tx.new_id(),
        at.opening_id,
        number,
        form,
        list(themes),
        been_before,
        tx.now,
        by_phone,
    )
    assert row is not None
    return CheckInView.model_validate(dict(row))


async def check_in(tx: Transaction, check_in_id: UUID, municipality: str) -> CheckIn:
    """The check-in, locked until the commit. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT c.check_in_id, c.opening_id, c.state FROM check_in AS c JOIN opening AS o USING (opening_id)"
        " WHERE c.check_in_id = $1 AND o.municipality = $2 FOR UPDATE OF c",
        check_in_id,
        municipality,
    )
    if row is None:
        raise NotFound(
            "check-in-unknown",
            "No such check-in in your municipality today",
            "Check-ins are kept for their day only; read the opening again.",
        )
    return CheckIn(**row)


async def settle(tx: Transaction, one: CheckIn, state: str) -> None:
    """She waits no more."""
    await tx.execute("UPDATE check_in SET state = $2 WHERE check_in_id = $1", one.check_in_id, state)


async def settle_all(tx: Transaction, opening_id: UUID) -> None:
    """Nobody waits any more: whoever still did went."""
    await tx.execute("UPDATE check_in SET state = 'gone' WHERE opening_id = $1 AND state = 'waiting'", opening_id)


async def before(tx: Transaction, opening_id: UUID, number: int) -> int:
    """How many wait with a smaller number."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM check_in WHERE opening_id = $1 AND state = 'waiting' AND number < $2", opening_id, number
    )
    return count


async def view(tx: Transaction, at: Opening, link: LinkView) -> OpeningView:
    """The opening with who waits and how many were there."""
    rows = await tx.fetch(
        "SELECT * FROM check_in WHERE opening_id = $1 AND state = 'waiting' ORDER BY number", at.opening_id
    )
    counts = await tx.fetchrow(
        "SELECT count(citizen_id) AS known, count(*) - count(citizen_id) AS anonymous,"
        " (SELECT count(*) FROM check_in WHERE opening_id = $4 AND state = 'gone') AS gone"
        " FROM visit WHERE municipality = $1 AND day = $2 AND site = $3 AND voided IS NULL",
        at.municipality,
        at.day,
        at.site,
        at.opening_id,
    )
    assert counts is not None
    waiting = [CheckInView.model_validate(dict(row)) for row in rows]
    return OpeningView(opening_id=at.opening_id, site=at.site, day=at.day, link=link, waiting=waiting, **counts)
