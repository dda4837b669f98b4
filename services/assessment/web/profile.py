"""The competence profile of one test, in the words of its page and its PDF, which are the same. Pure."""

from pydantic import BaseModel

from services.assessment.views.session import AreaView, TestResultView
from services.assessment.web import wording
from shared import danish
from shared.clock import danish_day
from shared.problems import NotFound

TITLE = "Digital kompetenceprofil"


class ProfileArea(BaseModel):
    """One area: what it is called, the level, its interval, and what it means."""

    name: str
    level: str
    interval: str
    meaning: str


class Profile(BaseModel):
    """Everything that the profile says; no name and no number of a person."""

    title: str = TITLE
    year: int
    month: int
    day: int
    tested: str
    method: list[str]
    caution: str
    measured: list[ProfileArea]
    inferred: list[ProfileArea]
    levels: list[tuple[str, str]]


def profile_of(result: TestResultView) -> Profile:
    """The profile of a finished test. Raises NotFound when nothing was measured."""
    measured = [area for area in result.areas if area.measured]
    if not measured:
        raise NotFound("profile-empty", "Nothing was measured in this test", "There is nothing to show in a CV.")
    on = danish_day(result.finished_at)
    items = sum(area.items for area in measured)
    method = [
        f"Målt med en adaptiv test: {items} opgaver, valgt efter personens svar.",
        f"Ramme: {result.framework} {result.framework_version}, otte niveauer. Opgavebank: {result.bank_version}.",
    ]
    if result.assisted:
        method.append("En eMentor sad ved siden af. Kun det, der blev løst uden hjælp, er talt med.")
    return Profile(
        year=on.year,
        month=on.month,
        day=on.day,
        tested=f"Testet {danish.day(on)}",
        method=method,
        caution="" if result.calibrated else f"Ikke kalibreret. {wording.NOT_CALIBRATED}",
        measured=[_area(area) for area in measured],
        inferred=[_area(area) for area in result.areas if not area.measured],
        levels=[
            (f"Niveau {2 * group + 1} og {2 * group + 2}: {wording.GROUPS[group]}", wording.MEANINGS[group])
            for group in range(len(wording.GROUPS))
        ],
    )


def _area(area: AreaView) -> ProfileArea:
    return ProfileArea(
        name=wording.area(area.area),
        level=_capital(wording.level(area.level)),
        interval=_capital(wording.interval(area.level_low, area.level_high)),
        meaning=wording.meaning(area.level),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
