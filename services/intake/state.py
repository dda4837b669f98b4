"""How intake's events change its tables: the only code that writes them.

Not from its events come the CPR vault (vault.py), what reactions keep of courses (courses.py), and who waits at a
workshop today (openings.py).

Every function can be applied again in order and gives the same rows: an import, a rebuild and a command agree.
"""

import json
from datetime import datetime

from services.intake import standing
from shared.clock import danish_day
from shared.contracts.envelope import Envelope
from shared.contracts.intake import (
    BarrierRecorded,
    CitizenChanged,
    CitizenErased,
    CitizenLeft,
    CitizenRegistered,
    CitizensMerged,
    ReferralAnswered,
    ReferralMade,
    WorkshopVisited,
    WorkshopVisitVoided,
)
from shared.persistence import Appliers, Statement, Transaction


async def registered(tx: Transaction, event: CitizenRegistered, envelope: Envelope) -> None:
    """A citizen is here. One who comes back begins anew: what was known of an earlier spell holds no more."""
    await tx.execute(
        """
        INSERT INTO citizen (citizen_id, municipality, birth_year, registered_on) VALUES ($1, $2, $3, $4)
        ON CONFLICT (citizen_id) DO UPDATE SET birth_year = excluded.birth_year,
            registered_on = excluded.registered_on, left_on = NULL, left_reason = NULL
        """,
        event.citizen_id,
        event.municipality,
        event.birth_year,
        danish_day(envelope.time),
    )
    await tx.execute("DELETE FROM circumstances WHERE citizen_id = $1", event.citizen_id)
    await tx.execute(
        """
        INSERT INTO circumstances (citizen_id, version, valid_from, target_group, education_level, academic,
            unemployed_since, device, protected, unit)
        VALUES ($1, $2, '-infinity', $3, $4, $5, $6, $7, $8, $9)
        """,
        event.citizen_id,
        envelope.sequence,
        event.target_group,
        event.education_level,
        event.academic,
        event.unemployed_since,
        event.device,
        event.protected,
        event.unit,
    )
    await standing.renew(tx, event.citizen_id)


async def changed(tx: Transaction, event: CitizenChanged, envelope: Envelope) -> None:
    """Something else holds from a day on; a corrected year of birth always held."""
    await tx.execute(
        """
        INSERT INTO circumstances (citizen_id, version, valid_from, target_group, education_level, academic,
            unemployed_since, device, protected, unit)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (citizen_id, version) DO NOTHING
        """,
        event.citizen_id,
        envelope.sequence,
        event.valid_from,
        event.target_group,
        event.education_level,
        event.academic,
        event.unemployed_since,
        event.device,
        event.protected,
        event.unit,
    )
    await standing.renew(tx, event.citizen_id)
    if event.birth_year is not None:
        await tx.execute("UPDATE citizen SET birth_year = $2 WHERE citizen_id = $1", event.citizen_id, event.birth_year)


def left(event: CitizenLeft, at: datetime) -> Statement:
    """The citizen is here no more."""
    return Statement(
        "UPDATE citizen SET left_on = $2, left_reason = $3 WHERE citizen_id = $1",
        event.citizen_id,
        event.on,
        event.reason,
    )


def merged(event: CitizensMerged, at: datetime) -> Statement:
    """Two ids were one person: the one, and what was merged into it before, stands for the kept id from now on.

    Mergers may come in any order: where the kept id was merged itself, both stand for the id that stands for it.
    """
    return Statement(
        "UPDATE citizen SET merged_into = coalesce((SELECT merged_into FROM citizen WHERE citizen_id = $2), $2)"
        " WHERE citizen_id = $1 OR merged_into = $1",
        event.merged_id,
        event.citizen_id,
    )


