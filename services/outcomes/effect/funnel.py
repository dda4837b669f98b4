"""The funnel: how far each citizen got in each cohort, from being identified to a job."""

from collections.abc import Iterator
from typing import NamedTuple

from services.outcomes.effect.cells import Attempt, FunnelCell, ParticipationCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import danish_day
from services.outcomes.effect.history import Told
from services.outcomes.effect.participation import Participations

APPROACH = ("citizen-identified", "citizen-invited", "invitation-answered", "citizen-enrolled")
"""Events of the stages before the start: identified, invited, accepted, enrolled."""
READS = frozenset(APPROACH) | {"meeting-held"}


class Approach(NamedTuple):
    """The first days of the stages before the start."""

    identified: int | None
    invited: int | None
    accepted: int | None
    enrolled: int | None


NONE = Approach(None, None, None, None)


def funnel_cells(
    history: Told, participations: Participations, groups: Timeline, levels: Timeline
) -> Iterator[FunnelCell]:
    """One cell for each cohort the citizen came near.

    A citizen who was in the cohort by a mis-registration only is not in its funnel at all. Her target group and
    education level are those of the day she started, or of her first stage when she never did.
    """
    approaches = _approaches(history, participations.mistaken)
    meetings = sorted([danish_day(fact.time) for fact in history.get("meeting-held", ())])
    in_cohort: dict[str, list[ParticipationCell]] = {}
    for participation in participations.taken:
        in_cohort.setdefault(participation.cohort, []).append(participation)
    for cohort, taken in in_cohort.items():
        first, (_, approach) = taken[0], approaches.pop(cohort, ("", NONE))
        attempts = tuple([_attempt(participation, meetings) for participation in taken])
        person = (first.target_group, first.education_level, first.timing)
        yield FunnelCell("funnel", first.municipality, cohort, *person, *approach, attempts)
    by_mistake = set(participations.mistaken.values())
    for cohort, (municipality, approach) in approaches.items():
        if cohort not in by_mistake or approach.enrolled is not None:
            on = min([day for day in approach if day is not None])
            person = (valid_on(groups, on), valid_on(levels, on), "none")
            yield FunnelCell("funnel", municipality, cohort, *person, *approach, ())


def _approaches(history: Told, mistaken: dict[str, str]) -> dict[str, tuple[str, Approach]]:
    """For each cohort its municipality and the approach to it."""
    found: dict[str, tuple[str, list[int | None]]] = {}
    for stage, name in enumerate(APPROACH):
        for fact in history.get(name, ()):
            data = fact.data
            if data.get("answer", "accepted") != "accepted" or data.get("enrolment_id") in mistaken:
                continue  # an invitation declined, or a seat taken by mistake, brings her no nearer
            cohort = data["cohort_id"]
            if cohort not in found:
                found[cohort] = (fact.municipality, [None, None, None, None])
            days = found[cohort][1]
            on, reached = danish_day(fact.time), days[stage]
            if reached is None or on < reached:
                days[stage] = on
    return {cohort: (municipality, Approach(*days)) for cohort, (municipality, days) in found.items()}


def _attempt(participation: ParticipationCell, meetings: list[int]) -> Attempt:
    return Attempt(
        participation.started,
        participation.ended,
        participation.reason,
        participation.certified,
        next((on for on in meetings if on >= participation.started), None),
        participation.praktik,
        participation.wage_subsidy,
        participation.ordinary,
    )
