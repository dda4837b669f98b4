"""How what the services told of one citizen is laid out: her situation, the names of things, choices. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.desk import labels
from services.desk.citizens.next_step import Enrolment, Gap, Placement, Seats, Situation
from services.desk.citizens.person import Person
from services.desk.citizens.timeline import Names
from shared.clock import danish_day
from shared.danish import day

Row = Mapping[str, Any]
OPEN_TESTS = ("offered", "running", "paused")
STANDING = ("enrolled", "offered", "waitlisted")


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One competence area: what is known of it, in words. ``measured`` is False where it is only inferred."""

    name: str
    level: str
    interval: str
    measured: bool | None
    on: date | None


def weeks(since: date, today: date) -> int:
    """Whole weeks of unemployment."""
    return max(0, (today - since).days // 7)


def cohort_name(row: Row) -> str:
    """``Azure Fundamentals, start 2. februar 2026``."""
    title = row["course"] or "Hold"
    return f"{title}, start {day(row['starts'])}" if row["starts"] else str(title)


def seats(cohorts: Iterable[Row], today: date) -> list[Seats]:
    """The cohorts that still take people, the earliest first."""
    return [
        Seats(str(row["cohort_id"]), str(row["course_id"]), cohort_name(row), row["starts"], row["free"])
        for row in cohorts
        if row["cancelled_on"] is None and row["frozen_on"] is None and row["starts"] >= today
    ]


def cohort_choices(open_seats: Iterable[Seats]) -> list[tuple[str, str]]:
    """What to choose from, with the seats that are left."""
    return [(one.cohort_id, f"{one.name} – {room(one.free)}") for one in open_seats]


def room(free: int) -> str:
    """``3 ledige``, ``venteliste``."""
    return f"{free} {'ledig plads' if free == 1 else 'ledige pladser'}" if free else "venteliste"


def names(person: Person) -> Names:
    """What things are called."""
    cohorts = (*person.participations.value, *person.invitations.value, *person.cohorts.value)
    courses = {str(row["course_id"]): row["course"] for row in cohorts if row["course"]}
    return Names(
        cohorts={str(row["cohort_id"]): cohort_name(row) for row in cohorts if row["course"]},
        courses=courses | {str(row["course_id"]): row["title"] for row in person.courses.value},
        companies={str(row["company_id"]): row["name"] for row in person.companies.value},
        profiles={str(row["profile_id"]): row["title"] for row in person.profiles.value},
    )


def situation(person: Person, today: date) -> Situation:
    """What the next step is found from."""
    profiles = names(person).profiles
    sessions, enrolled = person.sessions.value, person.participations.value
    standing = {str(row["cohort_id"]) for row in enrolled if row["status"] in STANDING or row["started"]}
    newest = sessions[0] if sessions else None
    invited = [row for row in person.invitations.value if row["invited"] and str(row["cohort_id"]) not in standing]
    return Situation(
        today=today,
        left_on=person.citizen["left_on"],
        barriers=[row["kind"] for row in person.citizen["barriers"]],
        awaited=[(row["offer"], row["due"]) for row in awaited(person.referrals)],
        tested=bool(person.result.value["areas"]),
        test_open=any(row["status"] in OPEN_TESTS for row in sessions),
        first=newest["instead"] if newest and newest["status"] == "routed" else None,
        gaps=[
            Gap(profiles.get(str(row["profile_id"]), "jobbet"), row["verdict"], tuple(map(str, row["course_ids"])))
            for row in person.gaps.value
        ],
        seats=[one for one in seats(person.cohorts.value, today) if one.cohort_id not in standing],
        invited=[cohort_name(row) for row in invited if row["answer"] is None and answerable(row, today)],
        said_yes=[str(row["cohort_id"]) for row in invited if row["answer"] == "accepted"],
        enrolments=[_enrolment(row, today) for row in enrolled],
        placements=[_placement(row) for row in person.placements.value["placements"]],
    )


def invitations(person: Person) -> list[Row]:
    """Her invitations to cohorts that she is not, and was not, enrolled on: an enrolment says more."""
    enrolled = {row["cohort_id"] for row in person.participations.value}
    return [row for row in person.invitations.value if row["invited"] and row["cohort_id"] not in enrolled]


def awaited(referrals: Iterable[Row]) -> list[Row]:
    """Those that have no answer yet and that none has replaced."""
    return [row for row in referrals if row["answer"] is None and row["replaced_by"] is None]


def replaceable(referrals: Iterable[Row], names: Names) -> list[tuple[str, str]]:
    """The referrals to courses that another one may stand in for, by id."""
    return [
        (
            str(row["referral_id"]),
            f"{names.course(row['course_id']) if row['course_id'] else 'Kursus'}, frist {day(row['due'])}",
        )
        for row in awaited(referrals)
        if row["offer"] == "course"
    ]


def linkable(participations: Iterable[Row]) -> list[tuple[str, str]]:
    """The enrolments that a placement may belong to, by id."""
    return [(str(row["enrolment_id"]), cohort_name(row)) for row in participations if row["course"]]


def answerable(invitation: Row, today: date) -> bool:
    """Whether an invitation can still be answered."""
    starts = invitation["starts"]
    return not invitation["cancelled"] and not invitation["frozen"] and (starts is None or starts >= today)


def _enrolment(row: Row, today: date) -> Enrolment:
    """A claim on a cohort whose start has passed without a start of hers leads nowhere any more."""
    over = row["started"] is None and row["starts"] is not None and row["starts"] < today
    return Enrolment(
        course=row["course"] or "et kursus",
        status=None if over else row["status"],
        starts=row["starts"],
        position=row["position"],
        expires=danish_day(row["expires"]) if row["expires"] else None,
        started=row["started"],
        ended=row["ended"],
        reason=row["reason"],
    )


def _placement(row: Row) -> Placement:
    return Placement(row["kind"], row["state"], row["started_on"] or row["planned_starts"])


def areas(result: Row) -> list[AreaLine]:
    """All five areas: measured, inferred from the others, or not known."""
    found = {str(row["area"]): row for row in result["areas"]}
    return [_area(name, found.get(code)) for code, name in labels.AREAS.items()]


def _area(name: str, row: Row | None) -> AreaLine:
    if row is None:
        return AreaLine(name, "Ikke testet", "", None, None)
    interval = f"sandsynligvis {_interval(row['level_low'], row['level_high'])}"
    return AreaLine(name, labels.LEVELS[row["level"]], interval, row["items"] > 0, danish_day(row["finished_at"]))


def _interval(low: int, high: int) -> str:
    """``niveau 2 til 4``, or ``niveau 3`` where it is sure."""
    return f"niveau {low}" if low == high else f"niveau {low} til {high}"
