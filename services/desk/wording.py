"""Figures and dates as a Danish reader says them. Pure.

A share never stands without how many it is of and how sure one can be; what cannot be told yet is said in words.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from services.desk.share import Estimate, Share
from shared.danish import MONTHS, NBSP, day, moment

WINDOWS = {30: "en måned", 91: "tre måneder", 182: "et halvt år", 365: "et år"}
VERY_FEW = 10
FEW = 50
WIDE = 0.25
NARROW = 0.05


def number(count: int) -> str:
    """``1925`` -> ``1.925``."""
    return f"{count:,}".replace(",", ".")


def percent(share: float, decimals: int = 0) -> str:
    """``0.74`` -> ``74 %``, halves upwards. Rounding never makes something of nothing, nor all of almost all."""
    if share in {0, 1}:
        return f"{int(100 * share)}{NBSP}%"
    step = Decimal(1).scaleb(-decimals)
    rounded = (Decimal(str(share)) * 100).quantize(step, ROUND_HALF_UP)
    if rounded == 0:
        return f"under {_plain(step)}{NBSP}%"
    if rounded == 100:
        return f"over {_plain(100 - step)}{NBSP}%"
    return f"{_plain(rounded)}{NBSP}%"


def _plain(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def part(share: Share) -> str:
    """``17 af 23 (74 %)``."""
    return f"{number(share.numerator)} af {number(share.denominator)} ({percent(share.value)})"


def between(share: Share | Estimate) -> str:
    """``54 % og 87 %``, with a decimal when the interval is narrow."""
    decimals = 1 if share.high - share.low < NARROW else 0
    return f"{percent(share.low, decimals)} og {percent(share.high, decimals)}"


def brief(share: Share | Estimate) -> str:
    """The interval where there is little room: ``sandsynligvis 54–87 %``."""
    return f"sandsynligvis {between(share).replace(f'{NBSP}% og ', '–')}"


def sureness(share: Share | Estimate) -> str:
    """How sure one can be: ``det sande tal ligger sandsynligvis mellem 54 % og 87 %``."""
    return f"det sande tal ligger sandsynligvis mellem {between(share)}"


def sentence(share: Share) -> str:
    """``17 af 23 (74 %) – det sande tal ligger sandsynligvis mellem 54 % og 87 %``."""
    return f"{part(share)} – {sureness(share)}"


def caution(share: Share) -> str:
    """What to keep in mind because the number of people is small; empty when it is large enough."""
    if share.denominator < VERY_FEW:
        return "Det er så få, at tallet endnu ikke kan sige ret meget."
    if share.denominator < FEW and share.high - share.low > WIDE:
        return "Det er få, så tallet er et fingerpeg og langt fra sikkert."
    return ""


def points(difference: float) -> str:
    """``0.123`` -> ``12 procentpoint flere``, ``-0.05`` -> ``5 procentpoint færre``, ``0.001`` -> ``lige mange``."""
    size = (Decimal(str(abs(difference))) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    if size == 0:
        return "lige mange"
    return f"{size}{NBSP}procentpoint {'flere' if difference > 0 else 'færre'}"


def between_points(low: float, high: float) -> str:
    """``mellem 5 færre og 12 flere`` (percentage points)."""
    return f"mellem {_bare(points(low))} og {_bare(points(high))}"


def _bare(said: str) -> str:
    return said.replace(f"{NBSP}procentpoint", "")


def people(count: int) -> str:
    """``1 borger``, ``23 borgere``."""
    return f"{number(count)} {'borger' if count == 1 else 'borgere'}"


def participations(count: int) -> str:
    """``1 deltagelse``, ``23 deltagelser``."""
    return f"{number(count)} {'deltagelse' if count == 1 else 'deltagelser'}"


def months(count: int) -> str:
    """``1 måned``, ``6 måneder``."""
    return f"{count}{NBSP}{'måned' if count == 1 else 'måneder'}"


def after(days: int) -> str:
    """``Et halvt år efter start``, or ``60 dage efter start`` for a time without a name."""
    name = WINDOWS.get(days, f"{days}{NBSP}dage")
    return f"{name[:1].upper()}{name[1:]} efter start"


def goal(target: float, period: str) -> str:
    """``målet for 2026 er 20``."""
    return f"målet for {period} er {number(int(target))}"


def span(first: date, last: date) -> str:
    """``6. september – 1. oktober 2021``; the year twice only when it differs."""
    if first == last:
        return day(last)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day}.{NBSP}{MONTHS[first.month - 1]} – {day(last)}"
    return f"{first.day}.–{day(last)}"


def window(days: int) -> str:
    """``et halvt år (182 dage)``, or ``60 dage`` for a window without a name."""
    name = WINDOWS.get(days)
    return f"{name} ({days}{NBSP}dage)" if name else f"{days}{NBSP}dage"


def too_early(days: int | None, whole: date | None, today: date) -> str:
    """Why there is no share yet. ``whole`` is the day from which a whole cohort counts, if there is a cohort."""
    after = f"{window(days)} efter, at en deltager er stoppet" if days else "når deltagernes tid er gået"
    if whole is None or whole <= today:
        return f"For tidligt at sige. Andelen regnes ud {after}."
    return f"For tidligt at sige. Andelen regnes ud {after}. Det første hold er helt med fra {day(whole)}."


def partly(counted: int, started: int) -> str:
    """Who stops early is counted early, which colours the share until the others are counted too."""
    return (
        f"Foreløbig er kun {number(counted)} af de {number(started)} startede talt med. "
        "De, der stoppede tidligt, tælles først – vent med at konkludere."
    )


def stale(heard: datetime | None, now: datetime) -> str:
    """What the page says when it no longer hears from the broker."""
    if heard is None:
        return "Tallene kan ikke hentes lige nu – forbindelsen er afbrudt. Siden prøver selv igen."
    return f"Data er fra {moment(heard, now)} – forbindelsen er afbrudt. Du kan læse videre; siden prøver selv igen."


def fresh(*, moving: bool) -> str:
    """What the page says when its figures are the newest; ``moving`` when it also gets every change."""
    return "Tallene er friske og opdateres af sig selv." if moving else "Tallene er friske."
