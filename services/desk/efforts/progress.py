"""How far a target is reached: what has come of it in its period. Pure.

Agreements are those in force on the day. The other three count what has come: the count so far at the period's end (or
today) less what there was on the day before it began.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.desk import decimals, measures, wording
from services.desk.efforts.period import Period, period
from services.desk.measures import STANDING
from shared import danish

TARGETS = tuple(measures.TARGETS)
"""T1 to T4, in order."""
WORDS = {
    "agreements": "virksomheder har en aftale",
    "mikrosprint_job": "deltagelser er blevet til job",
    "it_course_job": "deltagelser er blevet til job",
    "upskilled_praktik": "borgere er kommet i praktik",
}
Counted = Mapping[tuple[str, date], int]
"""What there was so far of an indicator on a day."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target of one period with its progress. ``reached`` is None where the period has not begun."""

    key: str
    label: str
    title: str
    period: Period
    goal: str
    reached: int | None
    counted: str
    """Which days ``reached`` counts."""
    in_all: str
    """What there was until then, of all years: the number that stands beside the effort. Empty where it is the same."""
    part: float
    """Of the goal; above 1 when more has come."""
    said: str
    when: str
    words: str


def days_asked(targets: Iterable[Mapping[str, Any]], today: date) -> set[tuple[str, date]]:
    """Of which indicators and days the counts are needed."""
    return {need for target in targets for need in _needs(target["indicator"], period(target["period"]), today)}


def targets(told: Iterable[Mapping[str, Any]], counted: Counted, today: date) -> tuple[Target, ...]:
    """The targets as they stand today: running periods first, then those to come, then those gone."""
    found = [_target(target, period(target["period"]), counted, today) for target in told]
    return tuple(sorted(found, key=lambda target: _place(target, today)))


def _place(target: Target, today: date) -> tuple[int, int, int, int]:
    span = target.period
    running = 0 if span.first <= today <= span.last else 1 if span.first > today else 2
    length = (span.last - span.first).days
    return running, -span.first.toordinal(), -length, TARGETS.index(target.key)


def _needs(indicator: str, span: Period, today: date) -> Iterator[tuple[str, date]]:
    if span.first > today:
        return
    yield indicator, min(today, span.last)
    if indicator != STANDING:
        yield indicator, span.first - timedelta(days=1)


def _target(told: Mapping[str, Any], span: Period, counted: Counted, today: date) -> Target:
    key, goal = told["indicator"], float(told["value"])
    reached: int | None = None
    days = in_all = ""
    if span.first <= today:
        until = min(today, span.last)
        before = 0 if key == STANDING else counted[key, span.first - timedelta(days=1)]
        reached = counted[key, until] - before
        days = _days(key, span, today)
        in_all = "" if key == STANDING else f"I alt, alle år: {wording.number(counted[key, until])}."
    return Target(
        key=key,
        label=measures.TARGETS[key].capitalize(),
        title=measures.TITLES[key],
        period=span,
        goal=_number(goal),
        reached=reached,
        counted=days,
        in_all=in_all,
        part=(reached or 0) / goal if goal else 1.0,
        said=_said(reached, goal),
        when=_when(span, today),
        words=WORDS[key],
    )


def _number(goal: float) -> str:
    return wording.number(int(goal)) if goal == int(goal) else decimals.said(goal)


def _said(reached: int | None, goal: float) -> str:
    if reached is None:
        return "Perioden er ikke begyndt."
    if reached >= goal:
        return "Målet er nået."
    return f"{wording.percent(reached / goal)} af målet. Der mangler {_number(goal - reached)}."


def _days(key: str, span: Period, today: date) -> str:
    over = span.last < today
    if key == STANDING:
        return f"Aftaler, der gjaldt {danish.day(span.last)}." if over else "Aftaler, der gælder i dag."
    return f"Talt fra {danish.day(span.first)} til og med {danish.day(span.last) if over else 'i dag'}."


def _when(span: Period, today: date) -> str:
    if span.first > today:
        return f"Begynder {danish.day(span.first)}."
    if span.last < today:
        return f"Sluttede {danish.day(span.last)}."
    return f"{wording.percent(span.gone(today))} af perioden er gået."
