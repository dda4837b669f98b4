"""How the events of courses change its tables: the only code that writes them (but for known_citizen, see citizens.py).

Every function can be applied again in order and gives the same rows: an import, a rebuild and a command agree.
"""

import json

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
from shared.persistence import Appliers, Transaction


async def described(tx: Transaction, event: CourseOffered | CourseChanged, envelope: Envelope) -> None:
    """A course is described, at first or anew."""
    await tx.execute(
        """
        INSERT INTO course (course_id, municipality, description) VALUES ($1, $2, $3)
        ON CONFLICT (course_id) DO UPDATE SET description = excluded.description
        """,
        event.course_id,
        event.municipality,
        json.dumps(event.data()),
    )


async def closed(tx: Transaction, event: CourseClosed, envelope: Envelope) -> None:
    """A course takes no new cohorts."""
    await tx.execute(
        "UPDATE course SET closed_on = $2 WHERE course_id = $1", event.course_id, danish_day(envelope.time)
    )


async def opened(tx: Transaction, event: CohortOpened, envelope: Envelope) -> None:
    """A cohort has its dates and seats."""
    await tx.execute(
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


async def cancelled(tx: Transaction, event: CohortCancelled, envelope: Envelope) -> None:
    """A cohort is not held, or not to its end."""
    await tx.execute(
        "UPDATE cohort SET cancelled_on = $2 WHERE cohort_id = $1", event.cohort_id, danish_day(envelope.time)
    )


async def frozen(tx: Transaction, event: RosterFrozen, envelope: Envelope) -> None:
    """A cohort's roster stands."""
    await tx.execute(
        "UPDATE cohort SET frozen_on = $2 WHERE cohort_id = $1", event.cohort_id, danish_day(envelope.time)
    )


async def identified(tx: Transaction, event: CitizenIdentified, envelope: Envelope) -> None:
    """A citizen is a candidate for a cohort."""
    await tx.execute(
        """
        INSERT INTO invitation (cohort_id, citizen_id, municipality, identified, invited)
        VALUES ($1, $2, $3, true, false)
        ON CONFLICT (cohort_id, citizen_id) DO UPDATE SET identified = true
        """,
        event.cohort_id,
        event.citizen_id,
        event.municipality,
    )


async def invited(tx: Transaction, event: CitizenInvited, envelope: Envelope) -> None:
    """A citizen is invited to a cohort."""
    await tx.execute(
        """
        INSERT INTO invitation (cohort_id, citizen_id, municipality, identified, invited)
        VALUES ($1, $2, $3, false, true)
        ON CONFLICT (cohort_id, citizen_id) DO UPDATE SET invited = true
        """,
        event.cohort_id,
        event.citizen_id,
        event.municipality,
    )


async def answered(tx: Transaction, event: InvitationAnswered, envelope: Envelope) -> None:
    """A citizen answered an invitation."""
    await tx.execute(
        "UPDATE invitation SET answer = $3, reason = $4 WHERE cohort_id = $1 AND citizen_id = $2",
        event.cohort_id,
        event.citizen_id,
        event.answer,
        event.reason,
    )


async def enrolled(tx: Transaction, event: CitizenEnrolled, envelope: Envelope) -> None:
    """A citizen has a seat, at once or out of the line."""
    await tx.execute(
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


async def waitlisted(tx: Transaction, event: CitizenWaitlisted, envelope: Envelope) -> None:
    """A citizen joins the end of the line."""
    await tx.execute(
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


async def offered(tx: Transaction, event: SeatOffered, envelope: Envelope) -> None:
    """A seat is held for a citizen in line."""
    await tx.execute(
        "UPDATE enrolment SET status = 'offered', expires = $2 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.expires,
    )


async def expired(tx: Transaction, event: SeatOfferExpired, envelope: Envelope) -> None:
    """A held seat was not taken in time."""
    await tx.execute(
        "UPDATE enrolment SET status = 'expired', expires = NULL WHERE enrolment_id = $1", event.enrolment_id
    )


async def withdrawn(tx: Transaction, event: EnrolmentWithdrawn, envelope: Envelope) -> None:
    """An enrolment is over before the start."""
    await tx.execute(
        "UPDATE enrolment SET status = 'withdrawn', expires = NULL, reason = $2 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.reason,
    )


async def started(tx: Transaction, event: ParticipationStarted, envelope: Envelope) -> None:
    """A citizen takes part."""
    await tx.execute(
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


async def ended(tx: Transaction, event: ParticipationEnded, envelope: Envelope) -> None:
    """A participation ended, or its end is corrected: the later event holds."""
    await tx.execute(
        "UPDATE participation SET ended = $2, reason = $3 WHERE enrolment_id = $1",
        event.enrolment_id,
        event.on,
        event.reason,
    )


async def attended(tx: Transaction, event: AttendanceRecorded, envelope: Envelope) -> None:
    """A participant was there on a day, or was not: the later event holds."""
    await tx.execute(
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


async def awarded(tx: Transaction, event: CertificateAwarded, envelope: Envelope) -> None:
    """A citizen holds a certificate."""
    await tx.execute(
        """
        INSERT INTO certificate (certificate_id, municipality, citizen_id, award) VALUES ($1, $2, $3, $4)
        ON CONFLICT (certificate_id) DO NOTHING
        """,
        event.certificate_id,
        event.municipality,
        event.citizen_id,
        json.dumps(event.data()),
    )


async def revoked(tx: Transaction, event: CertificateRevoked, envelope: Envelope) -> None:
    """A certificate counts as never awarded."""
    await tx.execute(
        "UPDATE certificate SET revoked_on = $2, revoked_reason = $3 WHERE certificate_id = $1",
        event.certificate_id,
        event.on,
        event.reason,
    )


async def tried_out(tx: Transaction, event: PilotOpened, envelope: Envelope) -> None:
    """A course is a pilot."""
    await tx.execute(
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
