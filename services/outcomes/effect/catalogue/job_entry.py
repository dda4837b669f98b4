"""How soon after the start of a course citizens are in a job, when there are other ways out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.durations import Stay, durations
from services.outcomes.effect.entry import WAYS
from services.outcomes.effect.estimates import UNKNOWN
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.incidence import Curves, curves
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question

INDICATOR = Indicator(
    key="job_entry",
    version=1,
    title_da="Tid til ordinært job",
    title_en="Time to an ordinary job",
    definition_da=(
        "Den andel af de påbegyndte deltagelser, der 30, 91, 182 og 365 dage efter startdagen er gået til ordinært job "
        "som det første, beregnet så deltagelser, der endnu ikke er fulgt så længe, tæller med, så længe de er fulgt."
    ),
    definition_en=(
        "The share of started participations that 30, 91, 182 and 365 days after the start have gone to an ordinary "
        "job first, estimated so that participations not yet followed that long count for as long as they are followed."
    ),
    numerator="Deltagelser, der er gået til ordinært job senest så mange dage efter startdagen",
    denominator="Påbegyndte deltagelser; andelen er et skøn over dem (Aalen-Johansen), ikke tæller over nævner",
    exclusions=(
        f"{MISTAKES} Job fra startdagen eller før tæller ikke. Andre udgange er fleksjob (kun for borgere visiteret "
        "til fleksjob), løntilskud, uddannelse og afmelding; den første tæller, på samme dag i den rækkefølge. Praktik "
        "er ingen udgang. En afmelding er foreløbig i 30 dage: så længe følges borgeren til dagen før den og tælles "
        "for sig; begynder et job inden da, tæller jobbet; kommer hun tilbage inden da, er den ingen udgang."
    ),
    windows=(),
    maturity="Ingen ventetid: enhver deltagelse tæller fra startdagen, så længe den er fulgt.",
    source="R7, S10",
    owner="Programledelsen",
    dimensions=DIMENSIONS,
)
CELLS = "participation"

JOB, WAITING = "job", "waiting"
DIGITS = 6
"""Digits of a point of the curve."""


@dataclass(slots=True)
class _Followed:
    """Participations by how long they were followed, and those out by a provisional exit."""

    stays: dict[Stay, int] = field(default_factory=dict)
    provisional: int = 0


def answer(question: Question) -> Iterator[Figure]:
    """The figures asked for: one for each standard number of days after the start, the last with the curve."""
    counted: dict[Key, _Followed] = {}
    for cell, count in question.cells(CELLS, ParticipationCell):
        if cell.started > question.day:
            continue
        stay, provisional = _stay(cell, question.day)
        for key in question.keys(question.subject(cell)):
            followed = counted.setdefault(key, _Followed())
            followed.stays[stay] = followed.stays.get(stay, 0) + count
            followed.provisional += count * provisional
    for key, followed in question.rows(counted, _Followed()):
        yield from _figures(question, key, followed)


def _stay(cell: ParticipationCell, as_of: int) -> tuple[Stay, bool]:
    """What is known by the day, and whether an exit is provisional on it: followed until the day before that."""
    if cell.known is not None and cell.known <= as_of:
        return Stay(cell.started, cell.left, cell.way), False
    for first, after in cell.provisional:
        if first <= as_of < after:
            return Stay(cell.started, first - 1, None), True
    return Stay(cell.started, None, None), False


def _figures(question: Question, key: Key, followed: _Followed) -> Iterator[Figure]:
    entries = curves(durations(followed.stays.items(), as_of=question.day, days=WINDOWS[-1]))
    so_far = sum(count for stay, count in followed.stays.items() if stay.kind == JOB)
    for days in WINDOWS:
        within = sum(entries.durations.gone(JOB)[: days + 1])
        day = _day_for(entries, days)
        estimate = UNKNOWN if day is None else entries.estimate(JOB, day)
        yield question.figure(
            key,
            so_far,
            Share(within, entries.durations.people, estimate),
            provisional=followed.provisional,
            after_days=days,
            incidences=None if day is None else _incidences(entries, day),
            curve=_curve(entries) if days == WINDOWS[-1] else None,
        )


def _day_for(entries: Curves, days: int) -> int | None:
    """The day of the curve that tells of so many days: past its end only when nobody is waiting any more."""
    staying = entries.durations.staying
    if days < len(staying):
        return days
    return len(staying) - 1 if staying and staying[-1] == 0 else None


def _incidences(entries: Curves, day: int) -> dict[str, float]:
    shares = {way: entries.incidence(way)[day] for way in WAYS}
    return shares | {WAITING: entries.survivor()[day]}


def _curve(entries: Curves) -> list[tuple[int, float, float]]:
    at_risk, staying = entries.durations.at_risk, entries.durations.staying
    points = enumerate(zip(entries.incidence(JOB), entries.survivor(), strict=True))
    return [
        (day, round(share, DIGITS), round(waiting, DIGITS))
        for day, (share, waiting) in points
        if staying[day] < at_risk[day]
    ]
