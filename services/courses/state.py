"""How the events of courses change its tables: the only code that writes them (but for known_citizen, and erasures).

Every function can be applied again in order and gives the same rows: an import, a rebuild and a command agree.
"""

import json
from datetime import datetime

from shared.clock import danish_day
from shared.contracts.courses import (
    AttendanceRecorded,
    CertificateAwarded,
    CertificateRevoked,
    CitizenEnrolled,
    CitizenIdentified,
    CitizenInvited,
    CitizenWaitlisted,
    CohortCancelled,
    CohortOpened,
    CourseChanged,
    CourseClosed,
    CourseOffered,
    EnrolmentWithdrawn,
    InvitationAnswered,
    ParticipationEnded,
    ParticipationStarted,
    PilotDecided,
    PilotOpened,
    RosterFrozen,
    SeatOffered,
    SeatOfferExpired,
)
from shared.contracts.envelope import Envelope
from shared.persistence import Appliers, Statement, Transaction


def described(event: CourseOffered | CourseChanged, at: datetime) -> Statement:
    """A course is described, at first or anew."""
    return Statement(
        """
        INSERT INTO course (course_id, municipality, description) VALUES ($1, $2, $3)
        ON CONFLICT (course_id) DO UPDATE SET description = excluded.description
        """,
        event.course_id,
        event.municipality,
        json.dumps(event.data()),
    )


def closed(event: CourseClosed, at: datetime) -> Statement:
    """A course takes no new cohorts."""
    return Statement("UPDATE course SET closed_on = $2 WHERE course_id = $1", event.course_id, danish_day(at))


def opened(event: CohortOpened, at: datetime) -> Statement:
    """A cohort has its dates and seats."""
    return Statement(
        """
        INSERT INTO cohort (cohort_id, municipality, course_id, starts, ends, capacity, site, online)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (cohort_id) DO NOTHING
        """,
        event.cohort_id,
        event.municipality,
        event.course_id,
        event.starts,
        event.ends,
        event.capacity,
        event.site,
        event.online,
    )


def cancelled(event: CohortCancelled, at: datetime) -> Statement:
    """A cohort is not held, or not to its end."""
    return Statement("UPDATE cohort SET cancelled_on = $2 WHERE cohort_id = $1", event.cohort_id, danish_day(at))


def frozen(event: RosterFrozen, at: datetime) -> Statement:
    """A cohort's roster stands."""
    return Statement("UPDATE cohort SET frozen_on = $2 WHERE cohort_id = $1", event.cohort_id, danish_day(at))


def identified(event: CitizenIdentified, at: datetime) -> Statement:
    """A citizen is a candidate for a cohort."""
    return Statement(
        """
        INSERT INTO invitation (cohort_id, citizen_id, municipality, identified, invited)
        VALUES ($1, $2, $3, true, false)
        ON CONFLICT (cohort_id, citizen_id) DO UPDATE SET identified = true
        """,
        event.cohort_id,
        event.citizen_id,
        event.municipality,
    )


def invited(event: CitizenInvited, at: datetime) -> Statement:
    """A citizen is invited to a cohort."""
    return Statement(
        """
        INSERT INTO invitation (cohort_id, citizen_id, municipality, identified, invited)
        VALUES ($1, $2, $3, false, true)
        ON CONFLICT (cohort_id, citizen_id) DO UPDATE SET invited = true
        """,
        event.cohort_id,
        event.citizen_id,
        event.municipality,
    )


def answered(event: InvitationAnswered, at: datetime) -> Statement:
    """A citizen answered an invitation."""
    return Statement(
        "UPDATE invitation SET answer = $3, reason = $4 WHERE cohort_id = $1 AND citizen_id = $2",
        event.cohort_id,
        event.citizen_id,
        event.answer,
        event.reason,
    )


def enrolled(event: CitizenEnrolled, at: datetime) -> Statement:
    """A citizen has a seat, at once or out of the line."""
    return Statement(
        """
        INSERT INTO enrolment (enrolment_id, municipality, cohort_id, citizen_id, status)
        VALUES ($1, $2, $3, $4, 'enrolled')
        ON CONFLICT (enrolment_id) DO UPDATE SET status = 'enrolled', expires = NULL
        """,
        event.enrolment_id,
        event.municipality,
        event.cohort_id,
        event.citizen_id,
    )


