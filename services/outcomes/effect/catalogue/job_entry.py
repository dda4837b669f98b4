"""How soon after the start of a course citizens are in a job, when there are other ways out."""

from collections.abc import Iterator

from services.outcomes.effect.catalogue.wording import MISTAKES
from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.cut import Key
from services.outcomes.effect.durations import by_length
from services.outcomes.effect.entry import WAYS
from services.outcomes.effect.estimates import UNKNOWN
from services.outcomes.effect.figure import Figure, Share
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.incidence import Curves, curves
from services.outcomes.effect.indicator import DIMENSIONS, WINDOWS, Indicator
from services.outcomes.effect.question import Question
from services.outcomes.effect.steps import Counted, Counts, Step, Told, while_it_holds
from services.outcomes.effect.subjects import participant

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

JOB, WAITING, PROVISIONAL = "job", "waiting", "provisional"
"""Counted are participations by (way out, days until then), (waiting, first day) and (provisional, days until then)."""
LAST = WINDOWS[-1]
"""Last day of the curve; whatever comes later is counted as the day after."""
DIGITS = 6
"""Digits of a point of the curve."""


def steps(cell: ParticipationCell, frame: Frame) -> Iterator[Told]:
    """She waits from her first day until it is known that she has left, but not while an exit is provisional.

    While it is, she has been followed until the day before that exit.
    """
    waiting = (WAITING, cell.started)
    followed: list[Step] = [(cell.started, waiting, 1)]
    if cell.known is not None and cell.left is not None:
        followed += [(cell.known, waiting, -1), (cell.known, (cell.way, _days(cell.started, cell.left)), 1)]
    for first, after in cell.provisional:
        until = after if cell.known is None else min(after, cell.known)
        followed += while_it_holds((PROVISIONAL, _days(cell.started, first - 1)), first, until)
        followed += [(first, waiting, -1), (until, waiting, 1)]
    yield frame.keys_of(participant, cell), followed


def _days(started: int, until: int) -> int:
    return min(until - started, LAST + 1)


def answer(question: Question, counted: Counted) -> Iterator[Figure]:
    """The figures asked for: one for each standard number of days after the start, the last with the curve."""
    for key, counts in question.rows(counted):
        yield from _figures(question, key, counts)


def _figures(question: Question, key: Key, counts: Counts) -> Iterator[Figure]:
    entries = curves(by_length(_followed(counts, question.day), days=LAST))
    so_far = sum(count for (what, _), count in counts.items() if what == JOB)
    provisional = sum(count for (what, _), count in counts.items() if what == PROVISIONAL)
    for days in WINDOWS:
        within = sum(entries.durations.gone(JOB)[: days + 1])
        day = _day_for(entries, days)
        estimate = UNKNOWN if day is None else entries.estimate(JOB, day)
        yield question.figure(
            key,
            so_far,
            Share(within, entries.durations.people, estimate),
            provisional=provisional,
            after_days=days,
            incidences=None if day is None else _incidences(entries, day),
            curve=_curve(entries) if days == LAST else None,
        )


def _followed(counts: Counts, as_of: int) -> Iterator[tuple[int, str | None, int]]:
    """For how many days and until which way out (None: no further) how many participations were followed."""
    for (what, day), count in counts.items():
        if what == WAITING:
            yield as_of - day, None, count
        else:
            yield day, None if what == PROVISIONAL else what, count


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
