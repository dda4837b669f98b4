"""A visit to a digital workshop: what somebody worked on there, and how far she managed it herself.

A visit is a fact whoever made it: workshops turn nobody away, so neither having left the jobcenter nor having come
before the registration stands against it. Who is not known is registered without a citizen, as one visit among others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.contracts.intake.workshop_visited import ThemeVisited, WorkshopVisited
from shared.contracts.vocabulary import Device
from shared.problems import Refused

LONGEST = 480
"""Minutes: nobody stays at a workshop for more than a working day."""
VisitKind = Literal["drop-in", "workshop"]


@dataclass(frozen=True, slots=True)
class Stay:
    """Where and how a visit was, and what it was about."""

    site: str
    kind: VisitKind
    online: bool
    themes: Sequence[ThemeVisited]
    minutes: int
    device: Device


def register(
    visit_ids: Sequence[UUID], municipality: str, citizen_id: UUID | None, stay: Stay
) -> list[WorkshopVisited]:
    """One visit of a citizen, or as many alike of people who are not known."""
    _must_be_about_something(stay.themes)
    if not 1 <= stay.minutes <= LONGEST:
        raise Refused(
            "visit-minutes-implausible",
            f"A visit does not take {stay.minutes} minutes",
            f"Give whole minutes from 1 to {LONGEST}; a guess is good enough.",
        )
    if citizen_id is not None and len(visit_ids) != 1:
        raise Refused(
            "visit-count-anonymous-only",
            "Several visits at once are for people who are not known",
            "Leave `count` out for a citizen, and register each of her visits by itself.",
        )
    return [
        WorkshopVisited(
            municipality=municipality,
            visit_id=visit_id,
            citizen_id=citizen_id,
            site=stay.site,
            kind=stay.kind,
            online=stay.online,
            themes=tuple(stay.themes),
            minutes=stay.minutes,
            device=stay.device,
        )
        for visit_id in visit_ids
    ]


def _must_be_about_something(themes: Sequence[ThemeVisited]) -> None:
    if not themes:
        raise Refused(
            "visit-without-theme",
            "The visit is about nothing",
            "Name at least one theme and how far the citizen managed it; there is the theme `other`.",
        )
    told = [one.theme for one in themes]
    twice = next((theme for theme in told if told.count(theme) > 1), None)
    if twice is not None:
        raise Refused(
            "visit-theme-twice",
            f"The theme '{twice}' is named twice",
            "Say once of each theme how far the citizen managed it in the end.",
        )
