"""Participation: one citizen on one cohort's frozen roster, and what came after it."""

from typing import NamedTuple

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import day
from services.outcomes.effect.history import Told, about, last
from services.outcomes.effect.placements import Placement, Placements

READS = frozenset({"participation-started", "participation-ended", "certificate-awarded", "certificate-revoked"})

MIS_REGISTERED = "mis_registered"
FLEXJOB_SCHEME = frozenset({"9"})
"""Target groups of the flexjob scheme: LAB § 6, no. 9 (fleksjobvisiterede)."""


class Participations(NamedTuple):
    """What a citizen took part in, by start, and the enrolments that were a mistake, each with its cohort."""

    taken: list[ParticipationCell]
    mistaken: dict[str, str]


def participations(history: Told, groups: Timeline, levels: Timeline, placements: Placements) -> Participations:
    """The participations that started, with the citizen as she was on their first day; a mis-registered one is none."""
    if READS.isdisjoint(history):
        return Participations([], {})
    ended = about(history, "enrolment_id", "participation-ended")
    ends = {enrolment: last(facts).data for enrolment, facts in ended.items()}
    mistaken = {enrolment: end["cohort_id"] for enrolment, end in ends.items() if end["reason"] == MIS_REGISTERED}
    awards = _first_awards(history)
    taken = []
    for enrolment, facts in about(history, "enrolment_id", "participation-started").items():
        if enrolment in mistaken:
            continue
        start = last(facts)
        started = day(start.data["on"])
        group = valid_on(groups, started)
        end = ends.get(enrolment)
        after = _first_after(placements.begun, started)
        participation = ParticipationCell(
            "participation",
            start.municipality,
            start.data["course_id"],
            start.data["cohort_id"],
            group,
            valid_on(levels, started),
            placements.timings.get(enrolment, "none"),
            started,
            None if end is None else day(end["on"]),
            None if end is None else end["reason"],
            awards.get(enrolment),
            after.get("ordinary"),
            after.get("wage-subsidy"),
            after.get("praktik"),
            after.get("flexjob") if group in FLEXJOB_SCHEME else None,
        )
        taken.append((started, enrolment, participation))
    return Participations([participation for _, _, participation in sorted(taken)], mistaken)


def upskilled_on(participation: ParticipationCell) -> int | None:
    """The earlier of the end and the award, once it was completed or certified (U); else None."""
    if participation.certified is None:
        return participation.ended if participation.reason == "completed" else None
    if participation.ended is None:
        return participation.certified
    return min(participation.ended, participation.certified)


def _first_awards(history: Told) -> dict[str, int]:
    """For each enrolment the day of its first certificate that was not revoked."""
    awarded = about(history, "certificate_id", "certificate-awarded")
    revoked = about(history, "certificate_id", "certificate-revoked")
    first: dict[str, int] = {}
    for certificate, facts in awarded.items():
        award = last(facts).data
        enrolment = award.get("enrolment_id")
        if enrolment is not None and certificate not in revoked:
            on = day(award["on"])
            first[enrolment] = min(on, first.get(enrolment, on))
    return first


def _first_after(placements: list[Placement], started: int) -> dict[str, int]:
    """For each kind the first day after the start on which such a placement began; the start itself is too early."""
    first: dict[str, int] = {}
    for kind, on, *_ in placements:
        if on > started and (kind not in first or on < first[kind]):
            first[kind] = on
    return first
