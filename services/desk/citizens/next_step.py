"""The next step for a citizen, with its reason: suggested, never decided. Pure.

The expert group's order: what stands in the way comes first, then the test that shows what she can, then the shortest
course that closes the gap to a job, then the job. The first that applies is suggested.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.desk import labels
from services.desk.citizens import codes
from shared.danish import day, joined

SETTLED_FIRST = ("reading", "writing", "danish")
DONE = ("completed", "got_job")
JOBS = ("ordinary", "flexjob")


@dataclass(frozen=True, slots=True)
class Seats:
    """A cohort that still takes people. ``free`` seats may be none: then there is a waiting list."""

    cohort_id: str
    course_id: str
    name: str
    starts: date
    free: int


@dataclass(frozen=True, slots=True)
class Gap:
    """How a job profile compares with what was measured; ``course_ids`` would each close the distance."""

    profile: str
    verdict: str
    course_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An enrolment that stands, or a participation. ``status`` as the courses service has it."""

    course: str
    status: str | None = None
    starts: date | None = None
    position: int | None = None
    expires: date | None = None
    started: date | None = None
    ended: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement; ``since`` is when it started, or is agreed to."""

    kind: str
    state: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a citizen today. ``awaited`` are the offers of referrals without an answer, with their days."""

    today: date
    left_on: date | None = None
    barriers: Sequence[str] = ()
    awaited: Sequence[tuple[str, date]] = ()
    tested: bool = False
    test_open: bool = False
    first: str | None = None
    """What she chose before a test that she did not take: the workshop, or Danish."""
    gaps: Sequence[Gap] = ()
    seats: Sequence[Seats] = ()
    invited: Sequence[str] = ()
    """Cohorts, by name, that she is invited to and has not answered."""
    said_yes: Sequence[str] = ()
    """Ids of the cohorts whose invitation she has accepted."""
    enrolments: Sequence[Enrolment] = ()
    placements: Sequence[Placement] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A suggestion: what to do, and why. ``where`` is the part of the page that does it, ``cohort`` a seat to give."""

    code: str
    title: str
    why: str
    where: str = ""
    cohort: Seats | None = None


def next_step(now: Situation) -> Step:
    """What to do next."""
    for rule in RULES:
        step = rule(now)
        if step is not None:
            return step
    return Step(
        "gap", "Hold resultatet op mod et job", "Testen er taget. Vælg et job, borgeren kunne tænke sig.", "job"
    )


def _over(now: Situation) -> Step | None:
    if now.left_on is None:
        return None
    return Step("left", "Der er ikke mere at gøre", f"Borgeren er afmeldt fra {day(now.left_on)}.")


def _working(now: Situation) -> Step | None:
    for one in now.placements:
        what = labels.PLACEMENT_KINDS[one.kind].lower()
        since = f" siden {day(one.since)}" if one.since else ""
        if one.state == "started" and one.kind in JOBS:
            return Step("working", "Der er ikke mere at gøre", f"Borgeren er i job ({what}){since}.", "forloeb")
        if one.state == "started":
            return Step("follow-up", "Følg op i virksomheden", f"Borgeren er i {what}{since}.", "forloeb")
    for one in now.placements:
        what = labels.PLACEMENT_KINDS[one.kind].lower()
        if one.state == "agreed":
            return Step("approve", "Få aftalen godkendt", f"Der er aftalt {what}, som ikke er godkendt.", "forloeb")
        if one.state == "approved":
            starts = f" den {day(one.since)}" if one.since else ""
            return Step("start", "Registrér, når det begynder", f"{what.capitalize()} begynder{starts}.", "forloeb")
    return None


def _seat_offered(now: Situation) -> Step | None:
    for one in now.enrolments:
        if one.status == "offered" and one.started is None:
            until = f", og pladsen holdes til {day(one.expires)}" if one.expires else ""
            return Step("seat", "Tag imod pladsen", f"Der blev en plads ledig på {one.course}{until}.", "kurser")
    return None


def _barrier(now: Situation) -> Step | None:
    blocking = [codes.BARRIERS[kind].lower() for kind in SETTLED_FIRST if kind in now.barriers]
    if not blocking and now.first is None:
        return None
    if blocking:
        why = f"{joined(blocking).capitalize()} står i vejen. Det skal på plads før en test eller et kursus."
    else:
        why = f"Borgeren ville hellere begynde med {codes.INSTEAD[now.first or ''].lower()} end med testen."
    for offer, due in now.awaited:
        if offer == "workshop":
            return Step("wait-workshop", "Følg op på værkstedet", f"{why} Henvisningen løber til {day(due)}.", "tilbud")
    return Step("workshop", "Henvis til det digitale værksted", why, "tilbud")


def _on_course(now: Situation) -> Step | None:
    for one in now.enrolments:
        if one.started is not None and one.ended is None:
            return Step("on-course", "Vent på kurset", f"Borgeren er i gang med {one.course}.", "kurser")
        if one.status == "enrolled" and one.started is None:
            starts = f", som begynder {day(one.starts)}" if one.starts else ""
            return Step("enrolled", "Vent på kurset", f"Borgeren har plads på {one.course}{starts}.", "kurser")
    return None


def _in_line(now: Situation) -> Step | None:
    for one in now.enrolments:
        if one.status == "waitlisted":
            place = f" som nummer {one.position}" if one.position else ""
            why = f"Borgeren står på venteliste{place} til {one.course}. En ledig plads tilbydes af sig selv."
            return Step("waitlisted", "Vent på en plads, eller find et andet hold", why, "kurser")
    return None


def _invited(now: Situation) -> Step | None:
    if now.invited:
        return Step("answer", "Få svar på invitationen", f"Borgeren er inviteret til {joined(now.invited)}.", "kurser")
    accepted = next((seats for seats in now.seats if seats.cohort_id in now.said_yes), None)
    if accepted is not None:
        return Step("enrol", "Giv borgeren pladsen", f"Borgeren har sagt ja til {accepted.name}.", "kurser", accepted)
    return None


def _overdue(now: Situation) -> Step | None:
    late = [one for one in now.awaited if one[1] < now.today]
    return _referred(min(late, key=_due), "Fristen var") if late else None


def _awaited(now: Situation) -> Step | None:
    return _referred(min(now.awaited, key=_due), "Fristen er") if now.awaited else None


def _due(awaited: tuple[str, date]) -> date:
    return awaited[1]


def _referred(awaited: tuple[str, date], limit: str) -> Step:
    offer, due = awaited
    why = f"Borgeren er henvist til {codes.OFFERS[offer].lower()} og har ikke svaret. {limit} {day(due)}."
    return Step("referred", "Følg op på henvisningen", why, "tilbud")


def _measured(now: Situation) -> Step | None:
    if any(one.ended and one.reason in DONE for one in now.enrolments):
        course = next(one.course for one in now.enrolments if one.ended and one.reason in DONE)
        why = f"Borgeren har gennemført {course} og er ikke i gang hos en virksomhed."
        return Step("match", "Find et job eller en praktikplads", why, "forloeb")
    if now.test_open:
        return Step("test-open", "Hjælp borgeren i gang med testen", "Testen er tilbudt, men ikke færdig.", "test")
    if not now.tested:
        why = "Vi ved endnu ikke, hvad borgeren kan digitalt."
        return Step("test", "Tilbyd den digitale test", why, "test")
    return None


def _towards(now: Situation) -> Step | None:
    by_verdict = {verdict: [gap for gap in now.gaps if gap.verdict == verdict] for verdict in labels.GAP_VERDICTS}
    if ready := by_verdict["ready"]:
        why = f"Det målte niveau er nok til {joined([gap.profile for gap in ready[:3]])}."
        return Step("match", "Find et job eller en praktikplads", why, "forloeb")
    for gap in by_verdict["after-course"]:
        fitting = [seats for seats in now.seats if seats.course_id in gap.course_ids]
        chosen = next((seats for seats in fitting if seats.free), next(iter(fitting), None))
        if chosen is not None:
            room = f"Der er plads til {chosen.free} mere" if chosen.free else "Holdet har venteliste"
            why = f"Kurset lukker afstanden til jobbet {gap.profile}. {room}."
            return Step("invite", f"Tilbyd {chosen.name}", why, "kurser", chosen)
    if after := by_verdict["after-course"]:
        why = f"Et kursus lukker afstanden til {after[0].profile}, men intet hold tager imod lige nu."
        return Step("no-cohort", "Vent på et nyt hold, eller find et andet job", why, "kurser")
    if unsure := by_verdict["uncertain"]:
        why = f"Testen kan ikke afgøre, om niveauet er nok til {unsure[0].profile}."
        return Step("test-more", "Tag testen igen", why, "test")
    if far := by_verdict["not-yet"]:
        why = f"Der er for langt til {far[0].profile} med et kort kursus."
        return Step("another", "Find et job, der ligger tættere på", why, "job")
    return None


RULES = (
    _over,
    _working,
    _seat_offered,
    _barrier,
    _on_course,
    _in_line,
    _invited,
    _overdue,
    _measured,
    _towards,
    _awaited,
)
"""In their order; a referral that is not due yet waits behind what can be done now."""