async def erased(tx: Transaction, event: CitizenErased, envelope: Envelope) -> None:
    """Nothing is known of the citizen any more, her CPR number and whoever was merged into her included."""
    merged = await tx.fetch("SELECT citizen_id FROM citizen WHERE merged_into = $1", event.citizen_id)
    hers = [event.citizen_id, *(row["citizen_id"] for row in merged)]
    for table in ("citizen", "circumstances", "standing", "barrier", "referral", "visit", "cpr_vault"):
        await tx.execute(f"DELETE FROM {table} WHERE citizen_id = ANY($1)", hers)


def barrier_recorded(event: BarrierRecorded, at: datetime) -> Statement:
    """A barrier stands, stands otherwise, or is cleared, under whichever of her ids it was told."""
    if event.cleared:
        return Statement(
            "DELETE FROM barrier WHERE kind = $2 AND (citizen_id = $1"
            " OR citizen_id IN (SELECT citizen_id FROM citizen WHERE merged_into = $1))",
            event.citizen_id,
            event.kind,
        )
    return Statement(
        """
        INSERT INTO barrier (citizen_id, kind, severity, since) VALUES ($1, $2, $3, $4)
        ON CONFLICT (citizen_id, kind) DO UPDATE SET severity = excluded.severity
        """,
        event.citizen_id,
        event.kind,
        event.severity,
        danish_day(at),
    )


async def referral_made(tx: Transaction, event: ReferralMade, envelope: Envelope) -> None:
    """A referral awaits its answer; the one that it takes the place of does so no more."""
    await tx.execute(
        """
        INSERT INTO referral (referral_id, citizen_id, offer, reason, due, made_on, course_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (referral_id) DO NOTHING
        """,
        event.referral_id,
        event.citizen_id,
        event.offer,
        event.reason,
        event.due,
        danish_day(envelope.time),
        event.course_id,
    )
    if event.replaces is not None:
        await tx.execute(
            "UPDATE referral SET replaced_by = $2 WHERE referral_id = $1 AND (citizen_id = $3"
            " OR citizen_id IN (SELECT citizen_id FROM citizen WHERE merged_into = $3))",
            event.replaces,
            event.referral_id,
            event.citizen_id,
        )


def referral_answered(event: ReferralAnswered, at: datetime) -> Statement:
    """A referral has its answer."""
    return Statement(
        "UPDATE referral SET answer = $2, answer_reason = $3, answered_on = $4 WHERE referral_id = $1",
        event.referral_id,
        event.answer,
        event.reason,
        danish_day(at),
    )


def workshop_visited(event: WorkshopVisited, at: datetime) -> Statement:
    """Somebody was at a workshop. What is told again of a visit takes the place of what was told before.

    One that was taken back stays so.
    """
    return Statement(
        """
        INSERT INTO visit (visit_id, municipality, citizen_id, site, day, at, kind, online, minutes, device, themes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (visit_id) DO UPDATE SET citizen_id = excluded.citizen_id, site = excluded.site, day = excluded.day,
            at = excluded.at, kind = excluded.kind, online = excluded.online, minutes = excluded.minutes,
            device = excluded.device, themes = excluded.themes
        """,
        event.visit_id,
        event.municipality,
        event.citizen_id,
        event.site,
        danish_day(at),
        at,
        event.kind,
        event.online,
        event.minutes,
        event.device,
        json.dumps([one.model_dump() for one in event.themes]),
    )


def workshop_visit_voided(event: WorkshopVisitVoided, at: datetime) -> Statement:
    """A visit never was."""
    return Statement("UPDATE visit SET voided = $2 WHERE visit_id = $1", event.visit_id, event.reason)


APPLY: Appliers = {
    CitizenRegistered: registered,
    CitizenChanged: changed,
    CitizenLeft: left,
    CitizensMerged: merged,
    CitizenErased: erased,
    BarrierRecorded: barrier_recorded,
    ReferralMade: referral_made,
    ReferralAnswered: referral_answered,
    WorkshopVisited: workshop_visited,
    WorkshopVisitVoided: workshop_visit_voided,
}
