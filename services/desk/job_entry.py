"""How soon after the start people are in a job: the curve, and what it says after fixed numbers of days. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.desk import wording
from services.desk.outcome import Outcome, Outcomes
from services.desk.share import Estimate
from shared import danish

WIDTH, HEIGHT = 360, 184
LEFT, RIGHT, TOP, BOTTOM = 40, 352, 10, 152
"""The box that the curve is drawn in, of the picture's ``WIDTH`` by ``HEIGHT``."""
LAST_DAY = 365
TOPS = (0.1, 0.2, 0.4, 0.6, 1.0)
"""Shares that the upright axis may end at."""
USUAL = 182


@dataclass(frozen=True, slots=True)
class After:
    """So many days after the start: the share in a job by then, None where nobody has been followed that long."""

    days: int
    share: Estimate | None
    jobs: int
    """Who has gone to a job within those days so far."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The interval of one share, drawn upright."""

    x: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The curve in the coordinates of the picture: y grows downwards."""

    path: str
    bars: tuple[Bar, ...]
    days: tuple[Tick, ...]
    shares: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class JobEntry:
    """The curve of one effort. ``picture`` is None before anybody has been followed for a month."""

    after: tuple[After, ...]
    people: int
    provisional: int
    sentence: str
    described: str
    picture: Picture | None
    definition: str


def job_entry(outcomes: Outcomes) -> JobEntry | None:
    """The curve in a document; None when it has none or nobody has started."""
    rows = sorted(outcomes.of("job_entry"), key=lambda row: row.after_days or 0)
    people = int(rows[0].denominator or 0) if rows else 0
    if not people:
        return None
    after = tuple(After(row.after_days or 0, _estimate(row), row.numerator) for row in rows)
    known = [each for each in after if each.share is not None]
    return JobEntry(
        after=after,
        people=people,
        provisional=rows[0].provisional,
        sentence=_sentence(known, people),
        described=_described(known),
        picture=_picture(known, rows[-1].curve) if known else None,
        definition=outcomes.definition("job_entry"),
    )


def _estimate(row: Outcome) -> Estimate | None:
    if row.share is None or row.low is None or row.high is None:
        return None
    return Estimate(row.share, row.low, row.high, int(row.denominator or 0))


def _sentence(known: list[After], people: int) -> str:
    if not known:
        return f"For tidligt at sige. {wording.people(people).capitalize()} er startet, ingen for en måned siden endnu."
    shown = next((each for each in known if each.days == USUAL), known[-1])
    assert shown.share is not None
    return (
        f"{wording.after(shown.days)} er {wording.percent(shown.share.value)} gået til ordinært job – "
        f"{wording.sureness(shown.share)}. Det bygger på {wording.participations(people)}."
    )


def _described(known: Iterable[After]) -> str:
    """The picture in words, for those who cannot see it."""
    said = [f"{wording.percent(each.share.value)} efter {each.days} dage" for each in known if each.share]
    return f"Kurve over andelen, der er gået til ordinært job: {danish.joined(said)}."


def _picture(known: list[After], curve: tuple[tuple[int, float, float], ...]) -> Picture:
    highest = max([each.share.high for each in known if each.share] + [share for _, share, _ in curve])
    top = next(share for share in TOPS if share >= min(highest, 1.0))
    end = max([each.days for each in known] + [day for day, *_ in curve])
    path, reached = [f"M{_x(0)} {_y(0, top)}"], 0.0
    for day, share, _ in curve:
        if share != reached:
            path.append(f"H{_x(day)}V{_y(share, top)}")
            reached = share
    path.append(f"H{_x(min(end, LAST_DAY))}")
    bars = tuple(
        Bar(_x(each.days), _y(each.share.high, top), round(_y(each.share.low, top) - _y(each.share.high, top), 1))
        for each in known
        if each.share
    )
    days = tuple(Tick(_x(day), f"{day}") for day in (0, 91, 182, 273, 365))
    shares = tuple(Tick(_y(part * top, top), wording.percent(part * top)) for part in (0, 0.5, 1))
    return Picture("".join(path), bars, days, shares)


def _x(day: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * day / LAST_DAY, 1)


def _y(share: float, top: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share / top, 1)