def waitlisted(event: CitizenWaitlisted, at: datetime) -> Statement:
    """A citizen joins the end of the line."""
    return Statement(
        """
        INSERT INTO enrolment (enrolment_id, municipality, cohort_id, citizen_id, status, queue)
        SELECT $1, $2, $3, $4, 'waitlisted', coalesce(max(queue), 0) + 1 FROM enrolment WHERE cohort_id = $3
        ON CONFLICT (enrolment_id) DO UPDATE SET status = 'waitlisted'
        """,
        event.enrolment_id,
        event.municipality,
        event.cohort_id,
        event.citizen_id,
    )


def offered(event: SeatOffered, at: datetime) -> Statement:
    """A seat is held for a citizen in line."""
    return Statement(
        "UPDATE enrolment SET status = 'offered', expires = $2 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.expires,
    )


def expired(event: SeatOfferExpired, at: datetime) -> Statement:
    """A held seat was not taken in time."""
    return Statement(
        "UPDATE enrolment SET status = 'expired', expires = NULL WHERE enrolment_id = $1", event.enrolment_id
    )


def withdrawn(event: EnrolmentWithdrawn, at: datetime) -> Statement:
    """An enrolment is over before the start."""
    return Statement(
        "UPDATE enrolment SET status = 'withdrawn', expires = NULL, reason = $2 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.reason,
    )


def started(event: ParticipationStarted, at: datetime) -> Statement:
    """A citizen takes part."""
    return Statement(
        """
        INSERT INTO participation (enrolment_id, municipality, cohort_id, course_id, citizen_id, started)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (enrolment_id) DO UPDATE SET started = excluded.started
        """,
        event.enrolment_id,
        event.municipality,
        event.cohort_id,
        event.course_id,
        event.citizen_id,
        event.on,
    )


def ended(event: ParticipationEnded, at: datetime) -> Statement:
    """A participation ended, or its end is corrected: the later event holds."""
    return Statement(
        "UPDATE participation SET ended = $2, reason = $3 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.on,
        event.reason,
    )


def attended(event: AttendanceRecorded, at: datetime) -> Statement:
    """A participant was there on a day, or was not: the later event holds."""
    return Statement(
        """
        INSERT INTO attendance (enrolment_id, "on", municipality, cohort_id, citizen_id, present)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (enrolment_id, "on") DO UPDATE SET present = excluded.present
        """,
        event.enrolment_id,
        event.on,
        event.municipality,
        event.cohort_id,
        event.citizen_id,
        event.present,
    )


def awarded(event: CertificateAwarded, at: datetime) -> Statement:
    """A citizen holds a certificate."""
    return Statement(
        """
        INSERT INTO certificate (certificate_id, municipality, citizen_id, award) VALUES ($1, $2, $3, $4)
        ON CONFLICT (certificate_id) DO NOTHING
        """,
        event.certificate_id,
        event.municipality,
        event.citizen_id,
        json.dumps(event.data()),
    )


def revoked(event: CertificateRevoked, at: datetime) -> Statement:
    """A certificate counts as never awarded."""
    return Statement(
        "UPDATE certificate SET revoked_on = $2, revoked_reason = $3 WHERE certificate_id = $1",
        event.certificate_id,
        event.on,
        event.reason,
    )


def tried_out(event: PilotOpened, at: datetime) -> Statement:
    """A course is a pilot."""
    return Statement(
        "INSERT INTO pilot (pilot_id, municipality, course_id, plan) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (pilot_id) DO NOTHING",
        event.pilot_id,
        event.municipality,
        event.course_id,
        json.dumps(event.data()),
    )


async def decided(tx: Transaction, event: PilotDecided, envelope: Envelope) -> None:
    """A person decided how a pilot goes on."""
    await tx.execute(
        "INSERT INTO pilot_decision (pilot_id, version, decided, told) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (pilot_id, version) DO NOTHING",
        event.pilot_id,
        envelope.sequence,
        envelope.time,
        json.dumps(event.data()),
    )


APPLY: Appliers = {
    CourseOffered: described,
    CourseChanged: described,
    CourseClosed: closed,
    PilotOpened: tried_out,
    PilotDecided: decided,
    CohortOpened: opened,
    CohortCancelled: cancelled,
    RosterFrozen: frozen,
    CitizenIdentified: identified,
    CitizenInvited: invited,
    InvitationAnswered: answered,
    CitizenEnrolled: enrolled,
    CitizenWaitlisted: waitlisted,
    SeatOffered: offered,
    SeatOfferExpired: expired,
    EnrolmentWithdrawn: withdrawn,
    ParticipationStarted: started,
    ParticipationEnded: ended,
    AttendanceRecorded: attended,
    CertificateAwarded: awarded,
    CertificateRevoked: revoked,
}
