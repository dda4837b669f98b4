"""Where citizens stand 1, 3, 6 and 12 months after a participation ended."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import DIMENSIONS, Indicator
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.status import MONTHS, STANDINGS
from services.outcomes.effect.steps import Counted, Counts, Step, Told, while_it_holds
from services.outcomes.effect.subjects import participant

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
SETTLED, PROVISIONAL = "settled", "provisional"
"""Participations by months and where the citizen stands: for good, and provisionally."""


def steps(cell: ParticipationCell, frame: Frame) -> Iterator[Told]:
    """A standing counts from the day on which it is known; what an exit seemed to be, from the day after until then."""
    if not cell.standings:
        return
    stood: list[Step] = []
    for months, (day, status, known, provisional) in zip(MONTHS, cell.standings, strict=True):
        stood.append((known, (SETTLED, months, status), 1))
        if provisional is not None:
            stood += while_it_holds((PROVISIONAL, months, provisional), day + 1, known)
    yield frame.keys_of(participant, cell), stood


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for: for each number of months one of each standing; flexjob only where somebody has one."""
    for key, counts in question.rows(counted):
        for months in MONTHS:
            yield from _figures(question, key, months, counts)


def _figures(question: Question, key: Key, months: int, counts: Counts) -> Iterator[Figure]:
    settled = {status: counts.get((SETTLED, months, status), 0) for status in STANDINGS}
    everyone = sum(settled.values())
    for status, count in settled.items():
        provisional = counts.get((PROVISIONAL, months, status), 0) if status in EXITS else None
        if count or status != "flexjob":
            share = whole(count, everyone)
            yield question.figure(key, count, share, stage=status, after_months=months, provisional=provisional)
