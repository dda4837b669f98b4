"""Releases: what was published of an indicator in a municipality, as of which day. Made once, kept for good.

Like the ledger of extracts this table records what was done with the service, not what happened in the world: it
follows no event, and no rebuild makes it again. It belongs in every backup.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from services.outcomes.effect.groups import PUBLISHED, Counts, Published, Row, Value, is_published, plain
from services.outcomes.effect.telling import Rows, Told, tell, tell_apart
from services.outcomes.effect_queries import figures_by, targets_of
from shared.clock import danish_day
from shared.persistence.connection import Connection
from shared.problems import Refused

WINDOW = 182
"""The window that is published."""
WHOLE = ""
"""The cut of an answer that is not cut; other answers are by one dimension."""

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('release:' || $1 || ':' || $2, 0))"
PAST = "SELECT day, told, answers FROM release WHERE municipality = $1 AND indicator = $2 ORDER BY day"
INSERT = """
INSERT INTO release (municipality, indicator, day, made_at, smallest_group, told, answers)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
ONE = """
SELECT made_at, smallest_group, answers -> $4 AS rows FROM release
WHERE municipality = $1 AND indicator = $2 AND day = $3
"""
DAYS = "SELECT day FROM release WHERE municipality = $1 AND indicator = $2 ORDER BY day"


class Answer(NamedTuple):
    """The rows of a release under a cut; each as of the day on which it was told last."""

    made_at: datetime
    smallest_group: int
    rows: list[dict[str, Any]]


async def answer(connection: Connection, municipality: str, indicator: str, day: date, cut: str) -> Answer | None:
    """What was published as of a day; None where no release was made."""
    found = await connection.fetchrow(ONE, municipality, indicator, day, cut)
    return found and Answer(found["made_at"], found["smallest_group"], json.loads(found["rows"]))


async def days(connection: Connection, municipality: str, indicator: str) -> list[date]:
    """The days as of which there are releases, earliest first."""
    return [row["day"] for row in await connection.fetch(DAYS, municipality, indicator)]


async def make(connection: Connection, municipality: str, indicator: str, day: date, *, k: int, now: datetime) -> bool:
    """Make the release as of a day, if it is not there; False where there is nothing yet that may be told.

    Inside a transaction; whoever makes the same one waits. Raises Refused when there is a later one: what may be told
    rests on all that was told before.
    """
    await connection.execute(LOCK, municipality, indicator)
    past = await connection.fetch(PAST, municipality, indicator)
    if any(each["day"] == day for each in past):
        return True
    if past and past[-1]["day"] > day:
        raise Refused(
            "release-too-late",
            f"There is a release of {indicator} as of {past[-1]['day']}",
            "Releases are made in the order of their days.",
        )
    published = PUBLISHED[indicator]
    cuts: list[tuple[str, ...]] = [(), *((name,) for name in published.dimensions)]
    figures = await figures_by(
        connection,
        cuts,
        indicator=indicator,
        as_of=day,
        window=WINDOW,
        municipality=municipality,
        targets=await targets_of(connection, indicator, str(day.year), municipality),
    )
    told_before = [_told(json.loads(each["told"])) for each in past]
    answers_before = json.loads(past[-1]["answers"]) if past else {}

    def made() -> tuple[Told, dict[str, list[dict[str, Any]]]]:
        rows = {",".join(cut): by_value(figures[cut]) for cut in cuts}
        told = telling_of(published, told_before, rows, k)
        return told, _answers(rows, told, answers_before, known=danish_day(now))

    told, answers = await asyncio.to_thread(made)
    if not past and not any(answers.values()):
        return False
    await connection.execute(INSERT, municipality, indicator, day, now, k, _as_json(told), json.dumps(answers))
    return True


def by_value(rows: Sequence[Row]) -> dict[Value, list[Row]]:
    """The rows of each value of the dimension that they are cut by; of None where they are not cut."""
    found: dict[Value, list[Row]] = {}
    for row in filter(is_published, rows):
        (value,) = row["dimensions"].values() or (None,)
        found.setdefault(value, []).append(row)
    return found


def telling_of(
    published: Published, past: Sequence[Told], rows: Mapping[str, Mapping[Value, list[Row]]], k: int
) -> Told:
    """What may be told of the true rows of every cut, by value."""
    counts = {cut: {value: published.groups(own) for value, own in rows[cut].items()} for cut in rows}
    tables = {name: counts[name] for name in published.dimensions}
    return tell(past, counts[WHOLE][None], tables, k) if published.whole else tell_apart(past, tables, k)


def _answers(
    rows: Mapping[str, Mapping[Value, list[Row]]],
    told: Told,
    before: Mapping[str, list[dict[str, Any]]],
    *,
    known: date,
) -> dict[str, list[dict[str, Any]]]:
    """The rows of every cut: as they are where they are told anew, else as they were told last."""
    anew: dict[str, Rows] = {WHOLE: {} if told.whole is None else {None: told.whole}, **told.tables}
    answers = {}
    for cut, own in rows.items():
        standing = {
            value: each for value, each in by_value(before.get(cut, [])).items() if value not in anew.get(cut, {})
        }
        fresh = {
            value: [plain(row) | {"as_known": known.isoformat()} for row in own.get(value, [])]
            for value in anew.get(cut, {})
        }
        shown = standing | fresh
        answers[cut] = [dict(row) for value in sorted(shown, key=str) for row in shown[value]]
    return answers


def _as_json(told: Told) -> str:
    tables = {name: list(map(list, rows.items())) for name, rows in told.tables.items()}
    return json.dumps({"whole": told.whole, "tables": tables})


def _told(read: Mapping[str, Any]) -> Told:
    tables: dict[str, dict[Value, Counts]] = {name: dict(map(tuple, rows)) for name, rows in read["tables"].items()}
    return Told(read["whole"], tables)
