"""A record: one participation of one citizen, as it is taken from her history before anything is generalised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.contributions import contributions
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import told, value
from services.outcomes.effect.references import Course, References

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Record:
    """One participation. What came of it is in whole weeks after its start; None where it has not by the day."""

    citizen: str
    number: int
    """1 for her first participation, 2 for the next …"""
    course: Course
    started: date
    age: int | None
    """Years she had reached by the end of the year it started."""
    target_group: str | None
    education_level: str | None
    timing: str
    reason: str | None
    ended: int | None
    certified: int | None
    ordinary: int | None
    wage_subsidy: int | None
    praktik: int | None
    flexjob: int | None


def is_protected(facts: Iterable[Fact]) -> bool:
    """Whether her name and address are protected: such a citizen is in no extract."""
    return any(fact.data.get("protected") for fact in facts)


def records(citizen: str, facts: list[Fact], references: References, *, municipality: str, as_of: date) -> list[Record]:
    """Her participations in a municipality that had started by the day, in order; what happened later is not told."""
    history = told(facts)
    known = [*history.get("citizen-registered", ()), *history.get("citizen-changed", ())]
    birth_year = value(known, "birth_year") if known else None
    cells = [
        cell
        for cell, count in contributions(facts).items()
        for _ in range(count)
        if isinstance(cell, ParticipationCell)
        and cell.municipality == municipality
        and cell.started <= as_of.toordinal()
    ]
    cells.sort(key=lambda cell: (cell.started, cell.course))
    return [
        _record(citizen, number, cell, references.course(cell.course), birth_year, as_of.toordinal())
        for number, cell in enumerate(cells, start=1)
    ]


def _record(
    citizen: str, number: int, cell: ParticipationCell, course: Course, birth_year: int | None, as_of: int
) -> Record:
    started = date.fromordinal(cell.started)

    def weeks(day: int | None) -> int | None:
        return None if day is None or day > as_of else (day - cell.started) // DAYS_OF_A_WEEK

    return Record(
        citizen=citizen,
        number=number,
        course=course,
        started=started,
        age=None if birth_year is None else started.year - birth_year,
        target_group=cell.target_group,
        education_level=cell.education_level,
        timing=cell.timing,
        reason=cell.reason if cell.ended is not None and cell.ended <= as_of else None,
        ended=weeks(cell.ended),
        certified=weeks(cell.certified),
        ordinary=weeks(cell.ordinary),
        wage_subsidy=weeks(cell.wage_subsidy),
        praktik=weeks(cell.praktik),
        flexjob=weeks(cell.flexjob),
    )
