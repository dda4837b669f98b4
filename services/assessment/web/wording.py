"""Levels, intervals, lengths and devices in the words of the citizen's pages. Pure."""

from services.assessment.forecasts import PoolForecast
from services.assessment.items.competence import AREAS
from services.assessment.rules.advice import group
from services.assessment.views.session import QuestionView

GROUPS = ("grundlæggende", "øvet", "avanceret", "specialiseret")
"""Our own words for the four groups of levels: 1-2, 3-4, 5-6, 7-8."""
MEANINGS = (
    "Klarer enkle opgaver, gerne med lidt hjælp.",
    "Klarer selv almindelige opgaver og kendte problemer.",
    "Løser nye og sværere opgaver og kan vise andre, hvordan man gør.",
    "Løser komplicerede opgaver og finder på bedre måder at gøre tingene på.",
)
PURPOSES = {
    "entry": "Testen viser, hvad du allerede kan. Så kan vi finde tilbud, der passer til dig.",
    "retest": "Testen viser, hvad du kan nu – og om du er blevet bedre, siden du tog den sidst.",
    "job": "Testen viser, hvad du kan. Så kan vi se, hvordan det passer med et job, du gerne vil have.",
}
NOT_CALIBRATED = (
    "Hvor svære opgaverne er, er vurderet af fagfolk. Det er endnu ikke prøvet efter på mange mennesker. "
    "Brug resultatet som et fingerpeg."
)


def area(number: int) -> str:
    """``Sikkerhed``."""
    return AREAS[number].da


def level(number: int) -> str:
    """``niveau 3 (øvet)``."""
    return f"niveau {number} ({GROUPS[group(number)]})"


def interval(low: int, high: int) -> str:
    """``sandsynligvis mellem niveau 2 (grundlæggende) og niveau 4 (øvet)``; a group that both share is said once."""
    if low == high:
        return f"sandsynligvis {level(low)}"
    if group(low) == group(high):
        return f"sandsynligvis mellem niveau {low} og {level(high)}"
    return f"sandsynligvis mellem {level(low)} og {level(high)}"


def meaning(number: int) -> str:
    """What a person on this level does."""
    return MEANINGS[group(number)]


def you(number: int) -> str:
    """The same, said to her."""
    text = meaning(number)
    return f"Du {text[:1].lower()}{text[1:]}"


def length(forecast: PoolForecast) -> str:
    """How many questions to expect, as it was simulated."""
    usual, long = round(forecast.items) + forecast.tried_out, forecast.items_p90 + forecast.tried_out
    return f"Omkring {usual} spørgsmål. Ni ud af ti er færdige efter {long}."


def precision(forecast: PoolForecast) -> str:
    """How precise the result will be."""
    wide = round(forecast.levels_wide)
    return f"et spænd på omkring {wide} {'niveau' if wide == 1 else 'niveauer'} ud af 8"


def progress(question: QuestionView, usual: float) -> str:
    """How far it is. An adaptive test has no fixed length: what is said is the usual length, or a limit that holds."""
    left = question.most - question.number
    if left == 0:
        return "Det er det sidste spørgsmål."
    if question.number < round(usual):
        return f"Som regel er der omkring {round(usual)} i alt, og aldrig flere end {question.most}."
    return f"Der er højst {left} tilbage efter dette."
