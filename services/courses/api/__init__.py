"""The commands and queries of courses over HTTP, one noun a file."""

from services.courses.api import (
    attendance,
    calendars,
    certificates,
    cohorts,
    courses,
    enrolments,
    invitations,
    participations,
    pilots,
)
from shared.web import routes_of

api = routes_of(
    courses,
    pilots,
    cohorts,
    calendars,
    invitations,
    enrolments,
    participations,
    attendance,
    certificates,
)
