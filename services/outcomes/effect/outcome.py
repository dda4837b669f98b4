"""Outcome: what came of each participation, as one record."""

from collections.abc import Iterator

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.citizen import Spell
from services.outcomes.effect.entry import entry
from services.outcomes.effect.exits import exits
from services.outcomes.effect.history import Told
from services.outcomes.effect.placements import Placement
from services.outcomes.effect.status import standings, studies


def participation_cells(
    history: Told, participations: list[ParticipationCell], placements: list[Placement], spells: list[Spell]
) -> Iterator[ParticipationCell]:
    """One cell for each participation: herself on its first day, its end, and how she stood and left afterwards."""
    if not participations:
        return
    gone = exits(history, spells)
    studied = studies(participations, gone)
    for each in participations:
        stood = standings(each, placements, gone, studied)
        yield each._replace(standings=stood, **entry(each, participations, gone)._asdict())
