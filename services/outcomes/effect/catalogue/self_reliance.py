"""Workshop themes in which citizens became self-reliant."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import ON_THE_DAY
from services.outcomes.effect.competence import AGAIN, ALONE, managed
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="self_reliance",
    version=1,
    title_da="Digitalt selvhjulpne efter værksted",
    title_en="Digitally self-reliant after workshops",
    definition_da=(
        "Andel af de værkstedstemaer, som borgere er kommet med mindst to gange, hvor borgeren fik hjælp ved ét besøg "
        "og klarede temaet alene ved et senere."
    ),
    definition_en=(
        "The share of the workshop themes that citizens came with at least twice, where the citizen was helped at one "
        "visit and managed the theme alone at a later one."
    ),
    numerator="Temaer, hvor borgeren gik fra at få hjælp til at klare det alene",
    denominator="Temaer, som borgere er kommet med ved mindst to besøg",
    exclusions=(
        "Anonyme besøg tæller ikke. 'Delvist' er hverken at få hjælp eller at klare det alene. "
        "Et tema tæller én gang for hver borger."
    ),
    windows=(),
    maturity=ON_THE_DAY,
    source="S4",
    owner="Programledelsen",
    dimensions=("municipality", "target_group", "education_level", "theme"),
)
CELLS = "self_reliance"
steps = managed


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.shares(counted, ALONE, AGAIN)
