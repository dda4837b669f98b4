"""From the fields of the visit form to the command, and what the form shows before anything was typed. Pure.

A theme has one row of buttons, ``emne-<code>``: how far the citizen managed it, or nothing. So a tap says both what the
visit was about and how it went.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.desk import labels
from services.desk.citizens.reference import reference
from services.desk.workshops.waiting import Waiting
from shared.problems import Invalid

FIELD = "emne-"
SHORTEST, LONGEST, USUAL = 5, 240, 30
"""Minutes that the form proposes: never fewer, never more, and where nobody knows when she came."""
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
REFERENCE = re.compile(r"(borger *)?[0-9a-f]{4}-?[0-9a-f]{4}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form shows at first. ``wished`` are the themes that she asked for, ``others`` the rest."""

    wished: tuple[str, ...]
    others: tuple[str, ...]
    minutes: int
    device: str


def proposal(one: Waiting | None) -> Proposal:
    """For somebody who waited, or for somebody who was not on the list."""
    wished = one.themes if one else ()
    minutes = min(max(one.minutes, SHORTEST), LONGEST) if one else USUAL
    others = tuple(theme for theme in labels.THEMES if theme not in wished)
    return Proposal(wished, others, minutes, "phone" if one and one.by_phone else "computer")


def themes_of(sent: Mapping[str, str]) -> list[dict[str, str]]:
    """The themes that a degree of autonomy was chosen for."""
    return [
        {"theme": name.removeprefix(FIELD), "autonomy": value}
        for name, value in sent.items()
        if name.startswith(FIELD) and value in labels.AUTONOMY
    ]


def visit_of(sent: Mapping[str, str], site: str) -> dict[str, Any]:
    """The command, without a citizen."""
    return {
        "site": site,
        "themes": themes_of(sent),
        "minutes": minutes_of(sent),
        "device": sent.get("apparat", "computer"),
        "kind": sent.get("slags", "drop-in"),
        "online": "online" in sent,
        "check_in_id": sent.get("nummer") or None,
    }


def counted_of(sent: Mapping[str, str], site: str) -> dict[str, Any]:
    """The command for visits of people nobody wrote up: how long they stayed and at what is what is usual."""
    usual = proposal(None)
    return {
        "site": site,
        "themes": [{"theme": sent.get("counted-theme"), "autonomy": sent.get("counted-autonomy")}],
        "minutes": usual.minutes,
        "device": usual.device,
        "count": sent.get("count"),
    }


def minutes_of(sent: Mapping[str, str]) -> int:
    """The minutes; 0, which intake refuses with words, for what is no number."""
    text = sent.get("minutter", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def citizen_of(sent: Mapping[str, str], awaited: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Whose visit it was, as fields of the command: nobody's, a citizen's, or one's whose referral it answers.

    ``awaited`` are the referrals to the workshop that wait: hers where an id was typed, else everybody's.
    Raises Invalid for what names nobody.
    """
    citizen_id = named(sent)
    if citizen_id is not None:
        hers = next(iter(awaited), None)
        return {"referral_id": hers["referral_id"]} if hers and "besvar" in sent else {"citizen_id": citizen_id}
    chosen = next((one for one in awaited if one["referral_id"] == sent.get("henvist")), None)
    if chosen is None and (typed := sent.get("borger", "").lower()):
        chosen = _by_reference(typed, awaited)
    if chosen is None:
        return {}
    field = "referral_id" if "besvar" in sent else "citizen_id"
    return {field: chosen[field]}


def named(sent: Mapping[str, str]) -> str | None:
    """The citizen's id, where one was typed (or the address of her page)."""
    found = ID.search(sent.get("borger", "").lower())
    return found[0] if found else None


def names_somebody(sent: Mapping[str, str]) -> bool:
    """Whether the visit is to be a citizen's."""
    return bool(sent.get("henvist") or sent.get("borger"))


def _by_reference(typed: str, awaited: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    digits = re.sub(r"[^0-9a-f]", "", typed.removeprefix("borger"))
    found = [one for one in awaited if UUID(one["citizen_id"]).hex.endswith(digits)]
    if not REFERENCE.fullmatch(typed) or len({one["citizen_id"] for one in found}) != 1:
        raise Invalid("citizen-unreadable", "This names no citizen", "Give her id, or choose her from the list.")
    return found[0]


def awaited_choices(awaited: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """For each referral that waits: its id, who she is, and why she was referred."""
    return [
        (one["referral_id"], f"{reference(one['citizen_id'])}, født {one['birth_year']}", one["reason"])
        for one in awaited
    ]
