"""Participation: one citizen on one cohort's frozen roster, and what came after it."""

from typing import NamedTuple

from services.outcomes.effect.cells import ParticipationCell
from services.outcomes.effect.citizen import Timeline, valid_on
from services.outcomes.effect.days import day
from services.outcomes.effect.history import Told, about, last
from services.outcomes.effect.placements import Placement

READS = frozenset({"participation-started", "participation-ended", "certificate-awarded", "certificate-revoked"})

MIS_REGISTERED = "mis_registered"
FLEXJOB_SCHEME = frozenset({"9"})
"""Target groups of the flexjob scheme: LAB § 6, no. 9 (fleksjobvisiterede)."""


class Participation(NamedTuple):
    """A participation that started and was not registered by mistake, with the citizen as she was on its first day."""

    enrolment: str
    municipality: str
    course: str
    cohort: str
    target_group: str | None
    education_level: str | None
    timing: str
    started: int
    ended: int | None
    reason: str | None
    certified: int | None

    @property
    def upskilled(self) -> int | None:
        """The earlier of the end and the award, once it was completed or certified (U); else None."""
        if self.certified is None:
            return self.ended if self.reason == "completed" else None
        return self.certified if self.ended is None else min(self.ended, self.certified)


class Aftermath(NamedTuple):
    """The first day after a day on which each kind of placement began."""

    ordinary: int | None
    wage_subsidy: int | None
    praktik: int | None
    flexjob: int | None


def participations(history: Told, groups: Timeline, levels: Timeline, timings: dict[str, str]) -> list[Participation]:
    """The participations, by start."""
    ends = about(history, ("participation-ended",), "enrolment_id")
    awards = first_awards(history)
    found = []
    for enrolment, facts in about(history, ("participation-started",), "enrolment_id").items():
        start = last(facts)
        end = last(ends[enrolment]) if enrolment in ends else None
        reason = None if end is None else end.data["reason"]
        if reason == MIS_REGISTERED:
            continue
        started = day(start.data["on"])
        found.append(
            Participation(
                enrolment,
                start.municipality,
                start.data["course_id"],
                start.data["cohort_id"],
                valid_on(groups, started),
                valid_on(levels, started),
                timings.get(enrolment, "none"),
                started,
                None if end is None else day(end.data["on"]),
                reason,
                awards.get(enrolment),
            )
        )
    found.sort(key=lambda participation: (participation.started, participation.enrolment))
    return found


def mis_registered(history: Told) -> dict[str, str]:
    """Enrolments that were registered by mistake, each with its cohort."""
    ends = about(history, ("participation-ended",), "enrolment_id")
    held = {enrolment: last(facts).data for enrolment, facts in ends.items()}
    return {enrolment: end["cohort_id"] for enrolment, end in held.items() if end["reason"] == MIS_REGISTERED}


def first_awards(history: Told) -> dict[str, int]:
    """For each enrolment the day of its first certificate that was not revoked."""
    awarded = about(history, ("certificate-awarded",), "certificate_id")
    if not awarded:
        return {}
    revoked = about(history, ("certificate-revoked",), "certificate_id")
    first: dict[str, int] = {}
    for certificate, facts in awarded.items():
        award = last(facts).data
        enrolment = award.get("enrolment_id")
        if enrolment is not None and certificate not in revoked:
            on = day(award["on"])
            first[enrolment] = min(on, first.get(enrolment, on))
    return first


def aftermath(placements: list[Placement], start: int) -> Aftermath:
    """What began after the day ``start``; on that day or before it does not count."""
    first: dict[str, int] = {}
    for kind, on, _ in placements:
        if on > start and on < first.get(kind, on + 1):
            first[kind] = on
    return Aftermath(first.get("ordinary"), first.get("wage-subsidy"), first.get("praktik"), first.get("flexjob"))


def participation_cell(participation: Participation, placements: list[Placement]) -> ParticipationCell:
    """The participation as counted: its own facts and its aftermath, without ids of persons."""
    after = aftermath(placements, participation.started)
    flexjob = after.flexjob if participation.target_group in FLEXJOB_SCHEME else None
    return ParticipationCell(
        "participation", *participation[1:], after.ordinary, after.wage_subsidy, after.praktik, flexjob
    )
