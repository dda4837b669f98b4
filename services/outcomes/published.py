"""Published figures: the rows of an answer as they may leave those who work with the citizens.

They are those of a release, as of the last day of a quarter, kept and never changed. ``effect/telling.py`` says what a
release may tell, ``effect/groups.py`` of what, and ``releases.py`` keeps it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.outcomes import releases
from services.outcomes.asked import Asked
from services.outcomes.effect.catalogue import CATALOGUE
from services.outcomes.effect.groups import OF_COMPANIES, PLAIN, PUBLISHED
from services.outcomes.effect.quarters import last_finished
from services.outcomes.effect_queries import check
from shared.clock import danish_day
from shared.persistence.connection import Connection
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, and the question that they answer: of a release, as of its day and as known then."""

    asked: Asked
    rows: list[dict[str, Any]]
    smallest_group: int | None = None
    """By what it is protected; None where the counts are true and for internal use."""


async def published_figures(connection: Connection, asked: Asked, *, k: int, now: datetime) -> Answer:
    """What is published in answer to a question. The release of the last quarter is made when it is not there yet.

    Inside a transaction. Raises Invalid as ``figures_of`` does, and Refused when such an answer is not published.
    """
    check(asked.indicator, asked.by, asked.window)
    if asked.indicator in OF_COMPANIES:
        rows = [{name: row[name] for name in row if name in PLAIN} for row in await asked.figures(connection)]
        return Answer(asked, rows, k)
    cut = _cut(asked)
    newest = last_finished(danish_day(now))
    if asked.as_of == newest:
        await releases.make(connection, asked.municipality, asked.indicator, newest, k=k, now=now)
    found = await releases.answer(connection, asked.municipality, asked.indicator, asked.as_of, cut)
    if found is None and asked.as_of != newest:
        made = await releases.days(connection, asked.municipality, asked.indicator)
        raise _no_release(asked, sorted({*made, newest}))
    if found is None or not found.rows:
        raise _few(asked, cut)
    return Answer(replace(asked, known=danish_day(found.made_at)), found.rows, found.smallest_group)


def _cut(asked: Asked) -> str:
    published = PUBLISHED.get(asked.indicator)
    if published is None:
        raise Refused(
            "indicator-not-published",
            f"{asked.indicator} is for internal use",
            f"Published are {', '.join([*PUBLISHED, *sorted(OF_COMPANIES)])}.",
            allowed=[*PUBLISHED, *sorted(OF_COMPANIES)],
        )
    cuts = [*([releases.WHOLE] if published.whole else []), *published.dimensions]
    cut = ",".join(asked.by)
    if cut not in cuts:
        raise Refused(
            "cut-not-published",
            f"{asked.indicator} {f'by {cut}' if cut else 'as a whole'} is not published",
            f"Ask {_said(cuts)}: what more answers have apart may be few persons.",
            allowed=cuts,
        )
    if CATALOGUE[asked.indicator].windows and asked.window != releases.WINDOW:
        raise Refused(
            "window-not-published",
            f"Figures with a window of {asked.window} days are not published",
            f"Ask with window={releases.WINDOW}: what two windows have apart may be few persons.",
            allowed=[releases.WINDOW],
        )
    if asked.known is not None:
        raise Refused(
            "known-not-published",
            "Published figures are as known on the day they were made",
            "Leave out known; each row says its day as as_known.",
        )
    return cut


def _said(cuts: list[str]) -> str:
    return " or ".join(f"by {cut}" if cut else "for the whole" for cut in cuts)


def _no_release(asked: Asked, days: list[date]) -> Refused:
    return Refused(
        "day-not-published",
        f"Nothing of {asked.indicator} was published as of {asked.as_of}",
        f"Figures are published as of the last day of a quarter: {', '.join(map(str, days))}.",
        allowed=[day.isoformat() for day in days],
    )


def _few(asked: Asked, cut: str) -> Refused:
    return Refused(
        "too-few-persons",
        f"{asked.indicator} {f'by {cut}' if cut else 'as a whole'} tells of too few persons to be published yet",
        "Ask for the whole, or again after the next quarter." if cut else "Ask again after the next quarter.",
    )
