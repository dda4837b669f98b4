"""One effort in depth: everything that its page shows, as of the day asked for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.desk import parts, wording
from services.desk.cards import EffortCard, effort_card
from services.desk.comparison import Comparison, comparison
from services.desk.efforts.answers import Answers
from services.desk.efforts.asked import Asked
from services.desk.efforts.calendar import Calendar, calendar
from services.desk.efforts.documents import cohorts_of, effort_of, outcomes_of
from services.desk.efforts.groups import GroupRow, groups
from services.desk.efforts.notes import Note, notes
from services.desk.job_entry import JobEntry, job_entry
from services.desk.parts import Whole
from services.desk.pilot import PilotBox, pilots
from services.desk.standings import Standings, standings
from shared import danish


@dataclass(frozen=True, slots=True)
class Depth:
    """It. ``situation`` says why there is nothing to see yet, empty where there is."""

    card: EffortCard
    situation: str
    pilots: tuple[PilotBox, ...]
    job_entry: JobEntry | None
    kept: Whole | None
    standings: Standings | None
    groups: tuple[GroupRow, ...]
    comparison: Comparison | None
    calendar: Calendar
    notes: tuple[Note, ...]
    asked: Asked


def depth(
    course: Mapping[str, Any], answers: Answers, verdicts: list[dict[str, Any]], asked: Asked, municipality: str
) -> Depth:
    """The effort from what courses and outcomes tell of it."""
    as_of = asked.as_of or asked.today
    card = effort_card("effort", effort_of(course, answers, municipality, as_of, asked.window))
    told = outcomes_of(course["course_id"], answers, verdicts, municipality, as_of)
    days = calendar(cohorts_of(course), as_of, asked.today)
    kept = parts.kept(told)
    return Depth(
        card=card,
        situation=situation(card, days, as_of),
        pilots=pilots(told),
        job_entry=job_entry(told),
        kept=kept,
        standings=standings(told),
        groups=groups(answers.by_target_group("moved_on", course["course_id"]), as_of),
        comparison=comparison(told),
        calendar=days,
        notes=notes(answers.catalogue, _counted(card, kept)),
        asked=asked,
    )


def situation(card: EffortCard, days: Calendar, as_of: date) -> str:
    """Why the figures do not tell anything on that day; empty where they do."""
    if not card.funnel.started:
        if days.first is None:
            return "Der er ingen hold endnu, så der er intet at måle."
        if as_of < days.first:
            return (
                f"Den {danish.day(as_of)} var ingen startet endnu. Det første hold begynder {danish.day(days.first)}."
            )
        return f"Den {danish.day(as_of)} er ingen registreret som startet."
    if card.moved_on and not card.moved_on.measure.share:
        why = card.moved_on.measure.waiting.removeprefix("For tidligt at sige. ")
        return f"{wording.people(card.funnel.started)} er startet, men ingen kan tælles med i andelene endnu. {why}"
    return ""


def _counted(card: EffortCard, kept: Whole | None) -> list[str]:
    """The indicators that the page shows, in the order of the page."""
    return [
        "moved_on",
        *(measure.key for measure in card.measures),
        "funnel",
        "job_entry",
        "status_after",
        *(["retained"] if kept else []),
        "comparison",
    ]
