"""Events that courses publishes."""

from shared.contracts.courses.attendance_recorded import AttendanceRecorded
from shared.contracts.courses.certificate_awarded import CertificateAwarded
from shared.contracts.courses.certificate_revoked import CertificateRevoked
from shared.contracts.courses.citizen_enrolled import CitizenEnrolled
from shared.contracts.courses.citizen_identified import CitizenIdentified
from shared.contracts.courses.citizen_invited import CitizenInvited
from shared.contracts.courses.citizen_waitlisted import CitizenWaitlisted
from shared.contracts.courses.cohort_cancelled import CohortCancelled
from shared.contracts.courses.cohort_opened import CohortOpened
from shared.contracts.courses.course_changed import CourseChanged
from shared.contracts.courses.course_closed import CourseClosed
from shared.contracts.courses.course_offered import CourseOffered
from shared.contracts.courses.enrolment_withdrawn import EnrolmentWithdrawn
from shared.contracts.courses.invitation_answered import InvitationAnswered
from shared.contracts.courses.material_opened import MaterialOpened
from shared.contracts.courses.participation_ended import ParticipationEnded
from shared.contracts.courses.participation_started import ParticipationStarted
from shared.contracts.courses.pilot_decided import PilotDecided
from shared.contracts.courses.pilot_opened import PilotOpened
from shared.contracts.courses.roster_frozen import RosterFrozen
from shared.contracts.courses.seat_offer_expired import SeatOfferExpired
from shared.contracts.courses.seat_offered import SeatOffered

EVENTS = (
    CourseOffered,
    CourseChanged,
    CourseClosed,
    PilotOpened,
    PilotDecided,
    CohortOpened,
    CohortCancelled,
    CitizenIdentified,
    CitizenInvited,
    InvitationAnswered,
    CitizenEnrolled,
    CitizenWaitlisted,
    SeatOffered,
    SeatOfferExpired,
    EnrolmentWithdrawn,
    RosterFrozen,
    ParticipationStarted,
    AttendanceRecorded,
    ParticipationEnded,
    CertificateAwarded,
    CertificateRevoked,
    MaterialOpened,
)

__all__ = [
    "EVENTS",
    "AttendanceRecorded",
    "CertificateAwarded",
    "CertificateRevoked",
    "CitizenEnrolled",
    "CitizenIdentified",
    "CitizenInvited",
    "CitizenWaitlisted",
    "CohortCancelled",
    "CohortOpened",
    "CourseChanged",
    "CourseClosed",
    "CourseOffered",
    "EnrolmentWithdrawn",
    "InvitationAnswered",
    "MaterialOpened",
    "ParticipationEnded",
    "ParticipationStarted",
    "PilotDecided",
    "PilotOpened",
    "RosterFrozen",
    "SeatOfferExpired",
    "SeatOffered",
]
