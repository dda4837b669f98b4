"""Standing: from when until when people or companies are so, or from when on they have become so."""

from collections.abc import Iterator

from services.outcomes.effect.cells import AgreementCell, ReachCell, ServiceGoalCell, UpskilledCell, UpskilledItem
from services.outcomes.effect.cut import Key, Subject
from services.outcomes.effect.frame import Frame
from services.outcomes.effect.offers import Offers
from services.outcomes.effect.steps import Step, Told, while_it_holds
from services.outcomes.effect.subjects import company, registered

IN_AGREEMENT = "in agreement"
"""Companies with an agreement in force."""
UPSKILLED = "upskilled"
"""Citizens upskilled and in praktik."""
DUE, IN_TIME = "due", "in time"
"""Contacts that were due, and those of them that were answered in time."""
REGISTERED, REACHED = "registered", "reached"
"""Citizens who are registered, and those of them who are reached."""


def in_agreement(cell: AgreementCell, frame: Frame) -> Iterator[Told]:
    """Companies enter and leave; cells count both, by their sign."""
    yield frame.keys_of(company, cell), [(cell.day, IN_AGREEMENT, 1)]


def upskilled(cell: UpskilledCell, frame: Frame) -> Iterator[Told]:
    """A citizen counts once under each key: from the first day on which a participation there has upskilled her (U)
    and she is or was in praktik, which began no later than U + W."""
    firsts: dict[Key, int] = {}
    for item in cell.items:
        if item.praktik <= item.upskilled + frame.window:
            day = max(item.praktik, item.upskilled)
            for key in frame.keys_of(_in_course, (cell.municipality, item)):
                firsts[key] = min(day, firsts.get(key, day))
    for key, day in firsts.items():
        yield [key], [(day, UPSKILLED, 1)]


def _in_course(taught: tuple[str, UpskilledItem], offers: Offers) -> Subject:
    municipality, item = taught
    course, cohort, target_group, education_level, timing, started, *_ = item
    return Subject(municipality, offers.course(course), cohort, target_group, education_level, timing, started)


def answered(cell: ServiceGoalCell, frame: Frame) -> Iterator[Told]:
    """A contact counts from the day on which it was due."""
    yield frame.keys_of(company, cell), [(cell.due, DUE, 1), (cell.due, IN_TIME, cell.in_time)]


def reached(cell: ReachCell, frame: Frame) -> Iterator[Told]:
    """A citizen counts while she is registered in the group, and as reached while she is."""
    steps: list[Step] = while_it_holds(REGISTERED, cell.first, cell.after)
    for first, after in cell.reached:
        steps += while_it_holds(REACHED, first, after)
    yield frame.keys_of(registered, cell), steps
