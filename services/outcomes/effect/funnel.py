"""The funnel: how far each citizen got in each cohort, from being identified to a job."""

from collections.abc import Iterator
from typing import NamedTuple

from services.outcomes.effect.cells import Attempt, FunnelCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import danish_day
from services.outcomes.effect.fact import Fact
from services.outcomes.effect.history import Told
from services.outcomes.effect.participation import Participation, aftermath, mis_registered
from services.outcomes.effect.placements import Placement

READS = frozenset({"citizen-identified", "citizen-invited", "invitation-answered", "citizen-enrolled", "meeting-held"})


class Approach(NamedTuple):
    """The days on which a citizen first reached each stage before the start, in one cohort."""

    municipality: str
    identified: int | None
    invited: int | None
    accepted: int | None
    enrolled: int | None


def funnel_cells(
    history: Told,
    participations: list[Participation],
    placements: list[Placement],
    groups: Timeline,
    levels: Timeline,
) -> Iterator[FunnelCell]:
    """One cell for each cohort the citizen came near.

    A citizen who was in the cohort by a mis-registration only is not in its funnel at all. Her target group and
    education level are those of the day she started, or of her first stage when she never did.
    """
    mistaken = mis_registered(history)
    approaches = _approaches(history, mistaken)
    meetings = [danish_day(fact.time) for fact in history.get("meeting-held", ())]
    in_cohort: dict[str, list[Participation]] = {}
    for participation in participations:
        in_cohort.setdefault(participation.cohort, []).append(participation)
    by_mistake = set(mistaken.values())
    for cohort in approaches.keys() | in_cohort.keys():
        started = in_cohort.get(cohort, [])
        approach = approaches.get(cohort)
        stages = approach[1:] if approach else (None, None, None, None)
        if cohort in by_mistake and not started and stages[3] is None:
            continue
        first = started[0].started if started else min(stage for stage in stages if stage is not None)
        yield FunnelCell(
            "funnel",
            started[0].municipality if started else approach.municipality if approach else "",
            cohort,
            valid_on(groups, first),
            valid_on(levels, first),
            started[0].timing if started else "none",
            *stages,
            tuple(_attempt(participation, placements, meetings) for participation in started),
        )


def _approaches(history: Told, mistaken: dict[str, str]) -> dict[str, Approach]:
    identified = _first_days(history.get("citizen-identified", []))
    invited = _first_days(history.get("citizen-invited", []))
    answers = history.get("invitation-answered", [])
    accepted = _first_days([fact for fact in answers if fact.data["answer"] == "accepted"])
    seats = history.get("citizen-enrolled", [])
    enrolled = _first_days([fact for fact in seats if fact.data["enrolment_id"] not in mistaken])
    stages = (identified, invited, accepted, enrolled)
    found = {}
    for cohort in identified.keys() | invited.keys() | accepted.keys() | enrolled.keys():
        reached = [stage.get(cohort) for stage in stages]
        municipality = min(at[1] for at in reached if at is not None)
        found[cohort] = Approach(municipality, *(None if at is None else at[0] for at in reached))
    return found


def _first_days(facts: list[Fact]) -> dict[str, tuple[int, str]]:
    """For each cohort the first day of such a fact, with its municipality."""
    first: dict[str, tuple[int, str]] = {}
    for fact in facts:
        cohort = fact.data["cohort_id"]
        at = (danish_day(fact.time), fact.municipality)
        if cohort not in first or at < first[cohort]:
            first[cohort] = at
    return first


def _attempt(participation: Participation, placements: list[Placement], meetings: list[int]) -> Attempt:
    started = participation.started
    after = aftermath(placements, started)
    return Attempt(
        started,
        participation.ended,
        participation.reason,
        participation.certified,
        min((on for on in meetings if on >= started), default=None),
        after.praktik,
        after.wage_subsidy,
        after.ordinary,
    )
