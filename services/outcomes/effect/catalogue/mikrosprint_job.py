"""Job after a mikrosprint (target T2)."""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.catalogue.wording import MATURE, MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.placed import JOB, in_mikrosprint, jobs, placed_steps
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted, Told

INDICATOR = Indicator(
    key="mikrosprint_job",
    version=1,
    title_da="I ordinært job efter mikrosprint",
    title_en="Job after a mikrosprint",
    definition_da=(
        "Andel af de påbegyndte deltagelser i mikrosprint, hvor borgeren startede i ordinært job efter kursets "
        "første dag og senest ved vinduets udløb efter deltagelsens slutdag."
    ),
    definition_en=(
        "The share of started participations in mikrosprints whose citizen started in an ordinary job after the "
        "day the participation started and no later than the window after the day it ended."
    ),
    numerator="Deltagelser, hvor et ordinært job startede efter startdagen og senest vinduet efter slutdagen",
    denominator="Påbegyndte, modne deltagelser i mikrosprint, også dem der stoppede undervejs",
    exclusions=(
        f"{MISTAKES} Job fra startdagen eller før tæller ikke. Løntilskud og praktik er ikke job. "
        "Fleksjob vises for sig og kun for borgere visiteret til fleksjob. Flere job tæller én gang."
    ),
    windows=WINDOWS,
    maturity=MATURE,
    source="T2, R3, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "participation"


def steps(cell: ParticipationCell, frame: Frame) -> Iterable[Told]:
    """What counts from which day."""
    return placed_steps(cell, frame, in_mikrosprint, JOB)


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return jobs(question, counted)
