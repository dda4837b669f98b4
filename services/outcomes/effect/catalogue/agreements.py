"""Companies with a cooperation agreement in force (target T1)."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import ON_THE_DAY
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.standing import IN_AGREEMENT, in_agreement
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="agreements",
    version=1,
    title_da="Virksomheder med samarbejdsaftale",
    title_en="Companies with a cooperation agreement",
    definition_da=(
        "Antal forskellige virksomheder med mindst én samarbejdsaftale i kraft på dagen: underskrevet senest den "
        "dag, ikke ophørt senest den dag og, hvis den har en slutdato, ikke udløbet før dagen."
    ),
    definition_en=(
        "The number of distinct companies with at least one cooperation agreement in force on the day: signed on "
        "or before it, not ended on or before it and, where it has a last day, that day not passed."
    ),
    numerator="Virksomheder med en samarbejdsaftale i kraft på dagen",
    denominator="Måltallet X for perioden",
    exclusions="Flere aftaler med samme virksomhed tæller én gang.",
    windows=(),
    maturity=ON_THE_DAY,
    source="T1, S11",
    owner="Virksomhedsservice",
    dimensions=("municipality",),
)
CELLS = "agreements"
steps = in_agreement


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.targeted(counted, IN_AGREEMENT)
