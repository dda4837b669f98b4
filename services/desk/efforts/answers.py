"""What outcomes answers about one effort: the rows of each figure, or why there are none."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.desk.efforts.asked import Asked
from services.desk.outcome import Outcome
from services.desk.sheet import Sheet
from shared.problems import Refused

Question = tuple[str, str]
"""An indicator and its cut."""
Answer = list[dict[str, Any]] | Refused

OF_AN_EFFORT: tuple[Question, ...] = (
    ("funnel", "course"),
    ("mikrosprint_job", "course"),
    ("it_course_job", "course"),
    ("upskilled_praktik", "course"),
    ("moved_on", "course"),
    ("moved_on", "course,target_group"),
    ("job_entry", "course"),
    ("status_after", "course"),
    ("retained", "course"),
    ("comparison", ""),
)
PUBLISHED: tuple[Question, ...] = tuple(
    (indicator, "course") for indicator in ("mikrosprint_job", "it_course_job", "moved_on", "status_after", "retained")
)
"""What is published of an effort (docs/effect.md, Suppression)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """All of them, and the catalogue of definitions by indicator."""

    by_question: Mapping[Question, Answer]
    catalogue: Mapping[str, Mapping[str, Any]]

    def rows(self, indicator: str, course_id: str) -> tuple[Outcome, ...]:
        """The rows of the effort: they are asked for by course, and stand here as the whole."""
        return tuple(
            Outcome.model_validate(row | {"dimensions": {}})
            for row in self._told(indicator, "course")
            if row["dimensions"]["course"] == course_id
        )

    def by_target_group(self, indicator: str, course_id: str) -> dict[str | None, Outcome]:
        """The row of each target group of the effort."""
        return {
            row["dimensions"]["target_group"]: Outcome.model_validate(row)
            for row in self._told(indicator, "course,target_group")
            if row["dimensions"]["course"] == course_id
        }

    def whole(self, indicator: str) -> tuple[Outcome, ...]:
        """The rows of the whole municipality."""
        return tuple(map(Outcome.model_validate, self._told(indicator, "")))

    def definition(self, indicator: str) -> str:
        """Its sentence."""
        return str(self.catalogue[indicator]["definition_da"])

    @property
    def days(self) -> tuple[date, ...]:
        """The days as of which something was published, where another one was asked for."""
        allowed = {
            day
            for answer in self.by_question.values()
            if isinstance(answer, Refused) and answer.code == "day-not-published"
            for day in answer.members.get("allowed", ())
        }
        return tuple(sorted(date.fromisoformat(day) for day in allowed))

    def _told(self, indicator: str, by: str) -> list[dict[str, Any]]:
        answer = self.by_question.get((indicator, by), [])
        return [] if isinstance(answer, Refused) else answer


async def answers(sheet: Sheet, asked: Asked, questions: Iterable[Question]) -> Answers:
    """The answers to several questions, asked at once. What is refused stands among them; other problems raise."""
    questions = tuple(questions)
    catalogue, *found = await asyncio.gather(
        sheet.read("outcomes", "/effect/catalogue"), *(_answer(sheet, asked, question) for question in questions)
    )
    return Answers(dict(zip(questions, found, strict=True)), {one["key"]: one for one in catalogue})


async def _answer(sheet: Sheet, asked: Asked, question: Question) -> Answer:
    indicator, by = question
    try:
        answer = await sheet.calls.file("outcomes", "/effect", indicator=indicator, by=by or None, **asked.parameters())
    except Refused as refused:
        return refused
    rows: list[dict[str, Any]] = answer.json()
    return rows


async def verdicts(sheet: Sheet, asked: Asked, course_id: str) -> list[dict[str, Any]]:
    """What the figures say of the effort's pilots, the newest first."""
    named = {name: value for name, value in asked.parameters().items() if name != "window"}
    found = await sheet.read("outcomes", "/effect/verdicts", **named)
    return [verdict for verdict in found if verdict["course_id"] == course_id]
