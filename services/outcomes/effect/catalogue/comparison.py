"""Those who start on a course beside those who have not, from the same length of unemployment. Not an effect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import LandmarkCell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.figure import Figure
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.indicator import Indicator
from services.outcomes.effect.landmarks import JOB_WITHIN, MONTHS
from services.outcomes.effect.question import Question, whole
from services.outcomes.effect.steps import Counted, Counts, Step, Told
from services.outcomes.effect.stratified import Arm, Stratum, risk_difference
from services.outcomes.effect.subjects import citizen

INDICATOR = Indicator(
    key="comparison",
    version=1,
    title_da="Job hos dem, der starter, og dem, der venter (sammenligning, ikke effekt)",
    title_en="Jobs of those who start and those who wait (a comparison, not an effect)",
    definition_da=(
        "Sammenligning, ikke effekt: andel i ordinært job senest 182 dage efter 3, 6, 9 og 12 måneders ledighed blandt "
        "dem, der starter på deres første kursus inden for 30 dage, ved siden af dem, der ikke gør, og forskellen "
        "mellem borgere med samme målgruppe, uddannelse og alder."
    ),
    definition_en=(
        "A comparison, not an effect: the share in an ordinary job within 182 days after 3, 6, 9 and 12 months of "
        "unemployment among those who start on their first course within 30 days, beside those who do not, and the "
        "difference between citizens of the same target group, education and age."
    ),
    numerator="De startende, der begynder i ordinært job 1 til 182 dage efter skæringsdagen",
    denominator=(
        "De startende: borgere, der på skæringsdagen er tilmeldt, uden ordinært job og aldrig har startet på et "
        "kursus, og som starter på et 1 til 30 dage efter; de andre er resten af dem, også de, der starter senere"
    ),
    exclusions=(
        f"{MISTAKES} Skæringsdagen ligger hele kalendermåneder efter ledighedens første dag. Fleksjob, løntilskud og "
        "praktik er ikke job. Samme borger kan tælle ved flere skæringsdage. Forskellen er Mantel-Haenszels, i lag af "
        "målgruppe, uddannelse og alder (under 30, 30-49, 50+) på skæringsdagen; lag, hvor ingen starter eller alle "
        "gør, er ikke med i den. Fastlåsning vises som job de første 91 dage. Den, der får job i de 30 dage, når ikke "
        "at starte og tæller hos de andre: det trækker forskellen ned. Hvem der starter, er ikke trukket ved lod."
    ),
    windows=(),
    maturity="Fra dagen efter skæringsdagen plus 182. 'Indtil nu' tæller job hos de startende til og med dagen.",
    source="R7, S10",
    owner="Programledelsen",
    dimensions=("municipality", "target_group", "education_level"),
)
CELLS = "landmark"

LOCK_IN = 91
"""Days after a landmark in which a course may keep people from jobs."""
ALL = "all"
"""Stage of all landmarks together; the others are numbers of months."""

THERE, SO_FAR, MATURE = "there", "so far", "mature"
"""What is counted: all at a landmark, from its day; by months, jobs of those who started so far; all once mature."""

Alike = tuple[int, str | None, str | None, str | None]
"""Landmark, target group, education level and age band."""


@dataclass(slots=True)
class _Group:
    """People of one stratum who start, or who do not: all, and with a job by the end and within the lock-in period."""

    people: int = 0
    jobs: int = 0
    early: int = 0


def steps(cell: LandmarkCell, frame: Frame) -> Iterator[Told]:
    """A landmark counts in its stratum from the day after its window, a starter's job so far from when both began."""
    followed: list[Step] = []
    for months, day, started, ordinary in cell.landmarks:
        followed.append((day, (THERE,), 1))
        if started is not None and ordinary is not None:
            followed.append((max(started, ordinary), (SO_FAR, months), 1))
        alike = (months, cell.target_group, cell.education_level, cell.age_band)
        early = ordinary is not None and ordinary <= day + LOCK_IN
        outcome = (MATURE, alike, started is not None, ordinary is not None, early)
        followed.append((day + JOB_WITHIN + 1, outcome, 1))
    yield frame.keys_of(citizen, cell), followed


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for: one for each landmark and one for all of them."""
    for key, counts in question.rows(counted):
        so_far = {months: counts.get((SO_FAR, months), 0) for months in MONTHS}
        everyone = _strata(counts)
        for months in MONTHS:
            strata = {alike: groups for alike, groups in everyone.items() if alike[0] == months}
            yield _figure(question, key, str(months), so_far[months], strata)
        yield _figure(question, key, ALL, sum(so_far.values()), everyone)


def _strata(counts: Counts) -> dict[Alike, tuple[_Group, _Group]]:
    """In each stratum those who started and those who did not, as far as they are mature."""
    strata: dict[Alike, tuple[_Group, _Group]] = {}
    for what, count in counts.items():
        if what[0] == MATURE:
            _, alike, started, job, early = what
            starters, others = strata.setdefault(alike, (_Group(), _Group()))
            group = starters if started else others
            group.people += count
            group.jobs += count * job
            group.early += count * early
    return strata


def _figure(
    question: Question, key: Key, stage: str, so_far: int, strata: Mapping[Alike, tuple[_Group, _Group]]
) -> Figure:
    starters, others = _sum(strata, 0), _sum(strata, 1)
    jobs = [Stratum(Arm(one.jobs, one.people), Arm(other.jobs, other.people)) for one, other in strata.values()]
    early = [Stratum(Arm(one.early, one.people), Arm(other.early, other.people)) for one, other in strata.values()]
    compared = {
        "others": whole(others.jobs, others.people).row(),
        **_difference(jobs),
        "lock_in": {
            "days": LOCK_IN,
            "started": whole(starters.early, starters.people).row(),
            "others": whole(others.early, others.people).row(),
            **_difference(early),
        },
    }
    return question.figure(key, so_far, whole(starters.jobs, starters.people), stage=stage, compared=compared)


def _sum(strata: Mapping[Alike, tuple[_Group, _Group]], arm: int) -> _Group:
    groups = [both[arm] for both in strata.values()]
    return _Group(sum(g.people for g in groups), sum(g.jobs for g in groups), sum(g.early for g in groups))


def _difference(strata: list[Stratum]) -> dict[str, Any]:
    found = risk_difference(strata)
    return {
        "difference": found.difference,
        "difference_low": found.low,
        "difference_high": found.high,
        "left_out": found.left_out,
    }
