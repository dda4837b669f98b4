"""Life: what several kinds of cells must know of one citizen, read once from her history."""

from services.outcomes.effect import citizen, participation, placements, results
from services.outcomes.effect.history import Told


class Life:
    """One citizen: who she was when, what she took part in, where she was placed and what her tests measured."""

    __slots__ = ("groups", "history", "levels", "participations", "placed", "spells", "taken", "tested")

    def __init__(self, history: Told) -> None:
        self.history = history
        self.groups = citizen.timeline(history, "target_group")
        self.levels = citizen.timeline(history, "education_level")
        self.spells = citizen.spells(history)
        self.placed = placements.placements(history)
        self.participations = participation.participations(history, self.groups, self.levels, self.placed)
        self.taken = self.participations.taken
        self.tested = results.results(history)
