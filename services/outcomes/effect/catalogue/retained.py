"""Still with the same employer after a job began."""

from collections.abc import Iterator

from services.outcomes.effect.cells import JobCell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question, whole

INDICATOR = Indicator(
    key="retained",
    version=1,
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

Kept = tuple[int, int]
"""Jobs kept, of those that are mature."""


def answer(question: Question) -> Iterator[Figure]:
    """The figures asked for."""
    counted: dict[Key, dict[str, Kept]] = {}
    for cell, count in question.cells(CELLS, JobCell):
        closes = cell.begun + question.window
        if question.day <= closes:
            continue
        kept = count if cell.ended is None or cell.ended >= closes else 0
        for key in question.keys(question.subject(cell)):
            kinds = counted.setdefault(key, {})
            before = kinds.get(cell.placed, (0, 0))
            kinds[cell.placed] = (before[0] + kept, before[1] + count)
    for key, kinds in question.rows(counted, {}):
        numerator, denominator = kinds.get("ordinary", (0, 0))
        flexjobs = kinds.get("flexjob", (0, 0))
        flexjob = {"so_far": flexjobs[0], "numerator": flexjobs[0], "denominator": flexjobs[1]}
        yield question.figure(key, numerator, whole(numerator, denominator), flexjob=flexjob)
