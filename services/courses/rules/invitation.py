"""An invitation: citizens are identified for a cohort, invited to it, and answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.courses.rules.cohort import Cohort
from shared.contracts.courses import CitizenIdentified, CitizenInvited, InvitationAnswered
from shared.contracts.vocabulary import InvitationAnswer
from shared.problems import Refused


@dataclass(frozen=True, slots=True)
class Invitation:
    """How far a citizen has come with a cohort before enrolling."""

    identified: bool = False
    invited: bool = False
    answer: InvitationAnswer | None = None


def identify(
    cohort: Cohort, standing: Mapping[UUID, Invitation], citizens: Iterable[UUID], at: datetime
) -> list[CitizenIdentified]:
    """Citizens are found suitable for the cohort; who is identified or invited already stays as she is."""
    cohort.must_take_newcomers(at)
    return [
        CitizenIdentified(municipality=cohort.municipality, cohort_id=cohort.cohort_id, citizen_id=citizen)
        for citizen in sorted(set(citizens))
        if citizen not in standing
    ]


def invite(
    cohort: Cohort, standing: Mapping[UUID, Invitation], citizens: Iterable[UUID], at: datetime
) -> list[CitizenInvited]:
    """Citizens are invited, identified before or not; who is invited already is not invited twice."""
    cohort.must_take_newcomers(at)
    return [
        CitizenInvited(municipality=cohort.municipality, cohort_id=cohort.cohort_id, citizen_id=citizen)
        for citizen in sorted(set(citizens))
        if citizen not in standing or not standing[citizen].invited
    ]


def answer(
    cohort: Cohort,
    invitation: Invitation,
    citizen_id: UUID,
    given: InvitationAnswer,
    reason: str | None,
    *,
    enrolled: bool,
    at: datetime,
) -> InvitationAnswered:
    """The citizen answers, once; only an acceptance may still become a no, before the start and while not enrolled."""
    cohort.must_take_people(at)
    if given == "accepted":
        cohort.must_take_newcomers(at)
    if not invitation.invited:
        raise Refused("not-invited", "The citizen is not invited to this cohort", "Invite the citizen first.")
    if invitation.answer in ("declined", given):
        raise Refused(
            "already-answered",
            f"The citizen has {invitation.answer} already",
            "An invitation is answered once; an acceptance may still be declined. Enrolling needs no invitation.",
        )
    if given == "declined" and enrolled:
        raise Refused(
            "enrolled", "The citizen is enrolled on this cohort", "Withdraw the enrolment; then the seat is given on."
        )
    return InvitationAnswered(
        municipality=cohort.municipality, cohort_id=cohort.cohort_id, citizen_id=citizen_id, answer=given, reason=reason
    )
