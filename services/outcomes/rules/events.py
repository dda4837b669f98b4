"""Matchmaking events: planned with companies and rounds, held once."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outcomes.commands import HoldEvent, PlanEvent
from services.outcomes.rules.moments import not_after_today
from shared.contracts.outcomes import EventHeld, EventPlanned
from shared.moment import Moment
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class MatchmakingEvent:
    """A planned event as the commands see it."""

    event_id: UUID
    municipality: str
    cohort_ids: tuple[UUID, ...]
    companies: tuple[UUID, ...]
    rounds: int
    online: bool
    planned_on: date
    held_on: date | None


def plan(
    command: PlanEvent, *, event_id: UUID, municipality: str, known_companies: AbstractSet[UUID], moment: Moment
) -> EventPlanned:
    """An event to come. ``known_companies`` are those of its companies that the municipality has registered."""
    if command.on < moment.today:
        raise Refused(
            "event-in-the-past",
            "The event would lie in the past",
            f"It is {moment.today}. For an event that was planned earlier, say when in happened.",
        )
    unknown = [str(company) for company in dict.fromkeys(command.companies) if company not in known_companies]
    if unknown:
        raise Refused(
            "company-unknown",
            f"{len(unknown)} of the companies are not registered",
            "Register them first: " + ", ".join(unknown),
            companies=unknown,
        )
    return EventPlanned(
        municipality=municipality,
        event_id=event_id,
        cohort_ids=tuple(dict.fromkeys(command.cohort_ids)),
        companies=tuple(dict.fromkeys(command.companies)),
        rounds=command.rounds,
        online=command.online,
        on=command.on,
    )


def hold(event: MatchmakingEvent, command: HoldEvent, *, moment: Moment) -> EventHeld:
    """The event took place, on the planned day unless the command says another."""
    if event.held_on is not None:
        raise Refused("event-held-already", f"The event was held on {event.held_on}", "Plan a new event for a new day.")
    on = command.on or event.planned_on
    not_after_today(on, moment, "The event's day")
    return EventHeld(municipality=event.municipality, event_id=event.event_id, on=on)
