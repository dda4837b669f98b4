"""How far citizens got, from being identified to a job."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import FunnelCell
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.stages import Stages, stages
from services.outcomes.effect.steps import Counted, Told
from services.outcomes.effect.subjects import approached

INDICATOR = Indicator(
    key="funnel",
    version=1,
    title_da="Fra udpeget til job",
    title_en="From identified to job",
    definition_da=(
        "Hvor mange forskellige borgere på hvert hold der indtil nu har nået hvert trin, som andel af holdets "
        "første trin med deltagere og af trinnet før; afslutningsårsager vises hver for sig."
    ),
    definition_en=(
        "How many distinct citizens of each cohort have reached each stage so far, as a share of the cohort's "
        "first stage that has anyone and of the stage before; every end reason is shown by itself."
    ),
    numerator="Borgere, der har nået trinnet",
    denominator="Borgere på holdets første trin med nogen; dertil andelen af trinnet før",
    exclusions=(
        f"{MISTAKES} Den, der kun kom på holdet ved en fejl, er slet ikke med. Møder før startdagen tæller ikke. Job, "
        "løntilskud og praktik tæller efter startdagen og senest vinduet efter slutdagen. At få job er ikke frafald."
    ),
    windows=WINDOWS,
    maturity="Ingen ventetid: hvert trin tæller fra den dag, det er nået.",
    source="S1, S3, R7",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "funnel"


def steps(cell: FunnelCell, frame: Frame) -> Iterator[Told]:
    """What counts from which day."""
    yield frame.keys_of(approached, cell), stages(cell, frame.window)


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    for key, counts in question.rows(counted):
        reached = Stages.of(counts)
        first = reached.first()
        for stage in reached.names():
            count = reached.at.get(stage, 0)
            previous = whole(count, reached.previous(stage))
            yield question.figure(key, count, whole(count, first), stage=stage, of_previous=previous)
