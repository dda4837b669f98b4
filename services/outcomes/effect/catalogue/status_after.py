"""Where citizens stand 1, 3, 6 and 12 months after a participation ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import ParticipationCell, Standing
from services.outcomes.effect.cut import Key
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.indicator import DIMENSIONS, Indicator
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.status import MONTHS, STANDINGS

INDICATOR = Indicator(
    key="status_after",
    version=1,
    title_da="Status efter deltagelsen",
    title_en="Standing after the participation",
    definition_da=(
        "Andel af de afsluttede deltagelser, hvor borgeren 1, 3, 6 og 12 kalendermåneder efter slutdagen står i "
        "ordinært job, løntilskud, praktik eller uddannelse, stadig er ledig eller er afmeldt: det første, der passer."
    ),
    definition_en=(
        "The share of ended participations whose citizen 1, 3, 6 and 12 calendar months after the end is in an "
        "ordinary job, in wage subsidy, in praktik or in education, still unemployed, or has left: the first that fits."
    ),
    numerator="Deltagelser, hvor borgeren står sådan på dagen",
    denominator="Deltagelser, hvor dagen er gået, og borgerens status den dag er endelig",
    exclusions=(
        f"{MISTAKES} Uddannelse er, når deltagelsen sluttede eller borgeren blev afmeldt til uddannelse; det gælder, "
        "til hun starter på et nyt kursus eller bliver ledig igen. Afmeldt er enhver anden afmelding, også til job, "
        "når intet job er registreret. En afmelding er foreløbig i 30 dage og tælles så længe for sig; kommer hun "
        "tilbage forinden, har hun været ledig hele tiden. Fleksjob vises for sig og kun for borgere "
        "visiteret til fleksjob."
    ),
    windows=(),
    maturity="Fra dagen efter den dag, der spørges til, og når en foreløbig afmelding er endelig.",
    source="R7, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "participation"

EXITS = ("education", "left")
"""Standings that an exit may give, at first provisionally."""


@dataclass(slots=True)
class _Standings:
    """Participations by where the citizens stand: for good, and provisionally."""

    settled: dict[str, int] = field(default_factory=dict)
    provisional: dict[str, int] = field(default_factory=dict)


def answer(question: Question) -> Iterator[Figure]:
    """The figures asked for: for each number of months one of each standing; flexjob only where somebody has one."""
    counted: dict[Key, dict[int, _Standings]] = {}
    for cell, count in question.cells(CELLS, ParticipationCell):
        if not cell.standings:
            continue
        keys = list(question.keys(question.subject(cell)))
        for months, standing in zip(MONTHS, (Standing(*item) for item in cell.standings), strict=True):
            if question.day <= standing.day:
                break
            for key in keys:
                standings = counted.setdefault(key, {}).setdefault(months, _Standings())
                if question.day >= standing.known:
                    standings.settled[standing.status] = standings.settled.get(standing.status, 0) + count
                elif standing.provisional is not None:
                    provisional = standings.provisional
                    provisional[standing.provisional] = provisional.get(standing.provisional, 0) + count
    for key, by_months in question.rows(counted, {}):
        for months in MONTHS:
            yield from _figures(question, key, months, by_months.get(months, _Standings()))


def _figures(question: Question, key: Key, months: int, standings: _Standings) -> Iterator[Figure]:
    everyone = sum(standings.settled.values())
    for status in STANDINGS:
        count = standings.settled.get(status, 0)
        provisional = standings.provisional.get(status, 0) if status in EXITS else None
        if count or status != "flexjob":
            share = whole(count, everyone)
            yield question.figure(key, count, share, stage=status, after_months=months, provisional=provisional)
