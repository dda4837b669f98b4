"""The answers about one effort as the documents that the front page's cards are made of. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.desk.documents import Cohort, Course, Effort
from services.desk.efforts.answers import Answers
from services.desk.outcome import Definition, Outcome, Outcomes, Pilot

FIRST = ("funnel", "mikrosprint_job", "it_course_job", "upskilled_praktik", "moved_on")
SECOND = ("job_entry", "status_after", "retained")
NOTHING = dict.fromkeys(("ordinary", "wage_subsidy", "praktik"), 0)


def course_of(told: Mapping[str, Any]) -> Course:
    """The course as courses tells it."""
    return Course.model_validate({**told} | {"id": told["course_id"]})


def cohorts_of(told: Mapping[str, Any]) -> tuple[Cohort, ...]:
    """Its cohorts, without those that were cancelled."""
    return tuple(
        Cohort.model_validate({**cohort} | {"id": cohort["cohort_id"]})
        for cohort in told["cohorts"]
        if not cohort["cancelled_on"]
    )


def effort_of(told: Mapping[str, Any], answers: Answers, municipality: str, as_of: date, window: int) -> Effort:
    """The first document. A figure that counts nobody of the effort yet stands with zeros."""
    course = course_of(told)
    rows = [
        row for indicator in FIRST for row in answers.rows(indicator, course.id) or _nobody(answers, indicator, window)
    ]
    return Effort(
        projection="effort",
        as_of=as_of,
        municipality=municipality,
        course=course,
        cohorts=cohorts_of(told),
        rows=tuple(rows),
    )


def outcomes_of(
    course_id: str, answers: Answers, verdicts: Iterable[Mapping[str, Any]], municipality: str, as_of: date
) -> Outcomes:
    """The second document, with the verdicts of the effort's pilots and the municipality's comparison."""
    rows = [row for indicator in SECOND for row in answers.rows(indicator, course_id)]
    return Outcomes(
        projection="effort-outcomes",
        as_of=as_of,
        municipality=municipality,
        rows=(*rows, *answers.whole("comparison")),
        definitions={
            indicator: Definition(definition=answers.definition(indicator)) for indicator in (*SECOND, "comparison")
        },
        pilots=tuple(Pilot.model_validate(verdict) for verdict in verdicts),
    )


def _nobody(answers: Answers, indicator: str, window: int) -> tuple[Outcome, ...]:
    if indicator == "funnel":
        return ()
    told = Outcome(
        indicator=indicator,
        window=window,
        denominator=0,
        split=NOTHING,
        split_so_far=NOTHING,
        definition=answers.definition(indicator),
    )
    return (told,)
