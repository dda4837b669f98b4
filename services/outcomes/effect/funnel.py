"""The funnel: how far each citizen got in each cohort, from being identified to a job."""

from collections.abc import Iterator

from services.outcomes.effect.cells import Attempt, FunnelCell, ParticipationCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import danish_day, danish_days
from services.outcomes.effect.history import Told
from services.outcomes.effect.participation import Participations

APPROACH = ("citizen-identified", "citizen-invited", "invitation-answered", "citizen-enrolled")
"""Events of the stages before the start: identified, invited, accepted, enrolled."""
READS = frozenset(APPROACH) | {"meeting-held"}


Approach = list[int | None]
"""The first day on which a citizen reached each of the stages of ``APPROACH``, None where she did not."""


def funnel_cells(
    history: Told, participations: Participations, groups: Timeline, levels: Timeline
) -> Iterator[FunnelCell]:
    """One cell for each cohort the citizen came near.

    A citizen who was in the cohort by a mis-registration only is not in its funnel at all. Her target group and
    education level are those of the day she started, or of her first stage when she never did.
    """
    approaches = _approaches(history, participations.mistaken)
    meetings = sorted(danish_days([fact.time for fact in history.get("meeting-held", ())]))
    in_cohort: dict[str, list[ParticipationCell]] = {}
    for participation in participations.taken:
        in_cohort.setdefault(participation.cohort, []).append(participation)
    for cohort, taken in in_cohort.items():
        first = taken[0]
        person = (first.target_group, first.education_level, first.timing)
        identified, invited, accepted, enrolled = approaches.pop(cohort, [None, None, None, None])
        attempts = tuple([_attempt(participation, meetings) for participation in taken])
        yield FunnelCell(
            "funnel", first.municipality, cohort, *person, identified, invited, accepted, enrolled, attempts
        )
    by_mistake = set(participations.mistaken.values())
    for cohort, approach in approaches.items():
        identified, invited, accepted, enrolled = approach
        if cohort not in by_mistake or enrolled is not None:
            on = min([day for day in approach if day is not None])
            person = (valid_on(groups, on), valid_on(levels, on), "none")
            municipality = _municipality(history, cohort)
            yield FunnelCell("funnel", municipality, cohort, *person, identified, invited, accepted, enrolled, ())


def _approaches(history: Told, mistaken: dict[str, str]) -> dict[str, Approach]:
    """The approach to each cohort."""
    found: dict[str, Approach] = {}
    for stage, name in enumerate(APPROACH):
        for fact in history.get(name, ()):
            data = fact.data
            if (stage == 2 and data["answer"] != "accepted") or (stage == 3 and data["enrolment_id"] in mistaken):
                continue  # an invitation declined, or a seat taken by mistake, brings her no nearer
            cohort = data["cohort_id"]
            if cohort not in found:
                found[cohort] = [None, None, None, None]
            approach = found[cohort]
            on, reached = danish_day(fact.time), approach[stage]
            if reached is None or on < reached:
                approach[stage] = on
    return found


def _municipality(history: Told, cohort: str) -> str:
    stages = [fact for name in APPROACH for fact in history.get(name, ())]
    return min(fact.municipality for fact in stages if fact.data["cohort_id"] == cohort)


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
