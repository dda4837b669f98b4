"""Unemployed citizens reached by a digital offer."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import MISTAKES, ON_THE_DAY
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.standing import REACHED, REGISTERED, reached
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="reach",
    version=2,
    title_da="Ledige nået af et digitalt tilbud",
    title_en="Unemployed reached by a digital offer",
    definition_da=(
        "Andel af målgruppens tilmeldte borgere på dagen, der inden for de seneste 365 dage startede på et kursus, "
        "besøgte et værksted, afsluttede en test, åbnede et materiale eller fik adgang til selvbetjening."
    ),
    definition_en=(
        "The share of the target group's registered citizens on the day who in the last 365 days started a course, "
        "visited a workshop, finished a test, opened a material or were granted self-service."
    ),
    numerator="Tilmeldte borgere med mindst ét digitalt tilbud i de seneste 365 dage",
    denominator="Borgere, der er tilmeldt på dagen, efter den målgruppe, de har den dag",
    exclusions=(
        f"{MISTAKES} Borgere, der er afmeldt, er ikke med. Anonyme besøg, og besøg, der er taget tilbage, tæller ikke."
    ),
    windows=(),
    maturity=ON_THE_DAY,
    source="S9",
    owner="Programledelsen",
    dimensions=("municipality", "target_group"),
)
CELLS = "reach"
steps = reached


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.shares(counted, REACHED, REGISTERED)
