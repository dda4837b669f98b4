"""A citizen's time line: each of her events as one Danish sentence, from intake to job, across the services. Pure."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from services.desk import decimals, labels
from services.desk.citizens import codes
from services.desk.reference import reference
from services.desk.target_group import target_group
from shared.clock import danish_day
from shared.contracts import assessment, courses, intake, outcomes
from shared.contracts.assessment.result import TestResult
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.danish import MONTHS, day, joined

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by their ids; what is not known is called what it is."""

    cohorts: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    companies: Mapping[str, str] = field(default_factory=dict)
    profiles: Mapping[str, str] = field(default_factory=dict)

    def cohort(self, cohort_id: UUID) -> str:
        """``holdet Azure Fundamentals, der starter 2. februar 2026``."""
        name = self.cohorts.get(str(cohort_id))
        return f"holdet {name}" if name else "et hold"

    def course(self, course_id: UUID) -> str:
        """``kurset Azure Fundamentals``."""
        name = self.courses.get(str(course_id))
        return f"kurset {name}" if name else "et kursus"

    def company(self, company_id: UUID | None) -> str:
        """``Nordhavn Data ApS``."""
        return self.companies.get(str(company_id), "en virksomhed") if company_id else "en virksomhed"

    def profile(self, profile_id: UUID) -> str:
        """``Lagermedarbejder``."""
        name = self.profiles.get(str(profile_id))
        return f"jobbet {name}" if name else "en jobprofil"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the day, what happened, which service told it, and the day it was told when that was later."""

    on: date
    said: str
    service: str
    recorded: date | None
    visit: UUID | None = None
    """The visit that it tells of, if that can be taken back."""
    voided: bool = False
    """Whether it tells of a visit that was taken back since."""


@dataclass(frozen=True, slots=True)
class Month:
    """``november 2026`` and what happened in it, the newest first."""

    name: str
    entries: tuple[Entry, ...]


def months(events: Iterable[Envelope], names: Names) -> list[Month]:
    """The time line, the newest month first. Of two events of one moment, what was recorded later stands first."""
    ordered = sorted(events, key=lambda one: (one.time, one.recordedtime, one.sequence), reverse=True)
    voided = {str(one.data["visit_id"]) for one in ordered if one.type == intake.WorkshopVisitVoided.type()}
    told = [_entry(envelope, names, voided) for envelope in ordered]
    return [
        Month(f"{MONTHS[month - 1]} {year}", tuple(entries))
        for (year, month), entries in groupby(told, key=lambda entry: (entry.on.year, entry.on.month))
    ]


def _entry(envelope: Envelope, names: Names, voided: Container[str]) -> Entry:
    on, recorded = _day(envelope.time), _day(envelope.recordedtime)
    service = labels.SERVICES.get(envelope.service, envelope.service)
    entry = Entry(on, said(envelope, names), service, recorded if recorded > on else None)
    if envelope.type != intake.WorkshopVisited.type():
        return entry
    visit = str(envelope.data["visit_id"])
    return replace(entry, voided=True) if visit in voided else replace(entry, visit=UUID(visit))


def _day(moment: datetime) -> date:
    return danish_day(moment)


def said(envelope: Envelope, names: Names) -> str:
    """The sentence of an event; of a type that this page does not know it says so much."""
    known = _BY_TYPE.get(envelope.type)
    if known is None:
        return f"Der blev registreret noget nyt ({envelope.name})."
    kind, sentence = known
    return sentence(kind.model_validate(envelope.data), names)


def _because(reason: str | None) -> str:
    return f": {reason.rstrip('.')}." if reason else "."


def _until(on: date | None) -> str:
    return f" til og med {day(on)}" if on else ""


def _registered(event: intake.CitizenRegistered, names: Names) -> str:
    group = target_group(event.target_group, event.unemployed_since)
    return f"Registreret på jobcentret ({group.lower()}). Ledig siden {day(event.unemployed_since)}."


def _changed(event: intake.CitizenChanged, names: Names) -> str:
    fields = [word for name, word in codes.FIELDS.items() if getattr(event, name) is not None]
    if event.unit is not None:
        fields[-1] += f" ({event.unit or 'ingen'})"
    return f"Oplysninger ændret fra {day(event.valid_from)}: {joined(fields)}."


def _barrier(event: intake.BarrierRecorded, names: Names) -> str:
    kind = codes.BARRIERS[event.kind].lower()
    if event.cleared:
        return f"Barriere ryddet af vejen: {kind}."
    return f"Barriere noteret: {kind} ({codes.SEVERITIES[event.severity].lower()})."


def _referral(event: intake.ReferralMade, names: Names) -> str:
    to = codes.OFFERS[event.offer].lower()
    course = f" – {names.course(event.course_id)}" if event.course_id else ""
    instead = " i stedet for en tidligere henvisning" if event.replaces else ""
    return f"Henvist til {to}{course}{instead}, frist {day(event.due)}{_because(event.reason)}"


def _answer(event: intake.ReferralAnswered, names: Names) -> str:
    to = f"henvisningen til {codes.OFFERS[event.offer].lower()}" if event.offer else "en henvisning"
    said_ = {
        "accepted": f"Tog imod {to}",
        "refused": f"Sagde nej til {to}",
        "no-show": f"Mødte ikke op til {to.removeprefix('henvisningen til ')}",
    }
    return said_[event.answer] + _because(event.reason)


def _visit(event: intake.WorkshopVisited, names: Names) -> str:
    alone = sum(theme.autonomy == "alone" for theme in event.themes)
    themes = f" Klarede {alone} af {len(event.themes)} emner alene." if event.themes else ""
    where = "online" if event.online else f"i {event.site}"
    return f"Besøgte det digitale værksted {where}.{themes}"


def _left(event: intake.CitizenLeft, names: Names) -> str:
    return f"Afmeldt jobcentret fra {day(event.on)}: {codes.LEAVING[event.reason].lower()}."


def _test_started(event: assessment.TestStarted, names: Names) -> str:
    beside = " med en eMentor ved siden af" if event.assisted else ""
    return f"Begyndte den digitale test{beside}."


def _result(event: TestResult, names: Names) -> str:
    measured = [f"{labels.AREAS[str(one.area)].lower()} {one.level}" for one in event.areas if one.items]
    return f"niveau i {joined(measured)}." if measured else "ingen områder målt."


def _gap(event: assessment.GapFound, names: Names) -> str:
    lifts = joined([names.courses.get(str(one), "et kursus") for one in event.course_ids[:3]])
    after = f" ({lifts})" if lifts else ""
    return f"Holdt op mod {names.profile(event.profile_id)}: {labels.GAP_VERDICTS[event.verdict].lower()}{after}."


def _waits(event: courses.CitizenWaitlisted, names: Names) -> str:
    place = f" som nummer {event.position}" if event.position else ""
    return f"Kom på venteliste{place} til {names.cohort(event.cohort_id)}."


def _seat(event: courses.SeatOffered, names: Names) -> str:
    until = f" Pladsen holdes til {day(_day(event.expires))}." if event.expires else ""
    return f"Fik tilbudt en plads på {names.cohort(event.cohort_id)}.{until}"


def _invitation(event: courses.InvitationAnswered, names: Names) -> str:
    answer = "Sagde ja" if event.answer == "accepted" else "Sagde nej"
    return f"{answer} til {names.cohort(event.cohort_id)}{_because(event.reason)}"


def _attended(event: courses.AttendanceRecorded, names: Names) -> str:
    there = "Var til undervisning" if event.present else "Var ikke til undervisning"
    return f"{there} på {names.cohort(event.cohort_id)}."


def _participation_ended(event: courses.ParticipationEnded, names: Names) -> str:
    if event.reason == "mis_registered":
        return f"Deltagelsen på {names.course(event.course_id)} var registreret ved en fejl og tæller ikke."
    return f"{labels.END_REASONS[event.reason]}: {names.course(event.course_id)}."


def _certificate(event: courses.CertificateAwarded, names: Names) -> str:
    return f"Fik certifikatet {event.title} ({event.code}) fra {event.issuer}."


def _meeting(event: outcomes.MeetingHeld, names: Names) -> str:
    both = event.interest_citizen and event.interest_company
    return f"Mødte {names.company(event.company_id)}{' – begge vil gå videre' if both else ''}."


def _agreed(event: outcomes.PlacementAgreed, names: Names) -> str:
    kind = labels.PLACEMENT_KINDS[event.kind].lower()
    return f"Aftalte {kind} hos {names.company(event.company_id)} fra {day(event.starts)}{_until(event.ends)}."


def _placement_started(event: outcomes.PlacementStarted, names: Names) -> str:
    agency = " gennem et vikarbureau" if event.temp_agency else ""
    where = f" hos {names.company(event.company_id)}" if event.company_id else ""
    kind, hours = labels.PLACEMENT_KINDS[event.kind].lower(), decimals.said(event.hours_per_week)
    return f"Begyndte: {kind}{where}{agency}, {hours} timer om ugen."


def _purpose(event: intake.ConsentGiven | intake.ConsentWithdrawn) -> str:
    return labels.CONSENT_PURPOSES.get(event.purpose, f"»{event.purpose}«")


def _placement_ended(event: outcomes.PlacementEnded, names: Names) -> str:
    what = labels.PLACEMENT_KINDS[event.kind] if event.kind else "Forløb i en virksomhed"
    where = f" hos {names.company(event.company_id)}" if event.company_id else ""
    return f"Sluttede: {what.lower()}{where}{_because(event.reason)}"


SENTENCES: Mapping[type[Event], Callable[[Any, Names], str]] = {
    intake.CitizenRegistered: _registered,
    intake.CitizenChanged: _changed,
    intake.CitizensMerged: lambda event, names: (
        f"To registreringer var den samme borger: {reference(event.merged_id)} hører med her."
    ),
    intake.ConsentGiven: lambda event, names: f"Gav samtykke til {_purpose(event)}{_until(event.valid_until)}.",
    intake.ConsentWithdrawn: lambda event, names: f"Trak sit samtykke til {_purpose(event)} tilbage.",
    intake.BarrierRecorded: _barrier,
    intake.ReferralMade: _referral,
    intake.ReferralAnswered: _answer,
    intake.WorkshopVisited: _visit,
    intake.WorkshopVisitVoided: lambda event, names: (
        f"Et besøg i det digitale værksted blev taget tilbage og tæller ikke: {labels.VOIDING[event.reason].lower()}."
    ),
    intake.SelfServiceGranted: lambda event, names: f"Kan selv bruge de digitale tilbud{_until(event.until)}.",
    intake.CitizenLeft: _left,
    intake.CitizenErased: lambda event, names: "Borgerens oplysninger blev slettet.",
    assessment.TestStarted: _test_started,
    assessment.TestAbandoned: lambda event, names: "Stoppede den digitale test, før den var færdig.",
    assessment.TestAborted: lambda event, names: "Den digitale test blev afbrudt af en fejl.",
    assessment.TestExpired: lambda event, names: "Tiden løb ud for den digitale test.",
    assessment.TestFinished: lambda event, names: f"Færdig med den digitale test: {_result(event, names)}",
    assessment.ResultRescored: lambda event, names: (
        f"Testens resultat blev regnet om: {_result(event, names)} Årsag{_because(event.reason)}"
    ),
    assessment.GapFound: _gap,
    courses.CitizenIdentified: lambda event, names: f"Udpeget som mulig deltager på {names.cohort(event.cohort_id)}.",
    courses.CitizenInvited: lambda event, names: f"Inviteret til {names.cohort(event.cohort_id)}.",
    courses.InvitationAnswered: _invitation,
    courses.CitizenEnrolled: lambda event, names: f"Fik plads på {names.cohort(event.cohort_id)}.",
    courses.CitizenWaitlisted: _waits,
    courses.SeatOffered: _seat,
    courses.SeatOfferExpired: lambda event, names: (
        f"Tog ikke imod den tilbudte plads på {names.cohort(event.cohort_id)}."
    ),
    courses.EnrolmentWithdrawn: lambda event, names: (
        f"Meldt fra {names.cohort(event.cohort_id)}{_because(event.reason)}"
    ),
    courses.ParticipationStarted: lambda event, names: f"Begyndte på {names.course(event.course_id)}.",
    courses.AttendanceRecorded: _attended,
    courses.ParticipationEnded: _participation_ended,
    courses.CertificateAwarded: _certificate,
    courses.CertificateRevoked: lambda event, names: f"Et certifikat blev kaldt tilbage{_because(event.reason)}",
    courses.MaterialOpened: lambda event, names: f"Åbnede {codes.MATERIALS[event.kind]} på egen hånd.",
    outcomes.InterestDeclared: lambda event, names: "Viste interesse for en jobordre.",
    outcomes.InterestWithdrawn: lambda event, names: "Er ikke længere interesseret i en jobordre.",
    outcomes.CitizenIntroduced: lambda event, names: "Blev præsenteret for virksomheden bag en jobordre.",
    outcomes.MeetingScheduled: lambda event, names: f"Skal møde {names.company(event.company_id)} til jobmatch.",
    outcomes.MeetingHeld: _meeting,
    outcomes.MeetingCancelled: lambda event, names: (
        f"Mødet med {names.company(event.company_id)} blev aflyst{_because(event.reason)}"
    ),
    outcomes.PlacementAgreed: _agreed,
    outcomes.PlacementApproved: lambda event, names: f"Aftalen blev godkendt af {event.approved_by}.",
    outcomes.PlacementVoided: lambda event, names: f"Et forløb i en virksomhed blev annulleret{_because(event.reason)}",
    outcomes.PlacementStarted: _placement_started,
    outcomes.PlacementEnded: _placement_ended,
    outcomes.PlacementCorrected: lambda event, names: (
        f"Oplysninger om et forløb i en virksomhed blev rettet{_because(event.reason)}"
    ),
}
"""A sentence for every event that is about a citizen."""
_BY_TYPE = {kind.type(): (kind, sentence) for kind, sentence in SENTENCES.items()}
