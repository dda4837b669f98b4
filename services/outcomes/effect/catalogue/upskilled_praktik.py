"""Upskilled citizens in praktik (target T4)."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.standing import UPSKILLED, upskilled
from services.outcomes.effect.steps import Counted

INDICATOR = Indicator(
    key="upskilled_praktik",
    version=1,
    title_da="Opkvalificerede borgere i praktik",
    title_en="Upskilled citizens in praktik",
    definition_da=(
        "Antal forskellige borgere, der gennemførte et kursus eller fik certifikat, og som var i virksomhedspraktik "
        "den dag, deltagelsen sluttede eller certifikatet blev givet (den første af dem), eller startede i praktik "
        "senest ved vinduets udløb efter den."
    ),
    definition_en=(
        "The number of distinct citizens who completed a course or were certified and were in praktik on the day the "
        "participation ended or the certificate was awarded (the earlier of them), or started in praktik no later "
        "than the window after it."
    ),
    numerator="Borgere med en praktik, der starter senest vinduet efter opkvalificeringen og ikke er slut før den",
    denominator="Måltallet X for perioden",
    exclusions=f"{MISTAKES} Tilbagekaldte certifikater tæller ikke. Hver borger tæller én gang.",
    windows=WINDOWS,
    maturity="Ingen ventetid: en borger tæller fra den dag eller fra praktikkens start, hvis den er senere.",
    source="T4, R1, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "upskilled"
steps = upskilled


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    return question.targeted(counted, UPSKILLED)
