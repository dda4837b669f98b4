"""What callers may ask courses to do, one noun a file."""

from services.courses.commands.attendance import RecordAttendance
from services.courses.commands.because import Because
from services.courses.commands.certificate import AwardCertificate, RevokeCertificate
from services.courses.commands.cohort import FreezeRoster, OpenCohort
from services.courses.commands.course import ChangeCourse, OfferCourse
from services.courses.commands.enrolment import AcceptSeat, Enrol, ExpireSeatOffers
from services.courses.commands.invitation import AnswerInvitation, NameCitizens
from services.courses.commands.participation import CorrectEnd, EndMany, EndOne, EndParticipation
from services.courses.commands.pilot import DecidePilot, OpenPilot

__all__ = [
    "AcceptSeat",
    "AnswerInvitation",
    "AwardCertificate",
    "Because",
    "ChangeCourse",
    "CorrectEnd",
    "DecidePilot",
    "EndMany",
    "EndOne",
    "EndParticipation",
    "Enrol",
    "ExpireSeatOffers",
    "FreezeRoster",
    "NameCitizens",
    "OfferCourse",
    "OpenCohort",
    "OpenPilot",
    "RecordAttendance",
    "RevokeCertificate",
]
