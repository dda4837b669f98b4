"""Job after a specific IT course (target T3)."""

from collections.abc import Iterable, Iterator

from services.outcomes.effect.catalogue.wording import MATURE, MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.placed import JOB, jobs, learnt_it, placed_steps
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted, Told

INDICATOR = Indicator(
    key="it_course_job",
    version=1,
    title_da="I ordinært job efter et bestemt it-kursus",
    title_en="Job after a specific IT course",
    definition_da=(
        "Andel af de gennemførte eller certificerede deltagelser i bestemte it-kurser, hvor borgeren startede i "
        "ordinært job efter kursets første dag og senest ved vinduets udløb efter deltagelsens slutdag."
    ),
    definition_en=(
        "The share of completed or certified participations in specific IT courses whose citizen started in an "
        "ordinary job after the day the participation started and no later than the window after the day it ended."
    ),
    numerator="Deltagelser, hvor et ordinært job startede efter startdagen og senest vinduet efter slutdagen",
    denominator="Modne deltagelser i bestemte it-kurser, der er gennemført eller har et gyldigt certifikat",
    exclusions=(
        f"{MISTAKES} Tilbagekaldte certifikater tæller ikke. Job fra startdagen eller før tæller ikke. "
        "Fleksjob vises for sig og kun for borgere visiteret til fleksjob. Flere job tæller én gang."
    ),
    windows=WINDOWS,
    maturity=MATURE,
    source="T3, R2, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "participation"


def steps(cell: ParticipationCell, frame: Frame) -> Iterable[Told]:
    """What counts from which day."""
    return placed_steps(cell, frame, learnt_it, JOB)


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return jobs(question, counted)
