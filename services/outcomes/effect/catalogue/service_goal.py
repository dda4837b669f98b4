"""Companies answered within 24 hours."""

from collections.abc import Iterator

from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.standing import DUE, IN_TIME, answered
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="service_goal",
    version=1,
    title_da="Virksomheder besvaret inden 24 timer",
    title_en="Companies answered within 24 hours",
    definition_da="Andel af virksomhedernes henvendelser, der blev besvaret senest 24 timer efter, at de kom.",
    definition_en="The share of the companies' contacts that were answered within 24 hours of being made.",
    numerator="Henvendelser besvaret senest ved fristen",
    denominator="Henvendelser, hvis frist på 24 timer er udløbet senest på dagen",
    exclusions="Henvendelser, hvis frist udløber efter dagen, er ikke med.",
    windows=(),
    maturity="Fra den dag, hvor fristen udløber.",
    source="S11",
    owner="Virksomhedsservice",
    dimensions=("municipality",),
)
CELLS = "service_goal"
steps = answered


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.shares(counted, IN_TIME, DUE)
