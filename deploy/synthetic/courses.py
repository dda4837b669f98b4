"""A citizen's courses: invited, on the roster, ended by a job, by dropping out or with the course, and what follows."""

from typing import TYPE_CHECKING

from deploy.synthetic.efforts import EFFECT_DAYS, EFFORTS, POPULATION, Effort
from deploy.synthetic.offers import Cohort
from deploy.synthetic.stream import DAY

if TYPE_CHECKING:
    from deploy.synthetic.life import Life

DECIDES = 9  # days from the thought to the enrolment
_FOR_GROUP = {g: [e for e in EFFORTS if g in e.groups] for g in {group for group, *_ in POPULATION}}


def courses(life: "Life", leaves: int) -> int | None:
    """Courses one after the other until she finds a job or leaves; the day of the job."""
    random, today, completed = life.random, life.arrival + 1, []
    job = None
    for _ in range(random.choice((0, 1, 1, 2, 2, 3))):
        decided = today + 10 + int(random.random() * 45)
        if decided >= leaves - 30:
            break
        job, today = life.job_between(today, decided), decided
        if job:
            break
        cohort = life.offers.cohort(random.choice(_FOR_GROUP[life.group]), decided - DECIDES)
        if not _accepts(life, cohort, decided - DECIDES):
            continue
        enrolment = life.stream.id(decided * DAY)
        ids = f'"enrolment_id":"{enrolment}","cohort_id":"{cohort.id}"'
        life.tell("courses", "citizen-enrolled", decided * DAY + 480, ids)
        job = life.job_between(decided, min(cohort.starts, leaves))
        if job or cohort.starts >= leaves:
            life.tell("courses", "enrolment-withdrawn", (job or leaves) * DAY + 540, ids)
            today = leaves
            break
        cohort.roster.append(enrolment)
        job, finished = _takes_part(life, cohort, f'{ids},"course_id":"{cohort.course}"', leaves)
        today = cohort.ends + 1
        if finished:
            completed.append((cohort, enrolment))
        if job or today >= leaves:
            break
    job = job or life.job_between(today, leaves)
    for cohort, enrolment in completed:
        _follow_up(life, cohort, enrolment, job or leaves)
    return job


def _accepts(life: "Life", cohort: Cohort, day: int) -> bool:
    cohort_id, random = f'"cohort_id":"{cohort.id}"', life.random
    life.tell("courses", "citizen-identified", life.office(day + 1), cohort_id)
    life.tell("courses", "citizen-invited", life.office(day + 2), cohort_id)
    accepts = random.random() < 0.75
    if accepts or random.random() < 0.8:
        answer = "accepted" if accepts else "declined"
        life.tell("courses", "invitation-answered", life.office(day + 4), f'{cohort_id},"answer":"{answer}"')
    return accepts


def _takes_part(life: "Life", cohort: Cohort, ids: str, leaves: int) -> tuple[int | None, bool]:
    """Start and end of one participation; the day of a job up to the course's last day, and whether she completed."""
    random, effort, start = life.random, cohort.effort, cohort.starts
    life.tell("courses", "participation-started", start * DAY + 440, f"{ids},{life.on(start)}")
    if random.random() < 0.008:
        _ends(life, start + 1, "mis_registered", ids)
        return life.job_between(start, min(cohort.ends + 1, leaves)), False
    stops = start + random.randint(1, 7 * effort.weeks - 4) if random.random() > effort.completion else cohort.ends
    stops = min(stops, leaves)
    job = life.job_between(start + 1, stops, effort.during)
    if job:
        _ends(life, job, "got_job", ids)
        return job, False
    if stops < cohort.ends:
        _ends(life, stops, random.choice(("dropped_out", "dropped_out", "ill", "other_effort")), ids)
        return life.job_between(stops, min(cohort.ends + 1, leaves)), False
    _ends(life, cohort.ends, "completed", ids)
    life.boost, life.boosted_until = effort.after, cohort.ends + 1 + EFFECT_DAYS
    return None, True


def _ends(life: "Life", day: int, reason: str, ids: str) -> None:
    ended, told_first = f"{ids},{life.on(day)}", "other_effort" if life.random.random() < 0.02 else reason
    late, minute = life.late(), day * DAY + 900
    life.tell("courses", "participation-ended", minute, f'{ended},"reason":"{told_first}"', late)
    if told_first != reason:
        life.tell("courses", "participation-ended", minute, f'{ended},"reason":"{reason}"', late + 2 * DAY)


