"""Composition of courses, nothing else."""

from services.courses.api import api
from services.courses.reactions import REACTIONS
from services.courses.state import APPLY
from shared.persistence.access_log import Mergers
from shared.web import Service

service = Service(
    name="courses",
    api=api,
    apply=APPLY,
    reactions=REACTIONS,
    mergers=Mergers("known_citizen"),
    description="Courses, pilots, cohorts, invitations, enrolments, participations and certificates.",
)
app = service.app
