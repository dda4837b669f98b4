"""Skill gained between two tests."""

from collections.abc import Iterator

from services.outcomes.effect.competence import GAINED, RETESTED, gained
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="gain",
    version=1,
    title_da="Målt fremgang i digitale kompetencer",
    title_en="Measured gain in digital competence",
    definition_da=(
        "Andel af de kompetenceområder, som borgere er testet i igen mindst 14 dage efter deres første test, hvor "
        "niveauets interval er rykket op, og fremgangen fra første til seneste test er større end den sikre grænse."
    ),
    definition_en=(
        "The share of the competence areas in which citizens were tested again at least 14 days after their first "
        "test, where the interval of the level moved up and the rise from the first test to the latest is larger than "
        "the reliable-change limit."
    ),
    numerator=(
        "Områder, hvor intervallet er rykket op, og evnen er steget mere end 1,96 gange forskellens standardfejl"
    ),
    denominator="Områder, som borgere er målt i to gange med mindst 14 dage imellem",
    exclusions=(
        "Områder uden stillede opgaver er ikke målt. Test i hver sin kompetenceramme eller version sammenlignes ikke. "
        "En omregnet test tæller med sit nye resultat."
    ),
    windows=(),
    maturity="Ingen ventetid: et område tæller fra gentesten og bedømmes efter den seneste test.",
    source="R5",
    owner="Programledelsen",
    dimensions=("municipality", "target_group", "education_level", "area"),
)
CELLS = "gain"
steps = gained


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.shares(counted, GAINED, RETESTED)
