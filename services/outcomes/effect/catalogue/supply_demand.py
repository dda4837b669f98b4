"""Digital competence that job orders ask for, against what tested citizens have."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import ON_THE_DAY
from services.outcomes.effect.competence import HAD, SEATS, market
from services.outcomes.effect.estimates import Estimate
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted

KINDS = ("ordinary", "wage-subsidy", "praktik", "flexjob")
"""Kinds of placement; seats of different kinds are never summed without saying so."""

INDICATOR = Indicator(
    key="supply_demand",
    version=1,
    title_da="Efterspurgte digitale kompetencer over for borgernes",
    title_en="Digital competence asked for and had",
    definition_da=(
        "Antal pladser i åbne jobordrer, der beder om et kompetenceområde på et niveau, over for antal testede "
        "borgere, der har området på det niveau eller højere; vises altid med pladserne fordelt på slags."
    ),
    definition_en=(
        "The number of seats in open job orders that ask for a competence area at a level, against the number of "
        "tested citizens who have the area at that level or above; always with the seats by kind."
    ),
    numerator="Pladser i jobordrer, der er åbne på dagen, en gang for hvert område, ordren beder om",
    denominator="Borgere efter deres seneste test, en gang for hvert område, de er målt i",
    exclusions=(
        "Borgere, der er afmeldt, og områder uden stillede opgaver er ikke med. En ordre tæller ikke fra den dag, "
        "den lukkes. Et forhold mellem pladser og borgere har intet interval."
    ),
    windows=(),
    maturity=ON_THE_DAY,
    source="R4",
    owner="Virksomhedsservice",
    dimensions=("municipality", "area", "level"),
)
CELLS = "supply_demand"
steps = market


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for."""
    for key, counts in question.rows(counted):
        split = {kind.replace("-", "_"): counts.get((SEATS, kind), 0) for kind in KINDS}
        seats = sum(count for what, count in counts.items() if what != HAD)
        had = counts.get(HAD, 0)
        of_all = Share(seats, had, Estimate(seats / had if had else None, None, None))
        yield question.figure(key, seats, of_all, split=split, split_so_far=split)
