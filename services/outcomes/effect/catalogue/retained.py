"""Still with the same employer after a job began."""

from collections.abc import Iterator

from services.outcomes.effect.cells import JobCell
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.steps import Counted, Step, Told
from services.outcomes.effect.subjects import participant

INDICATOR = Indicator(
    key="retained",
    version=2,
    title_da="Fastholdt hos samme arbejdsgiver",
    title_en="Still with the same employer",
    definition_da=(
        "Andel af de påbegyndte ordinære job, hvor borgeren stadig er ansat hos samme arbejdsgiver ved vinduets udløb "
        "efter jobbets første dag (182 dage, når intet andet er valgt)."
    ),
    definition_en=(
        "The share of ordinary jobs begun whose citizen is still employed by the same employer when the window after "
        "the job's first day is over (182 days unless another is chosen)."
    ),
    numerator="Job, hvis sidste dag hos arbejdsgiveren ikke ligger før første dag plus vinduet",
    denominator="Påbegyndte, modne ordinære job",
    exclusions=(
        "Annullerede job tæller ikke. Et job, der fortsætter hos samme arbejdsgiver uden en dags ophold, er ét job. "
        "Fleksjob vises for sig og kun for borgere visiteret til fleksjob. Et job hører til det kursus, borgeren "
        "senest var startet på før jobbet, hvis det begyndte senest 182 dage efter slutdagen, og ellers til intet."
    ),
    windows=WINDOWS,
    maturity="Fra dagen efter jobbets første dag plus vinduet. 'Indtil nu' er det samme som tælleren.",
    source="R7, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "job"

BEGUN, KEPT = "begun", "kept"
"""Jobs that are mature, and those of them that were kept, by kind."""


def steps(cell: JobCell, frame: Frame) -> Iterator[Told]:
    """A job is mature from the day after its window; kept when its last day is not before that."""
    closes = cell.begun + frame.window
    mature: list[Step] = [(closes + 1, (BEGUN, cell.placed), 1)]
    if cell.ended is None or cell.ended >= closes:
        mature.append((closes + 1, (KEPT, cell.placed), 1))
    yield frame.keys_of(participant, cell), mature


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    for key, counts in question.rows(counted):
        kept, begun = counts.get((KEPT, "ordinary"), 0), counts.get((BEGUN, "ordinary"), 0)
        flexjobs = counts.get((KEPT, "flexjob"), 0)
        flexjob = {"so_far": flexjobs, "numerator": flexjobs, "denominator": counts.get((BEGUN, "flexjob"), 0)}
        yield question.figure(key, kept, whole(kept, begun), flexjob=flexjob)
