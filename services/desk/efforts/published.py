"""What is published of an effort, as whoever does not work with the citizens sees it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.desk import labels, measures, wording
from services.desk.efforts.answers import PUBLISHED, Answers
from services.desk.outcome import Outcome
from services.desk.parts import PartShare, Whole
from services.desk.share import Share
from shared import danish
from shared.problems import Refused

APPLIES = {
    "mikrosprint_job": ("kind", "mikrosprint"),
    "it_course_job": ("it_specific", True),
}
"""What a course must be to be counted; the others count all."""
WINDOW = 182
"""The one that is published."""
WHAT = {
    "status_after": f"I ordinært job {wording.months(6)} efter, at de stoppede",
    "retained": f"Ordinære job, der har holdt i {wording.window(WINDOW)}",
}
TITLES = measures.TITLES | {"status_after": "Hvor står de bagefter?", "retained": "Stadig hos samme arbejdsgiver"}
FEW = "Tallet ville fortælle om så få personer, at det ikke er offentliggjort endnu. Se igen efter næste kvartal."
OTHER_DAY = "Der er ikke offentliggjort noget om dette for den dag."


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure, and as of which day it was told."""

    whole: Whole
    as_of: date | None


def published(course: Mapping[str, Any], answers: Answers) -> tuple[PublishedFigure, ...]:
    """The figures that may be published of an effort, each told or with the reason why it is not."""
    found = []
    for indicator, by in PUBLISHED:
        field, wanted = APPLIES.get(indicator, ("course_id", course["course_id"]))
        if course[field] != wanted:
            continue
        rows = answers.rows(indicator, course["course_id"])
        answer = answers.by_question[indicator, by]
        waiting = OTHER_DAY if isinstance(answer, Refused) and answer.code == "day-not-published" else FEW
        found.append(PublishedFigure(_whole(indicator, rows, waiting, answers), _day(rows)))
    return tuple(found)


def _whole(indicator: str, rows: tuple[Outcome, ...], waiting: str, answers: Answers) -> Whole:
    row = rows[0] if rows else None
    if indicator == "status_after":
        share = Share.of(
            next((each.numerator for each in rows if each.stage == "job"), 0), row.denominator if row else None
        )
        parts = _standings(rows)
    else:
        share = Share.of(row.numerator, row.denominator) if row else None
        parts = _kinds(row) if indicator == "moved_on" and row else ()
    return Whole(
        key=indicator,
        title=TITLES[indicator],
        what=WHAT.get(indicator, f"Andel inden for {wording.window(WINDOW)}"),
        share=share,
        waiting=waiting,
        beside=_beside(parts) if indicator == "moved_on" else "",
        heading="Hvortil" if indicator == "moved_on" else "Status",
        parts=parts,
        definition=answers.definition(indicator),
    )


def _kinds(row: Outcome) -> tuple[PartShare, ...]:
    return tuple(
        PartShare(name, Share.of(row.split.get(kind, 0), row.denominator))
        for kind, name in labels.MOVED_ON_KINDS.items()
    )


def _standings(rows: tuple[Outcome, ...]) -> tuple[PartShare, ...]:
    by_stage = {row.stage: row for row in rows}
    return tuple(
        PartShare(name, Share.of(by_stage[stage].numerator, by_stage[stage].denominator))
        for stage, name in labels.STANDINGS.items()
        if stage in by_stage
    )


def _beside(parts: tuple[PartShare, ...]) -> str:
    said = [f"{wording.number(part.share.numerator)} i {part.name.lower()}" for part in parts if part.share]
    return f"Heraf {danish.joined(said)}." if said else ""


def _day(rows: tuple[Outcome, ...]) -> date | None:
    return rows[0].as_of if rows else None
