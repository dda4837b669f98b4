"""Composition of courses, nothing else."""

from services.courses.api import api
from services.courses.reactions import REACTIONS
from services.courses.state import APPLY
from shared.web import Service

service = Service(
    name="courses",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    description="Courses, pilots, cohorts, invitations, enrolments, participations and certificates.",
)
app = service.app
