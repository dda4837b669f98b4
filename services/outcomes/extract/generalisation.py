"""Generalisation: by what a person might be recognised, and how coarsely each of these can be told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.outcomes.extract.record import Record

ANY = "*"
"""Told of everybody: the value is left out."""
HIGHER = frozenset({"short", "medium", "long"})
BANDS = ((30, "under 30"), (50, "30-49"))


@dataclass(frozen=True, slots=True)
class Attribute:
    """A quasi-identifier: its levels from the finest to leaving it out, each with how a record's value is told."""

    name: str
    levels: tuple[tuple[str, Callable[[Record], str]], ...]


def week(day: date) -> str:
    """The ISO week of a day, e.g. ``2021-W36``."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def quarter(day: date) -> str:
    """The quarter of a day, e.g. ``2021-Q3``."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def band(age: int | None, years: int) -> str:
    """The age band of so many years, e.g. ``25-29``; under 20 and from 65 on there is one band each."""
    if age is None:
        return ""
    if age < 20:
        return "under 20"
    if age >= 65:
        return "65+"
    first = age // years * years
    return f"{first}-{min(first + years, 65) - 1}"


def wide_band(age: int | None) -> str:
    """Under 30, 30 to 49, or 50 and over: the bands that the target groups are told by."""
    if age is None:
        return ""
    return next((name for limit, name in BANDS if age < limit), "50+")


def education(level: str | None) -> str:
    """Three kinds of education: without, skilled, higher."""
    if level is None or level == "skilled":
        return level or ""
    return "higher" if level in HIGHER else "none or unskilled"


def _anybody(_: Record) -> str:
    return ANY


ATTRIBUTES = (
    Attribute(
        "start",
        (
            ("week", lambda record: week(record.started)),
            ("quarter", lambda record: quarter(record.started)),
            ("year", lambda record: str(record.started.year)),
            ("left out", _anybody),
        ),
    ),
    Attribute(
        "course",
        (
            ("course", lambda record: record.course.id),
            ("kind", lambda record: record.course.kind or ""),
            ("left out", _anybody),
        ),
    ),
    Attribute(
        "age",
        (
            ("5 years", lambda record: band(record.age, 5)),
            ("10 years", lambda record: band(record.age, 10)),
            ("under 30, 30-49, 50+", lambda record: wide_band(record.age)),
            ("left out", _anybody),
        ),
    ),
    Attribute(
        "education_level",
        (
            ("level", lambda record: record.education_level or ""),
            ("three kinds", lambda record: education(record.education_level)),
            ("left out", _anybody),
        ),
    ),
    Attribute("target_group", (("code", lambda record: record.target_group or ""), ("left out", _anybody))),
)
"""By these somebody who knows a participant may find her; what came of the participation is what is studied."""

Levels = tuple[int, ...]
"""For each attribute the level that it is told at; 0 is the finest."""
FINEST: Levels = (0,) * len(ATTRIBUTES)


def told_as(record: Record, levels: Levels) -> tuple[str, ...]:
    """What an extract tells of who a record is about."""
    return tuple(attribute.levels[level][1](record) for attribute, level in zip(ATTRIBUTES, levels, strict=True))
