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
from services.desk.reference import reference
from services.desk.workshops.waiting import Waiting

FIELD = "emne-"
SHORTEST, LONGEST, USUAL = 5, 240, 30
"""Minutes that the form proposes: never fewer, never more, and where nobody knows when she came."""
LISTED, TYPED, ANSWER = "henvist", "borger", "besvar"
"""The fields that say who she is, and that the referral that brought her is answered."""
ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CHOICE = re.compile(f"{ID}:{ID}")
"""A citizen and the referral of hers that was chosen."""


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


def of_list(sent: Mapping[str, str]) -> dict[str, Any]:
    """Whose visit it was, as fields of the command, where she was chosen from the list: nobody's if nobody was.

    The choice itself holds her id and her referral's. What is open now is intake's to know: the same form says the
    same whenever it is sent, and is carried out once.
    """
    citizen_id, _, referral_id = sent.get(LISTED, "").partition(":")
    if not citizen_id:
        return {}
    return {"citizen_id": citizen_id} | ({"referral_id": referral_id} if ANSWER in sent else {})


def of_typed(sent: Mapping[str, str], citizen_id: UUID) -> dict[str, Any]:
    """The same where she was typed: which referral of hers is open, if one is, intake finds."""
    return {"citizen_id": str(citizen_id), "answer_referral": ANSWER in sent}


def choices(awaited: Sequence[Mapping[str, Any]], chosen: str = "") -> list[tuple[str, str, str]]:
    """For each referral that waits: what choosing it sends, who she is, and why she was referred.

    ``chosen`` stays among them when it waits no longer, so that a visit refused for that does not lose its citizen.
    """
    listed = [
        (
            f"{one['citizen_id']}:{one['referral_id']}",
            f"{reference(one['citizen_id'])}, født {one['birth_year']}",
            one["reason"],
        )
        for one in awaited
    ]
    if CHOICE.fullmatch(chosen) and chosen not in {value for value, _, _ in listed}:
        listed.append((chosen, reference(chosen.partition(":")[0]), "Henvisningen venter ikke længere på svar."))
    return listed
