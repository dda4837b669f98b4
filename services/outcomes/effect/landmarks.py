"""Landmarks: citizens who have been unemployed equally long and have not started on a course, compared from there.

A course can only be started by those who are still unemployed. Compared with everybody, starters look good for having
waited; so at a landmark only those count who are still there, whether or not they start soon after it.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from services.outcomes.effect.cells import Landmark, LandmarkCell, ParticipationCell
from services.outcomes.effect.citizen import Spell, Timeline, valid_on
from services.outcomes.effect.days import NEVER, danish_day, day, months_after
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told, last, value
from services.outcomes.effect.intervals import union
from services.outcomes.effect.placements import Placement

MONTHS = (3, 6, 9, 12)
"""Calendar months of unemployment at which people are compared."""
STARTS_WITHIN = 30
"""Days after a landmark in which a start counts."""
JOB_WITHIN = 182
"""Days after a landmark in which a job counts."""
AGES = ((30, "under 30"), (50, "30-49"))
"""Bands by age in years, each below its limit."""
OLDEST = "50+"


def landmark_cells(
    history: Told,
    spells: list[Spell],
    participations: list[ParticipationCell],
    placements: list[Placement],
    groups: Timeline,
    levels: Timeline,
) -> Iterator[LandmarkCell]:
    """A citizen's landmarks: all at whose end she is registered, has no ordinary job and has never started a course.

    They lie months after the day she became unemployed as last told while she was registered; where it was never told,
    the day she was registered. There is one cell for those at which she was alike.
    """
    found: dict[tuple[str, str | None, str | None, str | None], list[Landmark]] = {}
    telling = [*history.get("citizen-registered", ()), *history.get("citizen-changed", ())]
    jobs = [placement for placement in placements if placement.kind == "ordinary"]
    first = participations[0].started if participations else NEVER
    for enters, leaves in union((spell.first, spell.after) for spell in spells):
        for months, on in _landmarks(_unemployed_since(telling, enters, leaves)):
            if on >= leaves or on >= first:
                break
            if on < enters or _works(jobs, on):
                continue
            person = (
                next(spell.municipality for spell in spells if spell.first <= on < spell.after),
                valid_on(groups, on),
                valid_on(levels, on),
                _age_band(value(telling, "birth_year"), on),
            )
            started = first if first <= on + STARTS_WITHIN else None
            job = min([job.start for job in jobs if on < job.start <= on + JOB_WITHIN], default=None) if jobs else None
            found.setdefault(person, []).append(Landmark(months, on, started, job))
    for person, landmarks in found.items():
        yield LandmarkCell("landmark", *person, tuple(landmarks))


@lru_cache(maxsize=1 << 14)
def _landmarks(since: int) -> tuple[tuple[int, int], ...]:
    """(months, day) of each; many citizens became unemployed on the same day."""
    return tuple([(months, months_after(since, months)) for months in MONTHS])


def _unemployed_since(telling: list[Fact], enters: int, leaves: int) -> int:
    told = [fact for fact in telling if fact.data.get("unemployed_since") is not None]
    within = [fact for fact in told if enters <= _holds_from(fact) < leaves]
    return day(last(within).data["unemployed_since"]) if within else enters


def _holds_from(fact: Fact) -> int:
    return danish_day(fact.time) if fact.type == "citizen-registered" else day(fact.data["valid_from"])


def _works(jobs: list[Placement], on: int) -> bool:
    return any(job.start <= on and (job.end is None or on <= job.end) for job in jobs)


def _age_band(born: int | None, on: int) -> str | None:
    if born is None:
        return None
    age = date.fromordinal(on).year - born
    return next((band for limit, band in AGES if age < limit), OLDEST)