def _follow_up(life: "Life", cohort: Cohort, enrolment: str, last: int) -> None:
    """What follows a completed course until the citizen leaves: a certificate, companies met, praktik."""
    random, end = life.random, cohort.ends
    if random.random() < (0.6 if cohort.effort.certificate else 0.3):
        _certificate(life, cohort.effort, enrolment, end + random.randint(0, 20))
    fair = life.matchmaking.next(end + 2)
    if fair and fair[0] < last and random.random() < 0.8:
        _meets(life, *fair)
    if random.random() < 0.6:
        _praktik(life, cohort, enrolment, last)


def _certificate(life: "Life", effort: Effort, enrolment: str, day: int) -> None:
    ids = f'"certificate_id":"{life.stream.id(day * DAY)}"'
    kind = "Certification" if effort.certificate else "CertificateOfCompletion"
    life.tell(
        "courses", "certificate-awarded", life.office(day),
        f'{ids},"enrolment_id":"{enrolment}","code":"{effort.certificate or "DELTAGELSE"}","title":"{effort.title}",'
        f'"type":"{kind}","issuer":"{effort.provider}",{life.on(day)},"workload_hours":{effort.hours},'
        '"participation_form":"blended","assessment_type":"examination","quality_assurance":"provider",'
        '"identity_verified":true,"alignments":[]',
    )  # fmt: skip
    if life.random.random() < 0.01:
        life.tell("courses", "certificate-revoked", life.office(day + 30),
                  f'{ids},"reason":"Identity could not be confirmed",{life.on(day + 30)}')  # fmt: skip


def _meets(life: "Life", day: int, event: str) -> None:
    random = life.random
    for number, company in enumerate(random.sample(life.companies.ids, random.randint(1, 4))):
        ids = f'"event_id":"{event}","round":{number},"table":{random.randrange(9)},"company_id":"{company}"'
        life.tell("outcomes", "meeting-scheduled", life.office(day - 1), ids)
        if random.random() < 0.93:
            interest = f'"interest_citizen":{"true" if random.random() < 0.5 else "false"}'
            life.tell("outcomes", "meeting-held", day * DAY + 600 + 12 * number, f"{ids},{interest}")


def _praktik(life: "Life", cohort: Cohort, enrolment: str, last: int) -> None:
    """Praktik or wage subsidy before, during or after the course; agreed, approved, started, ended."""
    random = life.random
    timing = random.choice(("before", "during", "after", "after", "after"))
    starts = {"before": cohort.starts - 15, "during": cohort.starts + 5, "after": cohort.ends + random.randint(1, 40)}
    start, kind = starts[timing], "praktik" if random.random() < 0.8 else "wage-subsidy"
    if start >= last:
        return
    end, minute = min(start + random.choice((13, 27, 90)), last), start * DAY + 420
    placement, company = life.stream.id(minute), random.choice(life.companies.ids)
    ids = f'"placement_id":"{placement}"'
    link = f'"enrolment_id":"{enrolment}","timing":"{timing if kind == "praktik" else "none"}"'
    facts = f'{ids},"company_id":"{company}","kind":"{kind}","hours_per_week":30,{link}'
    life.tell("outcomes", "placement-agreed", minute - 4 * DAY,
              f'{facts},"starts":"{life.stream.days[start]}","ends":"{life.stream.days[end]}"')  # fmt: skip
    life.tell("outcomes", "placement-approved", minute - 2 * DAY, f'{ids},"approved_by":"employee representative"')
    if random.random() < 0.06:
        life.tell("outcomes", "placement-voided", minute - DAY, f'{ids},"reason":"The company withdrew"')
        return
    late = life.late()
    life.tell("outcomes", "placement-started", minute, f'{facts},"temp_agency":false,{life.on(start)}', late)
    if random.random() < 0.04:
        life.tell("outcomes", "placement-corrected", minute + late + 2 * DAY, f"{ids},{life.on(start + 1)}")
    life.tell("outcomes", "placement-ended", end * DAY + 900, f"{ids},{life.on(end)}", late + 3 * DAY)
