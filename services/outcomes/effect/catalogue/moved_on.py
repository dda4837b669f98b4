"""Moved on to a job, wage subsidy or praktik: the "77 %" figure, always with its split."""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.catalogue.wording import MATURE, MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.placed import ALL_MATURED, MATURED, MOVED_ON, SO_FAR, anyone, placed_steps
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.steps import Counted, Told

INDICATOR = Indicator(
    key="moved_on",
    version=1,
    title_da="Videre i job, løntilskud eller praktik",
    title_en="Moved on to a job, wage subsidy or praktik",
    definition_da=(
        "Andel af de påbegyndte deltagelser, hvor borgeren startede i ordinært job, løntilskud eller praktik efter "
        "kursets første dag og senest ved vinduets udløb efter slutdagen; vises altid med sin fordeling."
    ),
    definition_en=(
        "The share of started participations whose citizen started in an ordinary job, a wage subsidy or praktik "
        "after the day the participation started and no later than the window after it ended; "
        "always with its split."
    ),
    numerator="Deltagelser efter det bedste af ordinært job, løntilskud og praktik i vinduet, én gang hver",
    denominator="Påbegyndte, modne deltagelser",
    exclusions=f"{MISTAKES} Placeringer fra startdagen eller før tæller ikke. Fleksjob er ikke med.",
    windows=WINDOWS,
    maturity=MATURE,
    source="S2",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "participation"


def steps(cell: ParticipationCell, frame: Frame) -> Iterable[Told]:
    """What counts from which day."""
    return placed_steps(cell, frame, anyone, MOVED_ON)


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    for key, counts in question.rows(counted):
        split = {kind: counts.get((MATURED, kind), 0) for kind in MOVED_ON}
        split_so_far = {kind: counts.get((SO_FAR, kind), 0) for kind in MOVED_ON}
        moved_on = whole(sum(split.values()), counts.get(ALL_MATURED, 0))
        yield question.figure(key, sum(split_so_far.values()), moved_on, split=split, split_so_far=split_so_far)
